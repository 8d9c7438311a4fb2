"""达标方案: from a county's facts to the cheapest plan, proven to a gap and judged again before anybody sees it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from junheng.common.errors import UserError
from junheng.intake.model import Facts
from junheng.planning.improvement.actions import Action, Money, actions_of, changed, total_cost
from junheng.planning.improvement.board import Floats
from junheng.planning.improvement.checking import Checked, check
from junheng.planning.improvement.conflicts import explain
from junheng.planning.improvement.levers import BY_ID
from junheng.planning.improvement.pins import Pins
from junheng.planning.improvement.preparing import Ceilings, Prepared, prepare
from junheng.planning.improvement.situation import Scenario, Situation, situation
from junheng.planning.improvement.solver import Solved, solve
from junheng.planning.improvement.unit_costs import UnitCost, built_in_costs
from junheng.policy.in_force import PolicyInForce

_STEP = Decimal("0.01")
"""What square metres and yuan are rounded up to: like the gaps of the reports (rules.md §1.1), not to whole ones."""


@dataclass(frozen=True)
class Request:
    """What is to be planned. facts: of one county; forecasts: the same county with other numbers of pupils, under each of which
    the plan must pass too (稳健方案); ceilings: pupils a school may have at most; years: the plan's, for costs due every year; seconds, gap: when to stop; release: hash of the release
    the facts are of, "" = of none."""

    facts: Facts
    policy: PolicyInForce
    costs: Mapping[str, UnitCost] = field(default_factory=built_in_costs)
    pins: Pins = field(default_factory=Pins)
    forecasts: tuple[Scenario, ...] = ()
    ceilings: Ceilings = field(default_factory=dict)
    years: int = 1
    seconds: float = 60.0
    gap: float = 1e-3
    release: str = ""


@dataclass(frozen=True)
class Plan:
    """A plan that passes. before, after: judged; after has one entry per scenario, all of which pass. actions: those of `prepared`
    first, then the chosen ones; facts: as reported, with what is prepared.

    cost: exact, all of it done in the first year; bound: no plan costs less (yuan, at the usual price; of the program with
    the CV limits tightened by 10⁻⁴); solved: how the search ended.
    """

    request: Request
    facts: Facts
    prepared: Prepared
    situation: Situation
    actions: tuple[Action, ...]
    cost: Money
    before: Checked
    after: tuple[Checked, ...]
    solved: Solved

    @property
    def bound(self) -> float:
        return max(0.0, self.solved.bound) + self._fixed

    @property
    def greedy_cost(self) -> float | None:
        """Yuan of the simple way: every school by itself, then the lowest raised."""
        return None if self.solved.greedy_cost is None else self.solved.greedy_cost + self._fixed

    @property
    def _fixed(self) -> float:
        return float(total_cost(self.prepared.actions, self.request.costs, self.request.years).usual)

    @property
    def gap(self) -> float:
        """(cost − bound) / cost of the rounded plan."""
        cost = float(self.cost.usual)
        return max(0.0, cost - self.bound) / cost if cost else 0.0


def improve(request: Request, notify: Callable[[str], None] = lambda _: None) -> Plan:
    """The cheapest plan under which every planned stage passes.

    Raises UserError when nothing can be planned or none was found in the time given, NoPlanError when no plan exists.
    """
    prepared = prepare(request.facts, request.policy, request.costs, request.ceilings)
    scenarios = [replace(each, facts=prepared.applied(each.facts)) for each in (Scenario("上报数", request.facts), *request.forecasts)]
    found = situation(scenarios, request.policy, request.costs, request.pins, request.years)
    stages = [group.stage for group in found.board.groups if group.scenario == 0]
    before = check(request.facts, request.policy, stages)
    notify("求解")
    solved = solve(found.board, gap=request.gap, seconds=request.seconds, notify=notify)
    if solved.amounts is None:
        raise explain(found, notify=notify) if solved.infeasible else _not_in_time(solved)
    chosen, after = judged_actions(found, solved.amounts, stages)
    actions = (*prepared.actions, *chosen)
    return Plan(request, scenarios[0].facts, prepared, found, actions, total_cost(actions, request.costs, request.years), before, after, solved)


def as_actions(found: Situation, amounts: Floats) -> Iterator[tuple[Action, ...]]:
    """Ways to turn the amounts into whole actions, the cheapest first. The last buy and build a hundredth more of everything, and
    let givers keep one: a reported 315,878.40 yuan is a hair less as a binary number, and judging sees the hair."""
    ways = [actions_of(found.board, amounts, _STEP, giving=giving) for giving in (1, 0, -1)]
    yield from ways
    for actions in ways:
        yield tuple(each if BY_ID[each.lever].whole or BY_ID[each.lever].moves else replace(each, amount=each.amount + _STEP) for each in actions)


def judged_actions(found: Situation, amounts: Floats, stages: Sequence[str]) -> tuple[tuple[Action, ...], tuple[Checked, ...]]:
    """The amounts as whole actions under which judging passes in every scenario. Raises UserError when it does not."""
    for actions in as_actions(found, amounts):
        after = tuple(check(changed(each.facts, actions), found.policy, stages) for each in found.scenarios)
        if all(each.passes for each in after):
            return actions, after
    failing = next(each.failing() for each in after if not each.passes)
    raise UserError("求得的方案经精确复核未全部达标，已作废，不予给出", why="；".join(failing[:3]), remedy="请延长 --seconds 后重新求解")


def _not_in_time(solved: Solved) -> UserError:
    return UserError("限定的时间内没有找到可行方案", why=f"已用 {solved.seconds:.0f} 秒", remedy="请延长 --seconds，或放宽约束表")
