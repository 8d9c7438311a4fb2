"""预算能办成什么: for every budget a plan of its own, the most schools it can bring to the rule, judged exactly.

Each budget is solved for by itself (`reaching`); beside it stands the beginning of the whole plan that the budget pays for, cheapest
school first. The one under which judging finds more schools at the rule is shown, then more CVs within their limit; and the
number of schools that no plan of that budget can pass, as far as the solver proved it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from junheng.planning.improvement.actions import changed, total_cost
from junheng.planning.improvement.checking import Checked, check
from junheng.planning.improvement.improve import Plan, as_actions
from junheng.planning.improvement.reaching import most_schools
from junheng.planning.improvement.schedule import schedule
from junheng.planning.improvement.unit_costs import UnitCost


@dataclass(frozen=True)
class Bought:
    """What a budget buys. checked: judged with what is bought; most: no plan of this budget brings more school-stages to the rule;
    left: yuan between what is spent and the whole plan (usual price). The reported pupils alone are looked at."""

    budget: Decimal
    spent: Decimal
    left: Decimal
    checked: Checked
    most: int


def frontier(plan: Plan, order: Sequence[int], budgets: Sequence[Decimal] = (), seconds: float = 5.0) -> tuple[Bought, ...]:
    """For nothing, for what must be prepared and 25, 50, 75 and 100 % of the rest, and for those of the budgets given that pay for
    what must be prepared. seconds: for every budget that is solved for."""
    whole = plan.cost.usual
    fixed = total_cost(plan.prepared.actions, plan.request.costs, plan.request.years).usual
    nothing = Bought(Decimal(0), Decimal(0), whole, plan.before, plan.before.schools_passing)
    if not whole:
        return (nothing,)
    parts = {*((fixed + (whole - fixed) * k / 4).quantize(Decimal("0.01")) for k in range(4)), *(each for each in budgets if each < whole)}
    all_of_it = Bought(whole, whole, Decimal(0), plan.after[0], plan.after[0].schools)
    return (nothing, *_rising(_bought(plan, order, budget, fixed, seconds) for budget in sorted(parts) if budget > 0 and budget >= fixed), all_of_it)


def _rising(found: Iterator[Bought]) -> Iterator[Bought]:
    """What less money buys more money buys too."""
    best: Bought | None = None
    for each in found:
        best = each if best is None or _worth(each.checked) > _worth(best.checked) else replace(best, budget=each.budget, most=each.most)
        yield best


def _worth(checked: Checked) -> tuple[int, int]:
    return checked.schools_passing, checked.balance_passing


def _bought(plan: Plan, order: Sequence[int], budget: Decimal, fixed: Decimal, seconds: float) -> Bought:
    """The better of the beginning of the plan and of the plan for this budget alone."""
    request, stages = plan.request, [each.stage for each in plan.before.stages]
    chosen = plan.actions[len(plan.prepared.actions) :]
    ways = [tuple(each.action for each in schedule(chosen, _all_due_at_once(plan), [budget - fixed], 1, order).done)]
    # What can be done with one yuan bounds what can be done with nothing.
    reached = most_schools(plan.situation.board, max(1.0, float(budget - fixed)), seconds)
    ways += [] if reached.amounts is None else list(as_actions(plan.situation, reached.amounts))
    priced = [(way, fixed + total_cost(way, request.costs, request.years).usual) for way in ways]
    judged = [(check(changed(plan.facts, way), request.policy, stages), spent) for way, spent in priced if spent <= budget]
    checked, spent = max(judged, key=lambda each: (*_worth(each[0]), -each[1]))
    # A school that judging takes for within the rule by a hair may be outside by the program's numbers.
    return Bought(budget, spent, plan.cost.usual - spent, checked, max(reached.most, checked.schools_passing))


def _all_due_at_once(plan: Plan) -> Mapping[str, UnitCost]:
    """The prices with what is due every year added up, so that a budget for the whole plan can be spent on them."""
    years = plan.request.years
    return {
        name: replace(each, usual_yuan=each.usual_yuan * each.times(years), yearly=False) for name, each in plan.request.costs.items()
    }  # fmt: skip
