"""布局方案, asked and answered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path

from junheng.planners.county_facts import CountyFacts
from junheng.planners.model import Asked, Figure, Planned, Task, impossible
from junheng.planning.geography import Datum
from junheng.planning.siting.conflict import NoLawfulPlan
from junheng.planning.siting.criteria import criteria_of
from junheng.planning.siting.earlier import earlier_rows, read_earlier
from junheng.planning.siting.opposites import explained
from junheng.planning.siting.plan import Decision, Plan
from junheng.planning.siting.prices import site_costs
from junheng.planning.siting.reading import read_county
from junheng.planning.siting.solve import solve
from junheng.planning.siting.sweep import sweep
from junheng.planning.siting.tables import EARLIER, OPTIONAL, REQUIRED
from junheng.reports.plans.blank_tables import write_blank_tables, write_filled_table
from junheng.reports.plans.siting import write_siting

_COUNTED = (Decision.OPEN, Decision.EXPAND, Decision.SHRINK, Decision.MERGE, Decision.CLOSE)


def templates(out: Path, _: Sequence[CountyFacts]) -> list[Path]:
    return write_blank_tables(out, (*REQUIRED, *OPTIONAL))


def run(asked: Asked) -> Planned:
    county = read_county(asked.tables, asked.text("name") or asked.unit_name, Datum(asked.text("datum")))
    seconds = asked.number("seconds")
    start = read_earlier(asked.tables[EARLIER.name], county) if EARLIER.name in asked.tables else None
    try:
        plan = solve(county, seconds=seconds, start=start, notify=asked.step)
    except NoLawfulPlan as error:
        return impossible(error, (error.why, *error.lines))
    swept = sweep(plan, seconds=seconds, notify=asked.step) if asked.flag("sweep") else None
    told = explained(swept.own if swept else plan, seconds=seconds, notify=asked.step)
    plan = told.plan
    files = write_siting(asked.folder(), plan, told.opposites, swept.joined(plan).choices if swept else ())
    files = (*files, write_filled_table(asked.folder(), EARLIER, earlier_rows(plan)))
    headline = (f"{county.name}：{sum(state[-1].open for state in plan.states)} 所学校，合计 {plan.cost / 10_000:,.2f} 万元；"
                f"与最好的方案相差不超过 {plan.gap:.2%}。")  # fmt: skip
    return Planned(headline, figures=tuple(_figures(plan)), gap=plan.gap, files=files, tasks=tuple(_tasks(plan)))


def _figures(plan: Plan) -> Iterator[Figure]:
    criteria, decided = criteria_of(plan), [plan.decision(at) for at in range(len(plan.county.sites))]
    yield Figure("cost", "费用（建设和运行）", plan.cost, "元", 2, "less")
    yield Figure("capital", "其中建设费", sum((each.capital for each in plan.accounts), Decimal(0)), "元", 2, "less")
    yield Figure("running", "其中运行费", sum((each.running for each in plan.accounts), Decimal(0)), "元", 2, "less")
    yield Figure("total", "合计（连同路程和班额不均折算）", plan.total, "元", 2, "less")
    yield Figure("bound", "合计不低于", Decimal(plan.bound), "元", 2)
    yield Figure("km", "平均上学路程（单程）", criteria.km, "公里", 2, "less")
    yield Figure("longest_km", "最远走读路程（单程）", max((Decimal(str(each.way.km)) for each in plan.going if each.way.mode.label == "走读"), default=None), "公里", 2, "less")
    yield Figure("boarders", "寄宿（第一期）", Decimal(sum(each.pupils for each in plan.going if each.period == 0 and each.way.mode.label == "寄宿")), "人", better="less")
    yield Figure("uneven", "偏离适宜班额（年均）", criteria.uneven, "人", 1, "less")
    yield Figure("small_closed", "停办的乡村小规模学校", Decimal(criteria.small_closed), "所", better="less")
    yield Figure("schools", "期末学校", Decimal(sum(state[-1].open for state in plan.states)), "所")
    for each in _COUNTED:
        yield Figure(str(each), each.label, Decimal(decided.count(each)), "所")


def _tasks(plan: Plan) -> Iterator[Task]:
    """One per decision that changes something: what opens, what closes, and every period's building at a school that grows."""
    county = plan.county
    for at, site in enumerate(county.sites):
        decision, costs = plan.decision(at), site_costs(county, at)
        starts, ends = plan.opens_in(at), plan.closes_in(at)
        if starts is not None:
            yield Task(site.code, site.name, "新建学校", None, "", county.school_years[starts], "layout", costs.opening)
        for u, state in enumerate(plan.states[at]):
            for what, amount, unit, price in (("增建教室", state.more_rooms, "间", costs.room), ("增设寄宿床位", state.more_beds, "张", costs.bed)):
                if amount:
                    yield Task(site.code, site.name, what, Decimal(amount), unit, county.school_years[u], "layout", price * amount)
        if ends is not None:
            heir = plan.heir(at)
            yield Task(site.code, site.name, "停办" if heir is None else f"并入{county.sites[heir].name}", None, "", county.school_years[ends], "layout", None)
        if decision is Decision.SHRINK:
            yield _fewer_bands(plan, at)


def _fewer_bands(plan: Plan, at: int) -> Task:
    """When a school first teaches no more what it teaches no more in the end."""
    site, states = plan.county.sites[at], plan.states[at]
    gone = set(site.now) - set(states[-1].classes)
    first = next(u for u, state in enumerate(states) if all(gone.isdisjoint(later.classes) for later in states[u:]))
    names = "、".join(band.label for band in sorted(gone, key=list(type(next(iter(gone)))).index))
    return Task(site.code, site.name, f"不再设{names}", None, "", plan.county.school_years[first], "layout", None)
