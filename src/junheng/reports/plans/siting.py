"""布局方案: which school opens, grows, stays or closes, when, what it costs, and how the children get there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from html import escape
from pathlib import Path

from junheng.common.school_years import school_year_label
from junheng.planning.siting.bands import Band, Mode
from junheng.planning.siting.opposites import Opposite
from junheng.planning.siting.plan import Decision, Plan
from junheng.planning.siting.sweep import Choice
from junheng.reports.grid import Look
from junheng.reports.plans.plan_report import Column, PlanReport, Section, Value, write_plan
from junheng.reports.plans.siting_choices import comparison
from junheng.reports.plans.siting_places import when_decided, write_siting_places
from junheng.reports.plans.siting_reasons import reasons
from junheng.reports.plans.siting_words import wan

BOOK = "布局方案.xlsx"
_WIDE, _TALL, _EDGE = 760.0, 560.0, 24.0
_COLOURS = {Decision.OPEN: "#0a6b66", Decision.EXPAND: "#1f4e8c", Decision.KEEP: "#4a5560", Decision.SHRINK: "#7d5200", Decision.MERGE: "#b3361b",
            Decision.CLOSE: "#b3361b"}  # fmt: skip
_ORDER = tuple(Decision)


def write_siting(folder: Path, plan: Plan, opposites: Sequence[Opposite] = (), choices: Sequence[Choice] = ()) -> tuple[Path, ...]:
    """Write the page, the workbook and the map's file into a folder that exists; returns their paths. opposites: what if it were not
    so; choices: other plans."""
    return (*write_plan(folder, siting_report(plan, opposites, choices), BOOK), write_siting_places(folder, plan))


def siting_report(plan: Plan, opposites: Sequence[Opposite] = (), choices: Sequence[Choice] = ()) -> PlanReport:
    county = plan.county
    counts = {each: sum(plan.decision(at) is each for at in range(len(county.sites))) for each in Decision}
    said = "、".join(f"{each.label} {counts[each]} 所" for each in _ORDER if counts[each] and each is not Decision.UNUSED)
    unverified = [each.title for each in county.parameters.values() if each.unverified]
    notes = [f"参数待核：{'、'.join(unverified)}。正式上报前须换成本地核定的数值（参数表）。"] if unverified else []
    notes.append("撤并学校须先论证、听取家长意见并公示（依据文件待核）；本方案只给出测算结果，不代替程序。")
    return PlanReport(
        "学校怎样布局，每个孩子都有学上、上得了？", "布局方案", f"{county.name}：{said}；{wan(plan.cost)} 万元（建设和运行，{sum(county.years)} 年合计）。",
        f"按同样的参数，任何方案的合计不低于 {wan(Decimal(plan.bound))} 万元，本方案 {wan(plan.total)} 万元，相差不超过 {plan.gap:.2%}；写出前已逐人逐校复核。",
        notes, 
        (_decisions(plan), _money(plan), *((reasons(plan, opposites),) if opposites else ()), *(comparison(choices) if choices else ()),
         _schools(plan), _ways(plan)),
        (
            "每个需求点每个年级段的全部学生都要有合法的上学方式：走读不超过路程上限；超过的乘校车或寄宿，小学 1—3 年级不寄宿。",
            "班数按班额上限开足，不超过校舍能开的班数；乡村小规模学校和教学点，只有全部学生另有合法去处才可停办；建设资金不超过各期预算；指定的约束一律遵守。",
            "在此之上，使建设费、运行费、上学路程和班额不均的合计最低（路程和不均按参数表折算成钱）。",
        ),
        f"规划期：{'、'.join(school_year_label(each) for each in county.school_years)}。",
    )  # fmt: skip


def _decisions(plan: Plan) -> Section:
    rows = [row for each in _ORDER for row in _decided(plan, each)]
    columns = (Column("学校", 24), Column("编号", 14), Column("决定", 10), Column("何时", 16), Column("为什么", 60))
    return Section("逐校决定", "哪所学校怎么办", columns, rows, "圆点是村和小区（大小按学生数），方块是学校，颜色表示决定。", svg=_sketch(plan))


def _decided(plan: Plan, decision: Decision) -> Iterator[tuple[Value, ...]]:
    for at, site in enumerate(plan.county.sites):
        if plan.decision(at) is decision and decision is not Decision.UNUSED:
            yield site.name, site.code, decision.label, when_decided(plan, at), _why(plan, at, decision)


def _why(plan: Plan, at: int, decision: Decision) -> str:
    periods = range(len(plan.county.years))
    pupils = " → ".join(str(plan.pupils(at, u)) for u in periods)
    rooms = " → ".join(str(sum(plan.states[at][u].classes.values())) for u in periods)
    if decision in (Decision.MERGE, Decision.CLOSE):
        heir = plan.heir(at)
        return f"学生 {pupils} 人" + (f"；多数改到{plan.county.sites[heir].name}，仍在合法路程内或有校车、寄宿" if heir is not None else "；已没有学生")
    kept = "；乡村小规模学校，按规定保留" if plan.county.small_rural(at) else ""
    more = sum(state.more_rooms for state in plan.states[at])
    return f"学生 {pupils} 人，开 {rooms} 班{f'，增 {more} 间教室' if more else ''}{kept}"


def _money(plan: Plan) -> Section:
    rows = [
        (school_year_label(year), years, wan(each.capital), wan(budget) if (budget := plan.county.budget(u)) is not None else "不限", wan(each.running),
         float(each.pupil_km), each.uneven)
        for u, (year, years, each) in enumerate(zip(plan.county.school_years, plan.county.years, plan.accounts, strict=True))
    ]  # fmt: skip
    columns = (Column("自学年", 16), Column("年数", 8, Look.WHOLE), Column("建设费（万元）", 16), Column("建设资金（万元）", 16), Column("运行费（万元）", 16),
               Column("每日单程人公里", 16, Look.WHOLE), Column("偏离适宜班额（人）", 18, Look.WHOLE))  # fmt: skip
    return Section("各期费用", "什么时候花多少钱", columns, rows)


def _schools(plan: Plan) -> Section:
    periods = range(len(plan.county.years))
    rows: list[Sequence[Value]] = []
    for at, site in enumerate(plan.county.sites):
        for u in periods:
            state = plan.states[at][u]
            if state.open:
                rows.append((site.name, site.code, school_year_label(plan.county.school_years[u]), plan.pupils(at, u), sum(state.classes.values()), state.rooms, state.beds))
    columns = (Column("学校", 24), Column("编号", 14), Column("自学年", 16), *(Column(name, 10, Look.WHOLE) for name in ("学生", "班数", "教室", "床位")))
    return Section("各校各期", "各校各期的学生、班数和校舍", columns, rows, on_page=0)


def _ways(plan: Plan) -> Section:
    rows = [
        (school_year_label(plan.county.school_years[each.period]), plan.county.points[each.way.point].name, each.way.band.label, each.pupils,
         plan.county.sites[each.way.site].name, each.way.mode.label, each.way.km)
        for each in sorted(plan.going, key=lambda going: (going.period, going.way.point, list(Band).index(going.way.band), -going.pupils))
    ]  # fmt: skip
    share = {mode: sum(each.pupils for each in plan.going if each.period == 0 and each.way.mode is mode) for mode in Mode}
    said = "第一期：" + "，".join(f"{mode.label} {share[mode]} 人" for mode in Mode) + "。"
    columns = (Column("自学年", 16), Column("村或小区", 20), Column("年级段", 14), Column("学生", 10, Look.WHOLE), Column("学校", 24), Column("方式", 8),
               Column("路程（公里）", 12, Look.ONE))  # fmt: skip
    return Section("怎样上学", "每个村、每个小区的孩子去哪所学校，怎样去", columns, rows, said, on_page=30)


def _sketch(plan: Plan) -> str:
    """Points by their pupils, schools by what is decided; to no scale that could be measured."""
    county = plan.county
    lons = [*(each.lon for each in county.points), *(each.lon for each in county.sites)]
    lats = [*(each.lat for each in county.points), *(each.lat for each in county.sites)]
    span = max(max(lons) - min(lons), (max(lats) - min(lats)) * 1.3) or 1.0

    def at(lon: float, lat: float) -> tuple[float, float]:
        return _EDGE + (lon - min(lons)) / span * (_WIDE - 2 * _EDGE), _EDGE + (max(lats) - lat) * 1.3 / span * (_TALL - 2 * _EDGE)

    parts = [f'<svg viewBox="0 0 {_WIDE:.0f} {_TALL:.0f}" role="img" aria-label="学校布局示意图" style="width:100%;max-width:760px;height:auto">']
    for point in county.points:
        x, y = at(point.lon, point.lat)
        pupils = sum(each[0] for each in point.pupils.values() if each)
        parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{1.5 + (pupils / 20) ** 0.5:.1f}" fill="#c3ccd6"><title>{escape(point.name)}：{pupils} 人</title></circle>')
    for number, site in enumerate(county.sites):
        decision = plan.decision(number)
        if decision is Decision.UNUSED:
            continue
        x, y = at(site.lon, site.lat)
        fill = "none" if decision in (Decision.MERGE, Decision.CLOSE) else _COLOURS[decision]
        parts.append(f'<rect x="{x - 5:.1f}" y="{y - 5:.1f}" width="10" height="10" fill="{fill}" stroke="{_COLOURS[decision]}" stroke-width="2">'
                     f"<title>{escape(site.name)}：{decision.label}</title></rect>")  # fmt: skip
    parts += _legend(plan)
    return "".join([*parts, "</svg>"])


def _legend(plan: Plan) -> Iterator[str]:
    shown = [each for each in _ORDER if each is not Decision.UNUSED and any(plan.decision(at) is each for at in range(len(plan.county.sites)))]
    for number, each in enumerate(shown):
        x = _EDGE + number * 92
        fill = "none" if each in (Decision.MERGE, Decision.CLOSE) else _COLOURS[each]
        yield f'<rect x="{x:.0f}" y="{_TALL - 18:.0f}" width="10" height="10" fill="{fill}" stroke="{_COLOURS[each]}" stroke-width="2"/>'
        yield f'<text x="{x + 16:.0f}" y="{_TALL - 9:.0f}" font-size="12">{each.label}</text>'
