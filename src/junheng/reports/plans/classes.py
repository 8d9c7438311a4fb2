"""编班结果: the classes to publish (number and masked name), and the proof that they are balanced."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from junheng.common.masking import mask_name
from junheng.planning.admission.classes import BOY, GIRL, ClassPlan
from junheng.reports.grid import Look
from junheng.reports.plans.plan_report import Column, PlanReport, Section, Value, write_plan, write_sections

BOOK, PUBLIC = "编班均衡情况.xlsx", "编班名单（公示）.xlsx"
_NUMBER = Column("班", 8, Look.WHOLE)


def write_classes(folder: Path, plan: ClassPlan, names: Sequence[str], title: str) -> tuple[Path, ...]:
    """Returns the paths of what was written. names: in the order of the plan's pupils; they leave it masked. title: school and grade."""
    files = write_plan(folder, classes_report(plan, title), BOOK)
    rows = sorted((own, pupil.number, mask_name(name)) for pupil, own, name in zip(plan.pupils, plan.class_of, names, strict=True))
    write_sections(folder / PUBLIC, [Section("编班名单", f"{title}编班名单", (_NUMBER, Column("报名号", 16), Column("姓名", 12)), rows)], "编班名单")
    return *files, folder / PUBLIC


def classes_report(plan: ClassPlan, title: str) -> PlanReport:
    spreads = [plan.spread(of) for of in (lambda _: True, lambda p: p.sex == BOY, lambda p: p.sex == GIRL, lambda p: p.needs)]
    answer = f"{len(plan.pupils)} 人编成 {plan.classes} 个班：各班人数相差 {spreads[0]} 人，男生相差 {spreads[1]} 人，女生相差 {spreads[2]} 人，随班就读相差 {spreads[3]} 人。"
    means = [each for each in plan.mean_marks() if each is not None]
    proof = f"各班此前成绩平均分最大相差 {max(means) - min(means):.2f} 分。" if means else ""
    notes = [f"同胞意愿未能满足：{a}、{b}。" for a, b in plan.unkept]
    return PlanReport(
        f"{title}怎样编班？", "均衡编班", answer, proof, notes, (_balance(plan),),
        (
            "由名单和公开种子决定：任何人用同样的名单和种子得到同样的班。编班后由班主任公开抽签取班。",
            "按“男生—随班就读男生—随班就读女生—女生”的次序轮流分到各班，组内次序和班号由种子抽定；多胞胎按意愿用同类学生对调，不影响均衡。",
            "小学入学编班不使用成绩；初中用成绩时，只在同类学生之间对调，使各班平均分尽量接近。",
        ),
        f"名单哈希 {plan.list_hash}；种子 {plan.seed}。公示用《{PUBLIC}》；随班就读情况不公示。",
    )  # fmt: skip


def _balance(plan: ClassPlan) -> Section:
    rows: list[Sequence[Value]] = []
    marks = plan.mean_marks()
    for number in range(1, plan.classes + 1):
        own = [pupil for pupil, at in zip(plan.pupils, plan.class_of, strict=True) if at == number]
        mean = marks[number - 1]
        rows.append((number, len(own), sum(p.sex == BOY for p in own), sum(p.sex == GIRL for p in own), sum(p.needs for p in own), "不用" if mean is None else mean))
    columns = (_NUMBER, *(Column(name, 12, Look.WHOLE) for name in ("人数", "男", "女", "随班就读")), Column("此前成绩平均", 14, Look.TWO))
    return Section("各班情况", "各班情况", columns, rows, "含随班就读人数，只供学校和教育局使用，不公示。")
