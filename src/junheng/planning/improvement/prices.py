"""边际价格: what one step of each constraint is worth — the linear relaxation solved again with the constraint loosened a little.

A relaxation's price is a guide to what hurts, not a quotation: whole people and rooms are not in it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from junheng.planning import clock
from junheng.planning.improvement.board import Board, Ints, Together, spread
from junheng.planning.improvement.program import Program
from junheng.planning.improvement.solver import Relaxed, relax

CV_STEP, LIMIT_STEP = 0.01, 0.01
"""A CV limit is loosened by 0.01, a per-school limit by 1 %."""


@dataclass(frozen=True)
class Price:
    """Yuan by which the plan gets cheaper. kind: "cv" (limit + 0.01), "school" (limit − 1 %), "together" (one unit more) or "pin"
    (dropped; decision: the one it speaks of)."""

    kind: str
    stage: str
    code: str
    what: str
    yuan: float
    decision: int | None = None


def prices(board: Board, seconds: float = 60.0) -> tuple[Price, ...]:
    """Every constraint that has a price, dearest first; those not reached in the time are left out."""
    until = clock.now() + seconds
    program = Program(board)
    base = relax(program, until)
    if base.amounts is None:
        return ()
    ways = [*_cones(board, base), *_limits(board), *_together(board, base), *_pins(board, base)]
    out = []
    for price, looser in ways:
        if clock.now() > until:
            break
        again = Program(looser())
        for cone in program.cones:
            again.watch(cone)
        again.slopes.update({key: [*slopes] for key, slopes in program.slopes.items()})
        cheaper = relax(again, until)
        if cheaper.amounts is not None:
            out.append(replace(price, yuan=max(0.0, base.bound - cheaper.bound)))
    return tuple(sorted((each for each in out if each.yuan >= 1), key=lambda each: -each.yuan))


Looser = tuple[Price, Callable[[], Board]]


def _cones(board: Board, base: Relaxed) -> list[Looser]:
    """CVs at their limit in the relaxation; the others cost nothing."""
    assert base.amounts is not None
    numerators, out = board.reached(base.amounts), []
    for g, group in enumerate(board.groups):
        for i in np.flatnonzero(spread(board, group, numerators) > group.cv_limit * (1 - 2e-3)):
            looser = _with_cv(board, g, int(i))
            out.append((Price("cv", group.stage, board.codes[int(i)], "", 0.0), looser))
    return out


def _with_cv(board: Board, g: int, i: int) -> Callable[[], Board]:
    """The limit of one indicator's CV: groups carry one limit for all, so the looser one gets its own."""
    return lambda: replace(board, eased={**board.eased, (g, i): CV_STEP})


def _limits(board: Board) -> list[Looser]:
    out: list[Looser] = []
    for stage in dict.fromkeys(group.stage for group in board.groups):
        rows = np.concatenate([group.rows for group in board.groups if group.stage == stage])
        for i, code in enumerate(board.codes):
            if np.isnan(board.limit[rows, i]).all():
                continue
            out.append((Price("school", stage, code, "", 0.0), _with_limit(board, rows, i)))
    return out


def _with_limit(board: Board, rows: Ints, i: int) -> Callable[[], Board]:
    def looser() -> Board:
        limit, floor = board.limit.copy(), board.floor.copy()
        limit[rows, i] *= 1 - LIMIT_STEP
        floor[rows, i] *= 1 - LIMIT_STEP
        return replace(board, limit=limit, floor=floor)

    return looser


def _together(board: Board, base: Relaxed) -> list[Looser]:
    """Bounds of the county that are used up."""
    assert base.amounts is not None
    out: list[Looser] = []
    for number, each in enumerate(board.together):
        used = float(each.coefficients @ base.amounts[each.members])
        if each.equal or not each.of_county or used < each.most - 1e-6:
            continue
        more: tuple[Together, ...] = tuple(replace(one, most=one.most + 1) if at == number else one for at, one in enumerate(board.together))
        out.append((Price("together", "", "", each.what, 0.0), _with_together(board, more)))
    return out


def _pins(board: Board, base: Relaxed) -> list[Looser]:
    """Pins that hold the relaxation back."""
    assert base.amounts is not None
    out = []
    for j, each in enumerate(board.decisions):
        at = base.amounts[j]
        if each.unpinned is not None and ((at >= each.most - 1e-6 and each.most < each.unpinned[1]) or (at <= each.least + 1e-6 and each.least > each.unpinned[0])):
            out.append((Price("pin", each.stage, "", "", 0.0, j), _without_pin(board, j)))
    return out


def _without_pin(board: Board, j: int) -> Callable[[], Board]:
    def looser() -> Board:
        free = board.decisions[j].unpinned
        assert free is not None
        unpinned = replace(board.decisions[j], least=free[0], most=free[1], unpinned=None)
        return replace(board, decisions=(*board.decisions[:j], unpinned, *board.decisions[j + 1 :]))

    return looser


def _with_together(board: Board, together: tuple[Together, ...]) -> Callable[[], Board]:
    return lambda: replace(board, together=together)
