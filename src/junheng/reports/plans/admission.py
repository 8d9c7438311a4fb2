"""招生方案: the page for the director, the lists to publish (报名号 and masked names), the reasons kept inside."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from junheng.common.masking import mask_name
from junheng.planning.admission.lottery import Outcome
from junheng.planning.admission.model import AdmissionPlan, Way
from junheng.planning.admission.priorities import class_numbers
from junheng.planning.admission.reasons import reasons
from junheng.reports.grid import Look
from junheng.reports.plans.plan_report import Column, PlanReport, Section, Value, write_plan, write_sections
from junheng.reports.text import file_stem

BOOK, PUBLIC, INSIDE, LOTTERIES = "招生方案.xlsx", "录取名单（公示）.xlsx", "逐人说明（内部）.xlsx", "摇号"
_NUMBER, _TEXT, _WHOLE = Column("报名号", 14), Look.TEXT, Look.WHOLE


def write_admission(folder: Path, plan: AdmissionPlan) -> tuple[Path, ...]:
    """Write everything into a folder that exists; returns the paths. Names leave it masked; reasons go by number alone."""
    files = [*write_plan(folder, admission_report(plan), BOOK), folder / PUBLIC, folder / INSIDE]
    write_sections(folder / PUBLIC, public_lists(plan), "录取名单")
    write_sections(folder / INSIDE, [_inside(plan)], "逐人说明（内部，不公示）")
    for code, record in plan.lotteries.items():
        (folder / LOTTERIES).mkdir(exist_ok=True)
        result = folder / LOTTERIES / f"{file_stem(code)}摇号结果.json"
        list_path(folder, code).write_bytes(record.list_text.encode())
        result.write_bytes(record.to_json().encode())
        files += [list_path(folder, code), result]
    return tuple(files)


def list_path(folder: Path, code: str) -> Path:
    """Where the published list of a school stands. code: as told, never a way out of the folder."""
    return folder / LOTTERIES / f"{file_stem(code)}公示名单.txt"


def admission_report(plan: AdmissionPlan) -> PlanReport:
    """What the director reads: schools, classes, lotteries, shortages; nobody's line."""
    ways = Counter(each.way for each in plan.placements)
    placed = len(plan.placements) - ways[Way.NONE]
    answer = f"{len(plan.placements)} 名儿童中 {placed} 名已有学校" + (f"，{ways[Way.NONE]} 名待安排。" if ways[Way.NONE] else "，无一遗漏。")
    proof = ""
    if ways[Way.ALLOCATED]:
        proof = (f"统筹 {ways[Way.ALLOCATED]} 人，路程合计 {plan.total_m / 1000:,.1f} 公里（直线）；已证明：这些儿童、这些学位，任何安排都不少于 "
                 f"{plan.bound_m / 1000:,.1f} 公里，相差 {plan.gap:.2%}。")  # fmt: skip
    return PlanReport(
        "每个孩子去哪所学校？", "招生方案", answer, proof, plan.notes, (_ways(ways), _schools(plan), _classes(plan), *_drawn(plan)),
        (
            "民办：报名不超过计划的全部录取，超过的用公开种子电脑随机录取，未抽中的与其他儿童一起按公办次序安排。",
            "公办：按录取次序表由前到后录取；同类中按兄姊在读、积分、居住证月数、公开抽签的次序。任何人都不会被次序在后的人挤出划片学校。",
            "划片学校录满和没有划片学校的儿童，按同一次序取得剩余学位，再使全体路程合计最短。",
        ),
        f"公示用《{PUBLIC}》（报名号和隐去名字的姓名）；《{INSIDE}》只供答复家长，不得公示。",
    )  # fmt: skip


def _ways(ways: Counter[Way]) -> Section:
    return Section("去向", "怎样取得学位", (Column("方式", 20), Column("人数", 10, _WHOLE)), [(way.value, ways[way]) for way in Way if ways[way]])


def _schools(plan: AdmissionPlan) -> Section:
    taken = {way: Counter(each.school for each in plan.placements if each.way is way) for way in Way}
    waiting = Counter(each.school for each in plan.waiting)
    rows = []
    for school in plan.schools:
        own = [taken[way][school.code] for way in (Way.PRIVATE, Way.DRAWN, Way.ZONED, Way.ALLOCATED)]
        rows.append((school.code, school.name, "民办" if school.is_private else "公办", school.places, sum(own), school.places - sum(own), own[0] + own[1],
                     own[2], own[3], waiting[school.code]))  # fmt: skip
    columns = (Column("学校编号", 14), Column("学校", 28), Column("性质", 8, Look.CENTRE),
               *(Column(title, 10, _WHOLE) for title in ("计划", "录取", "空余", "其中民办", "其中划片", "其中统筹", "候补")))  # fmt: skip
    return Section("学校", "各校录取情况", columns, rows)


def _classes(plan: AdmissionPlan) -> Section:
    numbers = class_numbers(plan.children, plan.rules.classes)
    counts = Counter(zip(numbers, (each.way for each in plan.placements), strict=True))
    rows: list[Sequence[Value]] = []
    for at, each in enumerate(plan.rules.classes):
        own = [counts[at, way] for way in Way]
        rows.append((at + 1, each.title, sum(own), *own, "待核" if each.unverified else ""))
    columns = (Column("次序", 6, _WHOLE), Column("类别", 34), Column("人数", 10, _WHOLE), *(Column(way.value, 12, _WHOLE) for way in Way), Column("次序依据", 10, Look.CENTRE))
    return Section("类别", "各类儿童的去向", columns, rows)


def _drawn(plan: AdmissionPlan) -> Sequence[Section]:
    if not plan.lotteries:
        return ()
    names = {each.code: each.name for each in plan.schools}
    rows = [(names[code], len(record.result), sum(line.outcome is Outcome.ADMITTED for line in record.result), record.seed_text, record.list_hash)
            for code, record in plan.lotteries.items()]  # fmt: skip
    columns = (Column("学校", 28), Column("报名", 10, _WHOLE), Column("录取", 10, _WHOLE), Column("种子文字", 24), Column("名单哈希", 66))
    note = f"公示名单和结果在“{LOTTERIES}”文件夹中；任何人可用 junheng plan lottery verify 核验。"
    return (Section("摇号", "民办学校摇号", columns, rows, note),)


def public_lists(plan: AdmissionPlan) -> list[Section]:
    """Admitted by school, and the waiting lists: 报名号, masked name, school; no class, no reason, no distance."""
    names = {each.code: each.name for each in plan.schools}
    masked = {each.number: mask_name(each.name) for each in plan.children}
    admitted = sorted((each.school, each.number, each.way.value) for each in plan.placements if each.school)
    waiting = sorted((each.school, each.rank, each.number) for each in plan.waiting)
    person = (_NUMBER, Column("姓名", 12))
    return [
        Section("录取名单", "录取名单", (Column("学校", 28), *person, Column("录取方式", 16)), [(names[code], number, masked[number], way) for code, number, way in admitted]),
        Section("候补名单", "公办学校候补名单", (Column("学校", 28), Column("次序", 8, _WHOLE), *person), [(names[code], rank, number, masked[number]) for code, rank, number in waiting],
                "学校有学位空出时按次序补录。"),
    ]  # fmt: skip


def _inside(plan: AdmissionPlan) -> Section:
    rows = [(each.number, each.way.value, why) for each, why in zip(plan.placements, reasons(plan), strict=True)]
    return Section("逐人说明", "逐人说明（内部，不公示）", (_NUMBER, Column("方式", 16), Column("为什么", 110)), rows, "含录取类别和距离，属于个人信息，只供答复本人监护人。")
