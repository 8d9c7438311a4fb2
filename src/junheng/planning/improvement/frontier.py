"""预算能办成什么: parts of the plan that so much money pays for, each judged exactly.

The parts are beginnings of the plan in its order, so a smaller budget is never money spent in vain. Cheapest school first is the
order in which a budget brings most schools of this plan to the rule; no claim is made about plans made for that budget alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from junheng.planning.improvement.actions import changed, total_cost
from junheng.planning.improvement.checking import Checked, check
from junheng.planning.improvement.improve import Plan
from junheng.planning.improvement.schedule import schedule
from junheng.planning.improvement.unit_costs import UnitCost


@dataclass(frozen=True)
class Bought:
    """What a budget buys. left: yuan still missing for the whole plan (usual price)."""

    budget: Decimal
    spent: Decimal
    left: Decimal
    checked: Checked


def frontier(plan: Plan, order: Sequence[int], budgets: Sequence[Decimal] = ()) -> tuple[Bought, ...]:
    """For the budgets given, and for 0, 25, 50, 75 and 100 % of the plan's cost."""
    whole = plan.cost.usual
    parts = [*((whole * k / 4).quantize(Decimal("0.01")) for k in range(4)), whole] if whole else [Decimal(0)]
    return tuple(_bought(plan, order, budget) for budget in sorted({*parts, *(each for each in budgets if each < whole)}))


def _bought(plan: Plan, order: Sequence[int], budget: Decimal) -> Bought:
    request, stages = plan.request, [each.stage for each in plan.before.stages]
    part = schedule(plan.actions, _all_due_at_once(plan), [budget], 1, order)
    actions = [each.action for each in part.done]
    spent = total_cost(actions, request.costs, request.years).usual
    checked = check(changed(request.facts, actions), request.policy, stages)
    return Bought(budget, spent, plan.cost.usual - spent, checked)


def _all_due_at_once(plan: Plan) -> Mapping[str, UnitCost]:
    """The prices with what is due every year added up, so that a budget for the whole plan can be spent on them."""
    years = plan.request.years
    return {
        name: replace(each, usual_yuan=each.usual_yuan * each.times(years), yearly=False) for name, each in plan.request.costs.items()
    }  # fmt: skip
