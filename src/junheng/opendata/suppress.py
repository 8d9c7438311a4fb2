"""Which cells of a table are not published, so that nobody works out a small one: primary and complementary suppression.

Sets and data
    k the least count that is published; cell c is small when 1 ≤ x_c < k; zeros are published: they say that nobody is there
    H the cells not published; F the cells that may still be held: not zero, not published in an earlier version
Wanted: H ⊇ small cells, few others, such that with everything known (`knowledge`)
    a small cell can be k, and can be as small as anything with that many inhabited cells: nobody can tell that it is small (1)
    every other cell of H can take two values at least k − 1 apart: nobody works it out and goes on from there             (2)
Way (Kelly, Golden & Assad 1992; Castro 2012: one program for each cell and direction)
    for a cell and an amount a: min Σ w_i |y_i|,  y a change of the table that keeps every sum, y_c = a, y_i = 0 outside F ∪ H,
    1 ≤ x_i + y_i; w_i = 0 in H, else more for what a reader would miss more;                                      (3)
    every cell with y_i ≠ 0 joins H. x + y is then a table that fits all that is known: (1) and (2) hold by construction.
Least information lost in all together is NP-hard; (3) is greedy and says nothing about the fewest cells. `prove` does not trust any of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import scipy.sparse as sp

from junheng.common.errors import UserError
from junheng.opendata.count_table import CountTable
from junheng.opendata.guessing import Unproven, extremes
from junheng.opendata.knowledge import Flags, Knowledge, Published, Whole, knowledge_of
from junheng.opendata.rule import Rule
from junheng.planning.highs import Floats, Model, minimise

_SECONDS = 30.0
_TOTALS_WEIGH = 20.0
"""A total is asked for far more often than a cell: it is held only where no cells of the table would do."""


def protect(table: CountTable, rule: Rule, earlier: Sequence[Published] = ()) -> Published:
    """The table with the cells that must be held. earlier: every version published before. Raises UserError when they make it
    impossible, Unproven when the proof fails."""
    known = knowledge_of((*earlier, Published(table, frozenset(table.values))))
    held = _Holding(known, rule, _held_before(known, earlier)).held
    out = Published(table, frozenset(key for key, value in table.values.items() if value is not None and held[known.place(key, value)]))
    prove(out, rule, earlier)
    return out


def prove(version: Published, rule: Rule, earlier: Sequence[Published] = ()) -> int:
    """Attack the version together with all earlier ones; returns how many cells held. Raises Unproven naming no figure."""
    known = knowledge_of((*earlier, version))
    for cell in np.flatnonzero(known.held).tolist():
        found, value = extremes(known, known.held, cell), int(known.values[cell])
        floor = int(known.floor[cell])
        wide = found.least <= floor and found.most >= rule.least if rule.is_small(value) else found.most - found.least >= rule.width
        if not wide:
            raise Unproven(f"cell {cell} is known too well")
    shown_small = [key for key, value in version.table.values.items() if value is not None and rule.is_small(value) and key not in version.held]
    if shown_small:
        raise Unproven(f"{len(shown_small)} small cells are published")
    return int(known.held.sum())


def _held_before(known: Knowledge, earlier: Sequence[Published]) -> Flags:
    held = np.zeros_like(known.held)
    for version in earlier:
        for key in version.held:
            held[known.place(key, version.table.values[key] or 0)] = True
    return held & known.held


class _Holding:
    """Grows `held` until (1) and (2) are kept. up, down: the largest change of every cell in the tables found so far."""

    def __init__(self, known: Knowledge, rule: Rule, before: Flags) -> None:
        self._known, self._rule = known, rule
        self._small = small = (known.values >= 1) & (known.values < rule.least)
        self._free = known.held & (known.values > 0)
        self.held: Flags = (small & known.held) | before
        self._up, self._down = np.zeros_like(known.values), np.zeros_like(known.values)
        self._weights = self._weigh()
        for cell in np.flatnonzero(self.held & small).tolist():
            self._open(cell, (rule.least - int(known.values[cell]),))
            self._open(cell, (int(known.floor[cell] - known.values[cell]),))
        while (narrow := next(self._narrow(), None)) is not None:
            self._open(narrow, (rule.width, -rule.width))

    def _weigh(self) -> Floats:
        weights = 1.0 + np.log(np.maximum(self._known.values, 1))
        weights[[total for total, _ in self._known.sums]] *= _TOTALS_WEIGH
        return weights

    def _narrow(self) -> Iterator[int]:
        yield from np.flatnonzero(self.held & ~self._small & (self._up + self._down < self._rule.width)).tolist()

    def _open(self, cell: int, amounts: Sequence[int]) -> None:
        """(3) with the first of the amounts that is possible, unless the cell was moved that far already."""
        for amount in amounts:
            if (self._up[cell] if amount > 0 else self._down[cell]) >= abs(amount):
                return
            change = self._change(cell, amount)
            if change is not None:
                self.held |= change != 0
                self._up, self._down = np.maximum(self._up, change), np.maximum(self._down, -change)
                return
        raise UserError("这张表不能公布", why="与以前各版放在一起，人数少的数无法保护", remedy="请不发布这张表，或与统计部门商定合并更大的区域后再发布")

    def _change(self, cell: int, amount: int) -> Whole | None:
        """None: no change of the table does it."""
        known, free = self._known, self._free
        for whole in (False, True):
            answer = minimise(self._program(cell, amount, whole), seconds=_SECONDS)
            if answer.values is None:
                continue
            change = np.zeros_like(known.values)
            halves = np.rint(answer.values).astype(np.int64)
            change[free] = halves[: len(halves) // 2] - halves[len(halves) // 2 :]
            if change[cell] == amount and known.agrees(known.values + change, free):
                return change
        return None

    def _program(self, cell: int, amount: int, whole: bool) -> Model:
        """Columns: what every free cell gains, then what it loses."""
        known, free = self._known, self._free
        at, size = np.cumsum(free) - 1, int(free.sum())
        entries = [(row, int(at[place]), factor) for row, (total, parts) in enumerate(known.sums)
                   for place, factor in ((total, -1.0), *((part, 1.0) for part in parts)) if free[place]]  # fmt: skip
        rows, columns, factors = zip(*entries, strict=True) if entries else ((), (), ())
        gains = sp.csr_array((factors, (rows, columns)), shape=(len(known.sums), size))
        cost = np.where(self.held, 0.0, self._weights)[free]
        most = np.concatenate([(known.ceiling - known.values)[free], (known.values - 1)[free]]).astype(float)
        least = np.zeros(2 * size)
        own = int(at[cell]) + (0 if amount > 0 else size)
        least[own] = most[own] = float(abs(amount))
        most[(own + size) % (2 * size)] = 0.0
        zero = np.zeros(len(known.sums))
        return Model(np.concatenate([cost, cost]), sp.csr_array(sp.hstack([gains, -gains])), zero, zero, least, most, np.full(2 * size, whole))
