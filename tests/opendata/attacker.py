"""Somebody who wants to know a suppressed figure, with nothing but what was published. Shares no code with opendata.guessing: scipy's
whole-number solver here, and for tiny tables every table there is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from junheng.opendata.count_table import Key, Sum
from junheng.opendata.knowledge import Published

Cell = tuple[int, Key]
"""Version and key."""


class Attacker:
    """same: pairs of cells of different versions that are known not to have changed."""

    def __init__(self, versions: Sequence[Published]) -> None:
        self.shown: dict[Cell, int] = {}
        self.hidden: list[Cell] = []
        self.sums: list[tuple[int, Sum]] = []
        self.same: list[tuple[Cell, Cell]] = []
        first: dict[tuple[Key, int], Cell] = {}
        for number, version in enumerate(versions):
            self.sums += [(number, each) for each in version.table.sums if version.table.values[each.total] is not None]
            for key, value in version.table.values.items():
                if value is None:
                    continue
                cell = (number, key)
                if key in version.held:
                    self.hidden.append(cell)
                else:
                    self.shown[cell] = value
                other = first.setdefault((key, value), cell)
                if other != cell:
                    self.same.append((cell, other))

    def interval(self, cell: Cell) -> tuple[float, float]:
        """Least and most that the cell can be; inf = anything above."""
        return self._solve(cell, 1), -self._solve(cell, -1)

    def _solve(self, cell: Cell, sign: int) -> float:
        cells = [*self.hidden, *self.shown]
        at = {each: place for place, each in enumerate(cells)}
        rows = []
        for number, each in self.sums:
            row = np.zeros(len(cells))
            row[at[number, each.total]] = -1
            for part in each.parts:
                row[at[number, part]] += 1
            rows.append(row)
        for one, other in self.same:
            row = np.zeros(len(cells))
            row[at[one]], row[at[other]] = 1, -1
            rows.append(row)
        low = np.array([self.shown.get(each, 1) for each in cells], dtype=float)
        high = np.array([self.shown.get(each, np.inf) for each in cells], dtype=float)
        cost = np.zeros(len(cells))
        cost[at[cell]] = sign
        found = milp(cost, constraints=LinearConstraint(np.array(rows), 0, 0), bounds=Bounds(low, high), integrality=np.ones(len(cells)))
        if found.status == 3 or (found.status == 4 and "nbounded" in found.message):
            return -np.inf
        assert found.status == 0, found.message
        return float(found.fun)


def every_table(published: Published, most: int) -> list[Mapping[Key, int]]:
    """All tables whose inner cells are at most `most` and that fit what was published: for tables of a few cells."""
    table = published.table
    inner = [(row, column) for row in table.rows for column in table.columns]
    choices = [range(1, most + 1) if key in published.held else [table.values[key] or 0] for key in inner]
    out = []
    for guess in product(*choices):
        counts = dict(zip(inner, guess, strict=True))
        full = type(table)(table.groups, table.columns, counts).values
        if all((full[key] == value) if key not in published.held else (full[key] or 0) >= 1 for key, value in table.values.items()):
            out.append({key: value or 0 for key, value in full.items()})
    return out
