"""How far what is known leaves a suppressed cell open: the extreme tables that fit everything known, found by HiGHS, checked in whole numbers.

    least, most   min / max x_c  over  x whole,  x_t = Σ x_p for every sum,  x_i as published where published,
                  1 ≤ x_i where suppressed (zeros are always published, so a suppressed cell is at least 1)

The constraints of one table are those of a network, so the linear program has whole answers; where several versions meet and it has none,
the whole-number program is solved. An answer counts only after `Knowledge.agrees` has checked it exactly: the tables found are the
proof, the solver is not.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp

from junheng.common.errors import JunhengError
from junheng.opendata.knowledge import Flags, Knowledge, Whole
from junheng.planning.highs import Model, minimise

_SECONDS = 30.0


class Unproven(JunhengError):
    """The solver's answer did not hold in whole numbers."""


@dataclass(frozen=True)
class Extremes:
    """Two tables that fit all that is known; the cell is as small as possible in one, as large in the other."""

    cell: int
    low: Whole
    high: Whole

    @property
    def least(self) -> int:
        return int(self.low[self.cell])

    @property
    def most(self) -> int:
        return int(self.high[self.cell])


def extremes(known: Knowledge, held: Flags, cell: int) -> Extremes:
    """Of a cell of `held`, the cells that are not published. Raises Unproven."""
    return Extremes(cell, _extreme(known, held, cell, 1.0), _extreme(known, held, cell, -1.0))


def _extreme(known: Knowledge, held: Flags, cell: int, sign: float) -> Whole:
    for whole in (False, True):
        answer = minimise(_program(known, held, cell, sign, whole), seconds=_SECONDS)
        if answer.values is not None:
            guess = known.values.copy()
            guess[held] = np.rint(answer.values).astype(np.int64)
            if known.agrees(guess, held):
                return guess
    raise Unproven(f"no whole table for cell {cell}")


def _program(known: Knowledge, held: Flags, cell: int, sign: float, whole: bool) -> Model:
    at = np.cumsum(held) - 1
    size = int(held.sum())
    rows, columns, factors, right = [], [], [], []
    for total, parts in known.sums:
        members = [(total, -1.0), *((part, 1.0) for part in parts)]
        unknown = [(int(at[place]), factor) for place, factor in members if held[place]]
        if unknown:
            right.append(-sum(factor * float(known.values[place]) for place, factor in members if not held[place]))
            rows += [len(right) - 1] * len(unknown)
            columns += [place for place, _ in unknown]
            factors += [factor for _, factor in unknown]
    matrix = sp.csr_array((factors, (rows, columns)), shape=(len(right), size))
    cost = np.zeros(size)
    cost[at[cell]] = sign
    sides = np.array(right)
    return Model(cost, matrix, sides, sides, np.ones(size), np.full(size, float(known.ceiling)), np.full(size, whole))
