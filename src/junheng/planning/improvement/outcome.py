"""One plan with everything a director asks about it: what when, what a smaller budget buys, what each constraint costs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from junheng.judging.result import Verdict
from junheng.planning.improvement.frontier import Bought, frontier
from junheng.planning.improvement.improve import Plan, Request, improve
from junheng.planning.improvement.prices import Price, prices
from junheng.planning.improvement.reasons import Change, changes
from junheng.planning.improvement.schedule import Schedule, cheapest_first, schedule

_PRICE_SECONDS, _BUDGET_SECONDS = 30.0, 8.0


@dataclass(frozen=True)
class Outcome:
    """budgets: yuan by year, None = not given. schedule.undone is not empty when the budgets do not reach."""

    plan: Plan
    budgets: tuple[Decimal, ...] | None
    order: tuple[int, ...]
    schedule: Schedule
    bought: tuple[Bought, ...]
    prices: tuple[Price, ...]
    changes: tuple[Change, ...]

    @property
    def affordable(self) -> bool:
        return not self.schedule.undone


def plan_for_director(
    request: Request, budgets: Sequence[Decimal] | None = None, first: Sequence[int] = (), notify: Callable[[str], None] = lambda _: None
) -> Outcome:
    """Improve, put into years, and look at it from all sides. first: schools (positions in the facts) that go before all others.

    Raises UserError as `improve` does.
    """
    plan = improve(request, notify)
    order = (*first, *(each for each in cheapest_first(plan.actions, request.costs, request.years, _failing(plan)) if each not in first))
    when = schedule(plan.actions, request.costs, budgets, request.years, order)
    notify("预算与约束的价格")
    extra = [sum(budgets, Decimal(0))] if budgets else []
    return Outcome(plan, None if budgets is None else tuple(budgets), order, when, frontier(plan, order, extra, min(_BUDGET_SECONDS, request.seconds / 6)),
                   prices(plan.situation.board, min(_PRICE_SECONDS, request.seconds)) if plan.actions else (), changes(plan))  # fmt: skip


def _failing(plan: Plan) -> list[int]:
    failing = {(school.code, school.campus) for stage in plan.before.stages for school in stage.schools if school.verdict is not Verdict.PASS}
    return [
        at for at, row in enumerate(plan.request.facts.school)
        if (str(row["school_code"] or ""), str(row["campus"] or "")) in failing
    ]  # fmt: skip
