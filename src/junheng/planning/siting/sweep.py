"""多方案比选: plans none of which is better in everything — cost, travel, even classes, small schools closed.

What is weighed is the price of a kilometre and of a pupil off the aimed class size (`travel_yuan_km_year`, `balance_yuan_year`); each of
`WEIGHTINGS` multiplies them and the county is planned again. Weights rather than upper limits on travel (the ε-constraint method) because
then a plan for one weighting is a feasible start for every other, every plan's gap is proven by a program of the same constraints, and
pupils stay whole: given what stands, who goes where is a flow, and a limit on the total of kilometres would break that. The price of it:
a plan that is best under no weighting (an unsupported one) is not found, and that is said.
Every plan found is priced under every weighting, so that none keeps a plan that another run has bettered. A plan that is best under
positive prices is dominated by no other that was found.
Source: Zadeh 1963, IEEE Trans. Autom. Control 8 (weights); Cohon 1978, Multiobjective Programming and Planning, ch. 6 (weights against
limits); Mavrotas 2009, Appl. Math. Comput. 213 (what ε-constraint finds besides); Church & Cohon 1976, on location with many aims.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from junheng.planning import clock
from junheng.planning.siting.county import County
from junheng.planning.siting.criteria import Criteria, criteria_of
from junheng.planning.siting.parameters import built_in_parameters
from junheng.planning.siting.plan import Plan
from junheng.planning.siting.solve import attempt

_LEAST_SECONDS = 0.5
_TRAVEL, _BALANCE = "travel_yuan_km_year", "balance_yuan_year"


@dataclass(frozen=True)
class Weighting:
    """What kilometres and uneven classes count, as multiples of the county's own prices."""

    label: str
    travel: Decimal
    balance: Decimal

    def of(self, county: County) -> County:
        """The county with these prices. A county that counts nothing for one of them is weighed from the built-in price."""
        price, known = county.parameters.amount, built_in_parameters().amount
        values = {id: (price(id) or known(id)) * factor for id, factor in ((_TRAVEL, self.travel), (_BALANCE, self.balance)) if factor != 1}
        return replace(county, parameters=county.parameters.changed(values, self.label))


def _weighting(label: str, travel: str, balance: str) -> Weighting:
    return Weighting(label, Decimal(travel), Decimal(balance))


OWN = _weighting("按参数表", "1", "1")
WEIGHTINGS = (
    OWN,
    _weighting("更看重路程（×4）", "4", "1"),
    _weighting("最看重路程（×16）", "16", "1"),
    _weighting("更看重省钱（其余×1/4）", "0.25", "0.25"),
    _weighting("最看重省钱（其余×1/16）", "0.0625", "0.0625"),
    _weighting("更看重班额均衡（×4）", "1", "4"),
    _weighting("最看重班额均衡（×16）", "1", "16"),
    _weighting("路程、班额都看重（×4）", "4", "4"),
)
"""The county's own first."""


@dataclass(frozen=True)
class Choice:
    """A plan at the county's own prices; under which weightings it is the best found; gap: the least proven under any of them."""

    plan: Plan
    criteria: Criteria
    weightings: tuple[Weighting, ...]
    gap: float


@dataclass(frozen=True)
class Sweep:
    """pool: every plan found, at the county's own prices; bounds: what is proven under each weighting, in yuan."""

    pool: tuple[Plan, ...]
    bounds: Mapping[Weighting, float]

    @property
    def own(self) -> Plan:
        """The best at the county's own prices."""
        return replace(self.best(OWN), bound=self.bounds[OWN])

    @cached_property
    def choices(self) -> tuple[Choice, ...]:
        """The plans that are best under some weighting and dominated by none, the cheapest first."""
        won: dict[int, list[Weighting]] = {}
        for each in self.bounds:
            won.setdefault(id(self.best(each)), []).append(each)
        made = [self._choice(plan, tuple(won[id(plan)])) for plan in self.pool if id(plan) in won]
        kept = [each for each in made if not any(other.criteria.dominates(each.criteria) for other in made)]
        return tuple(sorted(kept, key=lambda each: (each.criteria.cost, each.criteria.km)))

    def joined(self, plan: Plan) -> Sweep:
        """With one plan more."""
        return replace(self, pool=(*self.pool, plan))

    def best(self, weighting: Weighting) -> Plan:
        """The best of the pool under a weighting."""
        return min(self.pool, key=lambda plan: _total(plan, weighting))

    def _choice(self, plan: Plan, weightings: tuple[Weighting, ...]) -> Choice:
        gaps = (replace(plan, county=each.of(plan.county), bound=self.bounds[each]).gap for each in weightings)
        return Choice(replace(plan, bound=self.bounds[OWN]), criteria_of(plan), weightings, min(gaps))


def sweep(plan: Plan, *, seconds: float, notify: Callable[[str], None] = lambda _: None) -> Sweep:
    """Plans for every weighting, within the time. plan: made at the county's own prices."""
    began, county = clock.now(), plan.county
    found = Sweep((plan,), {OWN: plan.bound})
    for number, each in enumerate(WEIGHTINGS[1:], 1):
        if clock.over():
            break
        left = (seconds - (clock.now() - began)) / (len(WEIGHTINGS) - number)
        made = attempt(each.of(county), seconds=max(left, _LEAST_SECONDS), start=found.best(each))
        pool = found.pool if made.plan is None else (*found.pool, replace(made.plan, county=county))
        found = Sweep(pool, {**found.bounds, each: made.bound})
        notify(f"已比较：{each.label}")
    return found


def _total(plan: Plan, weighting: Weighting) -> Decimal:
    """What a plan counts under other prices."""
    return replace(plan, county=weighting.of(plan.county)).total
