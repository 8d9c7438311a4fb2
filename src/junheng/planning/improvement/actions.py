"""From amounts to actions people can carry out: rounded amounts, who gives to whom, what it costs exactly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from junheng.intake.model import Facts
from junheng.planning.improvement.board import Board, Floats
from junheng.planning.improvement.levers import BY_ID, LEVERS, Lever, add
from junheng.planning.improvement.unit_costs import UnitCost


@dataclass(frozen=True)
class Action:
    """So much of one measure for one school. school, source: positions in the facts (source None = nothing is moved);
    stage: "" = the school as a whole."""

    school: int
    lever: str
    stage: str
    amount: Decimal
    source: int | None = None


@dataclass(frozen=True)
class Money:
    """Yuan at the low, the usual and the high price."""

    low: Decimal = Decimal(0)
    usual: Decimal = Decimal(0)
    high: Decimal = Decimal(0)

    def __add__(self, other: Money) -> Money:
        return Money(self.low + other.low, self.usual + other.usual, self.high + other.high)


def cost_of(amount: Decimal, price: UnitCost, years_due: int) -> Money:
    """Exact: amount × unit price × the number of years it is due."""
    times = amount * (years_due if price.yearly else 1)
    return Money(times * price.low_yuan, times * price.usual_yuan, times * price.high_yuan)


def total_cost(actions: Sequence[Action], costs: Mapping[str, UnitCost], years: int) -> Money:
    """What the actions cost when all of them are done in the first of so many years."""
    return sum((cost_of(each.amount, costs[each.lever], years) for each in actions), Money())


def actions_of(board: Board, amounts: Floats, step: Decimal, *, giving: int = 1) -> tuple[Action, ...]:
    """The amounts as actions. step: what square metres and yuan are rounded up to.

    What is moved is matched most to most. giving: 1 = a school gives up to a step more than the optimum says, so that a receiving
    one gets all it needs; 0 = both ends are rounded down, and what the receiver loses by that is bought; −1 = besides, a giver
    keeps a step.
    """
    wanted: dict[tuple[str, int, str], float] = {}
    for each, amount in zip(board.decisions, amounts.tolist(), strict=True):
        if amount > 1e-6:
            key = (each.lever, each.school, each.stage)
            wanted[key] = wanted.get(key, 0.0) + each.direction * amount
    out: list[Action] = []
    for lever in (each for each in LEVERS if each.moves):
        mine = {(school, stage): amount for (name, school, stage), amount in wanted.items() if name == lever.id}
        for pool in dict.fromkeys(stage if lever.by_stage else "" for _, stage in mine):
            here = {key: amount for key, amount in mine.items() if not lever.by_stage or key[1] == pool}
            moved, lost = _matched(lever, here, step, giving)
            out += moved
            for (school, stage), amount in lost.items():
                key = (lever.instead, school, stage)
                wanted[key] = wanted.get(key, 0.0) + amount
    for lever in (each for each in LEVERS if not each.moves):
        out += [Action(school, lever.id, stage, _rounded_up(amount, lever, step))
                for (name, school, stage), amount in wanted.items() if name == lever.id and amount > 1e-6]  # fmt: skip
    order = {lever.id: number for number, lever in enumerate(LEVERS)}
    return tuple(sorted(out, key=lambda each: (each.school, order[each.lever], each.stage, -1 if each.source is None else each.source)))


def _rounded_up(amount: float, lever: Lever, step: Decimal) -> Decimal:
    unit = Decimal(1) if lever.whole else step
    return unit * int(np.ceil(round(amount / float(unit), 6)))


def _matched(
    lever: Lever, net: Mapping[tuple[int, str], float], step: Decimal, giving: int
) -> tuple[list[Action], dict[tuple[int, str], float]]:
    """Who gives whom how much, and what receivers lose by rounding. net: (school, stage) → comes (+) or leaves (−)."""
    unit = Decimal(1) if lever.whole else step

    def whole(amount: float) -> int:
        steps = round(amount / float(unit), 6)
        return int(np.ceil(steps) if giving > 0 else np.floor(steps))

    # Every taker may be rounded up once, so the largest giver stands ready with as much.
    spare = 0 if lever.whole else sum(amount > 0 for amount in net.values()) if giving > 0 else giving
    give = [[school, max(0, whole(-amount) + spare)] for (school, _), amount in sorted(net.items(), key=lambda each: each[1]) if amount < 0]
    out, lost = [], {}
    for (school, stage), amount in sorted(net.items(), key=lambda each: -each[1]):
        wanted = whole(amount) if amount > 0 else 0
        got = 0
        for giver in give:
            taken = min(wanted - got, giver[1])
            if taken > 0:
                out.append(Action(school, lever.id, stage, unit * taken, giver[0]))
                giver[1] -= taken
                got += taken
        if lever.instead and amount > 0 and amount > got * float(unit) + 1e-9:
            lost[school, stage] = amount - got * float(unit)
    return out, lost


def changed(facts: Facts, actions: Sequence[Action]) -> Facts:
    """The facts after the actions. The rows are copies; nothing else is touched."""
    out = Facts(facts.school_year, [dict(row) for row in facts.school], facts.county, facts.judgement)
    for each in actions:
        lever = BY_ID[each.lever]
        add(out.school[each.school], lever, each.stage, each.amount)
        if each.source is not None:
            add(out.school[each.source], lever, each.stage, -each.amount)
    return out
