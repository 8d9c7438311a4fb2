"""HiGHS, in rounds: relax and cut until the cones hold, then branch, repair, cut again, until the gap is proven.

An answer is only ever one that holds (`board.holds`): an incumbent of the solver that misses a CV is repaired first, and
counts with what the repair costs. The bound is the solver's own, of a relaxation.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import highspy
import numpy as np

from junheng.planning import clock
from junheng.planning.highs import run, silent_highs
from junheng.planning.improvement.board import Board, Floats, holds
from junheng.planning.improvement.greedy import greedy, nudged, repaired
from junheng.planning.improvement.program import MONEY, Cone, Layout, Program

_LP_ROUNDS = 30
_NEAR_ROUNDS, _NEAR_SHARE, _NEAR_STEPS = 3, 0.15, 2.0
_COARSE = 0.01


@dataclass(frozen=True)
class Solved:
    """amounts: the best that hold, None when none was found; bound: no plan costs less (yuan; −inf = nothing proven);
    infeasible: the solver proved that there is none. greedy_cost: yuan, None when the simple way failed."""

    amounts: Floats | None
    cost: float
    bound: float
    seconds: float
    rounds: int
    infeasible: bool = False
    greedy_cost: float | None = None

    @property
    def gap(self) -> float:
        """(cost − bound) / cost; 0 when nothing need be done, inf when nothing is known."""
        if self.amounts is None:
            return np.inf
        return 0.0 if self.cost <= self.bound + 1e-6 else (self.cost - self.bound) / max(self.cost, 1.0)


class _Search:
    def __init__(self, program: Program, gap: float, until: float, notify: Callable[[str], None]) -> None:
        self.program, self.board, self.gap, self.until, self.notify = program, program.board, gap, until, notify
        self.seconds = until - clock.now()
        self.best: Floats | None = None
        self.cost, self.bound, self.rounds = np.inf, -np.inf, 0

    def offer(self, amounts: Floats | None) -> None:
        """Take amounts that hold if they are the cheapest yet."""
        if amounts is not None and holds(self.board, amounts) and self._affordable(amounts):
            cost = self.board.cost(amounts)
            if cost < self.cost:
                self.best, self.cost = amounts, cost
                self.notify(f"已有可行方案 {cost:,.0f} 元")

    def _affordable(self, amounts: Floats) -> bool:
        budget = self.program.budget
        return budget is None or self.board.cost(amounts) <= budget * (1 + 1e-9) + 1e-6

    @property
    def proven(self) -> bool:
        return self.best is not None and self.cost - self.bound <= self.gap * max(self.cost, 1.0)

    @property
    def left(self) -> float:
        return self.until - clock.now()


def solve(
    board: Board, *, budget: float | None = None, gap: float = 1e-3, seconds: float = 60.0,
    notify: Callable[[str], None] = lambda _: None,
) -> Solved:  # fmt: skip
    """The cheapest amounts that hold, to within `gap` or as far as the time reaches."""
    began = time.monotonic()
    search = _Search(Program(board, budget), gap, clock.now() + seconds, notify)
    first = greedy(board)
    search.offer(first)
    if first is None or search.program.broken(np.maximum(board.least, 0)):
        for cone in search.program.broken(board.least):
            search.program.watch(cone)
    relaxation = relax(search.program, search.until)
    search.bound = relaxation.bound
    if relaxation.amounts is not None and not search.proven:
        _near_relaxation(search, relaxation)
    impossible = not relaxation.feasible or _branch(search)
    return Solved(search.best, search.cost, search.bound, time.monotonic() - began, search.rounds,
                  impossible and search.best is None, None if first is None else board.cost(first))  # fmt: skip


@dataclass(frozen=True)
class Relaxed:
    """The optimum of the linear relaxation. bound: yuan, no plan costs less; feasible: False when even it has no solution;
    amounts: None when the time ran out first; values: the solver's columns, in the layout of the program built then."""

    bound: float
    feasible: bool
    amounts: Floats | None
    values: Floats | None = None


def relax(program: Program, until: float) -> Relaxed:
    """Solve the linear relaxation and cut it until every cone holds, watching every cone that turns out to matter."""
    bound, amounts = -np.inf, None
    while clock.now() < until:
        lp, layout = program.build()
        lp.integrality_ = [highspy.HighsVarType.kContinuous] * lp.num_col_
        h = _highs(lp, until - clock.now())
        for _ in range(_LP_ROUNDS):
            run(h)
            status = h.getModelStatus()
            if status == highspy.HighsModelStatus.kInfeasible:
                return Relaxed(np.inf, False, None)
            if status != highspy.HighsModelStatus.kOptimal:
                return Relaxed(bound, True, None)
            values = np.array(h.getSolution().col_value)
            bound = max(bound, h.getInfo().objective_function_value * MONEY)
            amounts = program.amounts(values, relaxed=True)
            new = program.cut(amounts, _shares(program, layout, values))
            if not new or clock.now() > until:
                break
            _add_tangents(h, program, layout, new)
        more = program.broken(amounts) if amounts is not None else []
        if not more:
            return Relaxed(bound, True, amounts, values if amounts is not None else None)
        for cone in more:
            program.watch(cone)
    return Relaxed(bound, True, None)


def _add_tangents(h: highspy.Highs, program: Program, layout: Layout, new: list[tuple[Cone, int, float]]) -> None:
    for cone, k, t in new:
        lower, upper, columns, values = program.tangent(layout, cone, k, t)
        h.addRow(lower, upper, len(columns), np.array(columns, dtype=np.int32), np.array(values))


def _near_relaxation(search: _Search, relaxation: Relaxed) -> None:
    """Branch only between the whole numbers next to the relaxation's: its optimum is near, and an answer within the gap of it
    ends the search before the whole program is branched on."""
    program, values = search.program, relaxation.values
    assert values is not None
    for _ in range(_NEAR_ROUNDS):
        lp, _ = program.build()
        lower, upper = np.array(lp.col_lower_), np.array(lp.col_upper_)
        whole = np.array([each == highspy.HighsVarType.kInteger for each in lp.integrality_])
        near = np.clip(values, lower, upper)[whole]
        wide = np.where(upper[whole] <= 1, 0.0, _NEAR_STEPS)
        lower[whole] = np.maximum(lower[whole], np.floor(near + 1e-6) - wide)
        upper[whole] = np.minimum(upper[whole], np.ceil(near - 1e-6) + wide)
        lp.col_lower_, lp.col_upper_ = lower, upper
        h = _highs(lp, min(search.left, _NEAR_SHARE * search.seconds))
        h.setOptionValue("mip_rel_gap", search.gap * 0.2)
        run(h)
        if h.getInfo().primal_solution_status != 2:
            return
        amounts = program.amounts(np.array(h.getSolution().col_value))
        new = program.cut(amounts)
        search.offer(_mended(program, amounts))
        if search.proven or not new:
            return


def _branch(search: _Search) -> bool:
    """Branch and bound in rounds; True when the solver proves that no plan exists."""
    program = search.program
    coarse = _COARSE  # the first rounds only show where the cones must be cut
    trusted = True
    while search.left > 0.05 and not search.proven:
        search.rounds += 1
        lp, layout = program.build()
        h = _highs(lp, search.left)
        tolerance = max(search.gap * 0.5, coarse)
        h.setOptionValue("mip_rel_gap", tolerance)
        coarse /= 4
        if search.best is not None and trusted:
            _start(h, program.full_vector(layout, search.best))
        run(h)
        status = h.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            return True
        info = h.getInfo()
        if np.isfinite(info.mip_dual_bound):
            search.bound = max(search.bound, info.mip_dual_bound * MONEY)
        if info.primal_solution_status != 2:
            return False
        amounts = program.amounts(np.array(h.getSolution().col_value))
        search.offer(amounts)
        new = program.cut(amounts)
        more = program.broken(amounts)
        search.offer(_mended(program, amounts))
        search.notify(f"第 {search.rounds} 轮：下界 {search.bound:,.0f} 元，最好方案 {search.cost:,.0f} 元")
        for cone in more:
            program.watch(cone)
        if status == highspy.HighsModelStatus.kOptimal and not new and not more:
            # HiGHS 1.16 may count a start too low after presolve, and then "prove" that number: it is a bound, but not the optimum.
            honest = program.board.cost(amounts) <= info.mip_dual_bound * MONEY * (1 + 2 * tolerance) + 1.0
            if honest and tolerance <= search.gap * 0.5:
                return False
            trusted = trusted and honest
    return False


def _mended(program: Program, amounts: Floats) -> Floats | None:
    """Amounts that hold, near the ones given: people and rooms added where their CVs still need some, then areas and money
    chosen again under cuts with the whole numbers kept; what is missing even then is added the simple way."""
    board = program.board
    if holds(board, amounts):
        return amounts
    counted = nudged(board, amounts, only_whole=True)
    again = _continuous_again(program, counted)
    found = [each for each in (repaired(board, again) if again is not None else None, repaired(board, counted)) if each is not None]
    return min(found, key=board.cost, default=None)


def _continuous_again(program: Program, amounts: Floats) -> Floats | None:
    lp, layout = program.build()
    whole = np.flatnonzero(program.board.whole)
    lower, upper = np.array(lp.col_lower_), np.array(lp.col_upper_)
    lower[whole] = upper[whole] = amounts[whole]
    lp.col_lower_, lp.col_upper_ = lower, upper
    vector = program.full_vector(layout, amounts)
    for z in layout.reach.values():
        lower[z] = upper[z] = vector[z]
    lp.integrality_ = [highspy.HighsVarType.kContinuous] * lp.num_col_
    h, found = _highs(lp, 10.0), None
    for _ in range(_LP_ROUNDS):
        run(h)
        if h.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return found
        found = program.amounts(np.array(h.getSolution().col_value))
        new = program.cut(found)
        if not new:
            return found
        _add_tangents(h, program, layout, new)
    return found


def _highs(lp: highspy.HighsLp, seconds: float) -> highspy.Highs:
    h = silent_highs()
    h.setOptionValue("time_limit", max(seconds, 0.1))
    h.passModel(lp)
    return h


def _start(h: highspy.Highs, vector: Floats) -> None:
    solution = highspy.HighsSolution()
    solution.col_value = vector.tolist()
    h.setSolution(solution)


def _shares(program: Program, layout: Layout, values: Floats) -> dict[Cone, Floats]:
    return {
        cone: np.array([values[layout.share[cone, k]] for k in range(len(program.board.groups[cone[0]].rows))])
        for cone in program.cones
    }  # fmt: skip
