"""达标方案, asked and answered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path

from junheng.common.school_years import as_of_date
from junheng.planners.county_facts import CountyFacts
from junheng.planners.model import Asked, BadInput, Figure, Planned, Task, impossible
from junheng.planning.improvement.conflicts import NoPlanError
from junheng.planning.improvement.improve import Request
from junheng.planning.improvement.levers import BY_ID
from junheng.planning.improvement.outcome import Outcome, plan_for_director
from junheng.planning.improvement.pins import Pins
from junheng.planning.improvement.reasons import served
from junheng.planning.improvement.tables import Wishes, read_costs, read_scenarios, read_wishes
from junheng.planning.improvement.unit_costs import built_in_costs
from junheng.policy import resolve
from junheng.reports.plans.improvement import write_improvement
from junheng.reports.plans.improvement_book import by_school
from junheng.reports.plans.improvement_templates import write_templates
from junheng.reports.plans.improvement_words import place_text, school_name, stage_text, ten_thousand

_CRITERION_OF = {"divert_pupil": "school_size", "open_class": "class_size", "build_classroom": "class_size", "fit_special_room": "music_art_rooms"}


def templates(out: Path, facts: Sequence[CountyFacts]) -> list[Path]:
    return list(write_templates(out, [row for each in facts for row in each.facts.school]))


def run(asked: Asked) -> Planned:
    found, tables, years = asked.county, asked.tables, asked.whole("years")
    budgets = _budgets(asked, years)
    wishes = read_wishes(tables["pins"], found.facts) if "pins" in tables else Wishes(Pins(), (), {})
    request = Request(
        found.facts, resolve(asked.text("policy"), found.code, as_of_date(found.facts.school_year)),
        read_costs(tables["costs"]) if "costs" in tables else built_in_costs(), wishes.pins,
        read_scenarios(tables["forecast"], found.facts, asked.whole("forecast_year")) if "forecast" in tables else (), wishes.ceilings, years, asked.number("seconds"),
        release=found.release,
    )  # fmt: skip
    try:
        outcome = plan_for_director(request, budgets, wishes.first, asked.step)
    except NoPlanError as error:
        return impossible(error, error.reasons)
    files = write_improvement(asked.folder(), outcome, found.warnings)
    plan = outcome.plan
    headline = (f"{plan.before.verdict.county_name or found.code}：{len(plan.actions)} 项措施，约需 {ten_thousand(plan.cost.usual)} 万元（单价常用价），"
                f"不低于 {ten_thousand(plan.bound)} 万元，相差不超过 {plan.gap:.2%}；实施后已复核达标。")  # fmt: skip
    lines = () if outcome.affordable else ("预算不够：预算内只能完成一部分，见结果页“钱少一些能办成什么”。",)
    return Planned(headline, lines, tuple(_figures(outcome)), plan.gap, files=files, tasks=tuple(_tasks(outcome)))


def _budgets(asked: Asked, years: int) -> list[Decimal] | None:
    amounts = asked.values["budget"]
    if amounts is None:
        return None
    assert isinstance(amounts, tuple)
    if len(amounts) not in (1, years):
        raise BadInput("budget", "每年预算", f"要写 1 个或 {years} 个不小于 0 的数（每年一个）")
    yuan = [each * 10_000 for each in amounts]
    return yuan * years if len(yuan) == 1 else yuan


def _figures(outcome: Outcome) -> Iterator[Figure]:
    plan, after = outcome.plan, outcome.plan.after[0]
    yield Figure("cost", "费用（常用价）", plan.cost.usual, "元", 2, "less")
    yield Figure("cost_low", "费用（低价）", plan.cost.low, "元", 2, "less")
    yield Figure("cost_high", "费用（高价）", plan.cost.high, "元", 2, "less")
    yield Figure("bound", "费用不低于（常用价）", Decimal(plan.bound), "元", 2)
    yield Figure("dated_cost", "费用（按分年安排）", outcome.schedule.cost.usual, "元", 2, "less")
    yield Figure("measures", "措施", Decimal(len(plan.actions)), "项")
    yield Figure("schools_touched", "涉及学校", Decimal(len({each.school for each in plan.actions})), "所")
    yield Figure("schools", "学校学段", Decimal(after.schools), "个")
    yield Figure("schools_before", "现在达标的学校学段", Decimal(plan.before.schools_passing), "个")
    yield Figure("schools_after", "实施后达标的学校学段", Decimal(after.schools_passing), "个", better="more")
    yield Figure("balance", "差异系数", Decimal(after.balance), "项")
    yield Figure("balance_before", "现在达标的差异系数", Decimal(plan.before.balance_passing), "项")
    yield Figure("balance_after", "实施后达标的差异系数", Decimal(after.balance_passing), "项", better="more")
    yield Figure("undone", "预算内办不成的措施", Decimal(len(outcome.schedule.undone)), "项", better="less")


def _tasks(outcome: Outcome) -> Iterator[Task]:
    """One per measure, school and year. What the budgets do not reach is no task."""
    plan, changes = outcome.plan, by_school(outcome.changes)
    for each in outcome.schedule.done:
        action, row = each.action, plan.facts.school[each.action.school]
        lever, source = BY_ID[action.lever], place_text(outcome, action)
        what = lever.title + (f"（{stage_text(action.stage)}）" if action.stage else "") + (f"，从{source}调入" if source else "")
        codes = served(plan, action, changes)
        criterion = _CRITERION_OF.get(action.lever) or (codes[0] if codes else None)
        yield Task(str(row["school_code"] or ""), school_name(row), what, action.amount, lever.unit, plan.request.facts.school_year + each.year, criterion, each.cost.usual)
