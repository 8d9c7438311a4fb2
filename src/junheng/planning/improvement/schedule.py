"""分年安排: actions put into years, the schools of the highest priority first, under what each year can spend.

An action is done by units (a person, a room, 0.01 ㎡): a school's work may stretch over years. What is due every year (salaries)
binds all later years too. Nothing is done before its turn: a school that does not fit takes what is left of the year, the next
ones what is left after it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_FLOOR, Decimal

from junheng.planning.improvement.actions import Action, Money, cost_of
from junheng.planning.improvement.levers import BY_ID
from junheng.planning.improvement.unit_costs import UnitCost

_STEP = Decimal("0.01")


@dataclass(frozen=True)
class Dated:
    """An action in a year of the plan (1 = the first). cost: over the whole plan, from that year on."""

    action: Action
    year: int
    cost: Money


@dataclass(frozen=True)
class Schedule:
    """done: in the order decided on; undone: what the money does not reach; spent: yuan by year, at the usual price."""

    done: tuple[Dated, ...]
    undone: tuple[Action, ...]
    spent: tuple[Decimal, ...]

    @property
    def cost(self) -> Money:
        return sum((each.cost for each in self.done), Money())


def schedule(
    actions: Sequence[Action], costs: Mapping[str, UnitCost], budgets: Sequence[Decimal] | None, years: int, order: Sequence[int]
) -> Schedule:
    """Put actions into years. budgets: yuan by year, None = as much as it takes (then all is done in the first year);
    order: schools (positions in the facts), first come first served; schools not named come last, what must be prepared first."""
    place = {school: number for number, school in enumerate(order)}
    queue = sorted(actions, key=lambda each: (bool(BY_ID[each.lever].changes), place.get(each.school, len(place))))
    left = None if budgets is None else [*budgets]
    spent = [Decimal(0)] * years
    done: list[Dated] = []
    undone: list[Action] = []
    for action in queue:
        rest = action.amount
        for year in range(1, years + 1):
            price = costs[action.lever]
            part = rest if left is None else min(rest, _affordable(action, price, left[year - 1 :]))
            if part <= 0:
                continue
            due = years - year + 1 if price.yearly else 1
            for later in range(year - 1, year - 1 + due):
                spent[later] += part * price.usual_yuan
                if left is not None:
                    left[later] -= part * price.usual_yuan
            done.append(Dated(replace(action, amount=part), year, cost_of(part, price, due)))
            rest -= part
        if rest > 0:
            undone.append(replace(action, amount=rest))
    return Schedule(tuple(done), tuple(undone), tuple(spent))


def _affordable(action: Action, price: UnitCost, left: Sequence[Decimal]) -> Decimal:
    """Units that this year (and, for what is due every year, all later ones) can pay."""
    if not price.usual_yuan:
        return action.amount
    room = min(left) if price.yearly else left[0]
    step = Decimal(1) if BY_ID[action.lever].whole else _STEP
    return max(Decimal(0), (room / price.usual_yuan / step).to_integral_value(ROUND_FLOOR) * step)


def cheapest_first(actions: Sequence[Action], costs: Mapping[str, UnitCost], years: int, failing: Sequence[int]) -> list[int]:
    """Schools in the order in which most of them pass soonest: those that fail the rule, cheapest first, then the rest."""
    cost: dict[int, Decimal] = {}
    for each in actions:
        cost[each.school] = cost.get(each.school, Decimal(0)) + cost_of(each.amount, costs[each.lever], years).usual
    return sorted(cost, key=lambda school: (school not in failing, cost[school], school))
