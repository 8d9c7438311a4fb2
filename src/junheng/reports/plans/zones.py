"""划片方案: which block goes to which school, what changes, and a sketch of it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path

from junheng.planning.zoning.model import Block, ZonePlan, ZoneSchool
from junheng.reports.grid import Look
from junheng.reports.plans.plan_report import Column, PlanReport, Section, Value, write_plan
from junheng.reports.plans.zones_places import write_zone_places

BOOK = "划片方案.xlsx"
_WIDE, _TALL, _EDGE = 760.0, 560.0, 24.0
_COLOURS = ("#1f4e8c", "#b3361b", "#0a6b66", "#7d5200", "#6b3fa0", "#3b7a1e", "#a31f64", "#4a5560")


def write_zones(folder: Path, plan: ZonePlan) -> tuple[Path, ...]:
    """Write the page, the workbook and the map's file into a folder that exists; returns their paths."""
    return (*write_plan(folder, zones_report(plan), BOOK), write_zone_places(folder, plan))


def zones_report(plan: ZonePlan) -> PlanReport:
    request = plan.request
    changed = [each for each in request.blocks if each.last_school and plan.school_of[each.id] != each.last_school]
    moved = sum(each.children for each in changed)
    excess = sum(plan.excess.values())
    answer = f"{len(request.blocks)} 个片区划给 {len(request.schools)} 所学校，片区全部连片，{len(changed)} 个片区（{moved} 名儿童）与上年不同。"
    if excess:
        answer = _over(excess, plan.excess_bound) + answer
    proof = (f"路程与变动的合计 {plan.cost / 1000:,.0f} 人公里（改划一名儿童计 {request.change_m} 米）；已证明同样学位下不低于 {plan.bound / 1000:,.0f}，"
             f"相差不超过 {plan.gap:.2%}。")  # fmt: skip
    notes = [f"“{a}”与有学校的片区不相连，按与“{b}”相连处理（飞地或海岛）。" for a, b in plan.bridged]
    notes += [f"“{each.name}”超计划 {plan.excess[each.code]} 人：须增加学位，或分流到邻校。" for each in request.schools if each.code in plan.excess]
    notes.append("距离为直线，道路更远；有路程表的请用 --ways。调整学区须论证并公示。" if request.distances_m is None else "距离取自路程表。调整学区须论证并公示。")
    return PlanReport(
        "每个村、每个小区划给哪所学校？", "划片方案", answer, proof, notes, (_schools(plan), _changed(plan, changed), _blocks(plan)),
        (
            "每个片区整体划给一所学校，同一小区的几期不拆开；每所学校的片区与学校连片；不超过招生计划。",
            "在此之上，使儿童路程之和最短；与上年不同的，每名儿童另加上述米数，所以没有明显好处不变动。",
        ),
        "单校划片。多校划片的热点地区请另行论证。",
    )  # fmt: skip


def _over(excess: int, proven: int) -> str:
    """What is said of a plan that does not fit. proven: no plan exceeds by less."""
    if not proven:
        return f"限定的时间内没有找到完全容得下的方案，最好的仍超计划 {excess} 人；没有证明不存在，可延长 --seconds 再算。"
    said = "已证明不能再少" if excess == proven else f"已证明至少超出 {proven} 人"
    return f"学位不够，没有完全容得下的方案：最好的方案仍超计划 {excess} 人（{said}）。"


def _schools(plan: ZonePlan) -> Section:
    rows: list[Sequence[Value]] = []
    for school in plan.request.schools:
        own = [each for each in plan.request.blocks if plan.school_of[each.id] == school.code]
        children = sum(each.children for each in own)
        rows.append((school.code, school.name, school.places, children, school.places - children, len(own), "、".join(each.name for each in own)))
    columns = (Column("学校编号", 14), Column("学校", 24), *(Column(name, 10, Look.WHOLE) for name in ("招生计划", "适龄儿童", "余缺", "片区数")), Column("片区", 90))
    return Section("各校片区", "各校的片区", columns, rows, "圆点是片区（大小按儿童数），方块是学校，颜色表示划给哪所学校。", svg=_sketch(plan))


def _changed(plan: ZonePlan, changed: Sequence[Block]) -> Section:
    names = {each.code: each.name for each in plan.request.schools}
    rows = [(each.id, each.name, each.children, names.get(each.last_school, each.last_school), names[plan.school_of[each.id]], plan.why[each.id]) for each in changed]
    return Section("与上年不同", "与上年不同的片区", _columns("上年学校", "今年学校"), rows)


def _blocks(plan: ZonePlan) -> Section:
    names = {each.code: each.name for each in plan.request.schools}
    rows = [(each.id, each.name, each.children, names[plan.school_of[each.id]], plan.why[each.id]) for each in plan.request.blocks]
    return Section("全部片区", "全部片区，为什么", _columns("学校"), rows)


def _columns(*schools: str) -> tuple[Column, ...]:
    return (Column("片区编号", 14), Column("片区", 22), Column("适龄儿童", 10, Look.WHOLE), *(Column(name, 22) for name in schools), Column("为什么", 80))


def _sketch(plan: ZonePlan) -> str:
    """A drawing to look at, not a map: blocks where they lie, by colour of their school."""
    blocks, schools = plan.request.blocks, plan.request.schools
    spots: Sequence[Block | ZoneSchool] = [*blocks, *schools]
    west, south = min(each.longitude for each in spots), min(each.latitude for each in spots)
    wide, tall = max(each.longitude for each in spots) - west or 1.0, max(each.latitude for each in spots) - south or 1.0

    def at(each: Block | ZoneSchool) -> tuple[float, float]:
        return _EDGE + (each.longitude - west) / wide * (_WIDE - 2 * _EDGE), _TALL - _EDGE - (each.latitude - south) / tall * (_TALL - 2 * _EDGE)

    place = {each.id: at(each) for each in blocks}
    colours = _colours(plan)
    most = max((each.children for each in blocks), default=1) or 1
    parts = [f'<line x1="{place[each.id][0]:.0f}" y1="{place[each.id][1]:.0f}" x2="{place[other][0]:.0f}" y2="{place[other][1]:.0f}"/>'
             for each in blocks for other in each.neighbours]  # fmt: skip
    for each in blocks:
        x, y = place[each.id]
        parts.append(f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{3 + 7 * (each.children / most) ** 0.5:.1f}" fill="{colours[plan.school_of[each.id]]}"><title>{escape(each.name)}</title></circle>')
    for school in schools:
        x, y = at(school)
        parts.append(f'<rect x="{x - 6:.0f}" y="{y - 6:.0f}" width="12" height="12" fill="{colours[school.code]}" stroke="#fff" stroke-width="2"/><text x="{x:.0f}" y="{y - 10:.0f}">{escape(school.name)}</text>')
    return f'<svg class="zones" viewBox="0 0 {_WIDE:.0f} {_TALL:.0f}" role="img" aria-label="划片示意图，同样的内容见下表">{"".join(parts)}</svg>'


def _colours(plan: ZonePlan) -> dict[str, str]:
    """Schools whose zones touch get different colours as far as there are colours."""
    touching: dict[str, set[str]] = {each.code: set() for each in plan.request.schools}
    for each in plan.request.blocks:
        for other in each.neighbours:
            a, b = plan.school_of[each.id], plan.school_of[other]
            touching[a].add(b)
            touching[b].add(a)
    out: dict[str, str] = {}
    for at, code in enumerate(touching):
        used = {out[other] for other in touching[code] if other != code and other in out}
        out[code] = next((colour for colour in _COLOURS if colour not in used), _COLOURS[at % len(_COLOURS)])
    return out
