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
    """For nothing, for what must be prepared and 25, 50, 75 and 100 % of the rest, and for those of the budgets given that pay for
    what must be prepared."""
    whole = plan.cost.usual
    fixed = total_cost(plan.prepared.actions, plan.request.costs, plan.request.years).usual
    nothing = Bought(Decimal(0), Decimal(0), whole, plan.before)
    if not whole:
        return (nothing,)
    parts = {*((fixed + (whole - fixed) * k / 4).quantize(Decimal("0.01")) for k in range(4)), whole, *(each for each in budgets if each < whole)}
    return (nothing, *(_bought(plan, order, budget, fixed) for budget in sorted(parts) if budget > 0 and budget >= fixed))


def _bought(plan: Plan, order: Sequence[int], budget: Decimal, fixed: Decimal) -> Bought:
    """What is prepared comes first; the rest of the money goes to the chosen actions in the plan's order."""
    request, stages = plan.request, [each.stage for each in plan.before.stages]
    chosen = plan.actions[len(plan.prepared.actions) :]
    actions = [each.action for each in schedule(chosen, _all_due_at_once(plan), [budget - fixed], 1, order).done]
    spent = fixed + total_cost(actions, request.costs, request.years).usual
    checked = check(changed(plan.facts, actions), request.policy, stages)
    return Bought(budget, spent, plan.cost.usual - spent, checked)


def _all_due_at_once(plan: Plan) -> Mapping[str, UnitCost]:
    """The prices with what is due every year added up, so that a budget for the whole plan can be spent on them."""
    years = plan.request.years
    return {
        name: replace(each, usual_yuan=each.usual_yuan * each.times(years), yearly=False) for name, each in plan.request.costs.items()
    }  # fmt: skip
