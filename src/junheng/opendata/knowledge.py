"""What somebody knows who keeps every published version of a table: the sums, the published figures, and the rule.

Cells of several versions are one unknown where row, column and value are the same: whoever knows which figures did not change knows
that much, and we hold our tables against such a person.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from junheng.opendata.count_table import CountTable, Key

Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]
_ENDLESS = 4
Unknown = tuple[str, str, int]
"""Row, column, and the true value."""


@dataclass(frozen=True)
class Published:
    """One version as it was published. held: cells shown as “*”."""

    table: CountTable
    held: frozenset[Key]


@dataclass(frozen=True)
class Knowledge:
    """cells: the unknowns of all versions, each once; index: where each stands. values: what they truly are. held: not published in any
    version. sums: (total, parts) by place. floor: what a cell is at least, because so many inhabited cells
    lie within it. ceiling: above everything; the solver wants a box."""

    index: Mapping[Unknown, int]
    values: Whole
    held: Flags
    sums: tuple[tuple[int, tuple[int, ...]], ...]
    floor: Whole
    ceiling: int

    def place(self, key: Key, value: int) -> int:
        return self.index[(*key, value)]

    def agrees(self, guess: Whole, held: Flags) -> bool:
        """Whether a table of whole numbers fits everything that is known when the cells of `held` are not published."""
        as_published = bool((guess[~held] == self.values[~held]).all())
        possible = bool((guess[held] >= 1).all() and (guess <= self.ceiling).all())
        return as_published and possible and all(guess[total] == guess[list(parts)].sum() for total, parts in self.sums)


def knowledge_of(versions: Sequence[Published]) -> Knowledge:
    """Cells whose value is not known to us take no part; a sum with one of them tells nobody anything, because its total is not published
    either."""
    index: dict[Unknown, int] = {}
    shown: set[int] = set()
    sums: dict[tuple[int, tuple[int, ...]], None] = {}
    for version in versions:
        places: dict[Key, int] = {}
        for key, value in version.table.values.items():
            if value is not None:
                places[key] = index.setdefault((*key, value), len(index))
                if key not in version.held:
                    shown.add(places[key])
        for each in version.table.sums:
            if each.total in places:
                sums[places[each.total], tuple(sorted(places[part] for part in each.parts))] = None
    values = np.array([value for _, _, value in index], dtype=np.int64)
    held = np.array([place not in shown for place in range(len(index))], dtype=np.bool_)
    return Knowledge(index, values, held, tuple(sums), _floor(versions, index), _ENDLESS * (int(values.max(initial=1)) + 1_000))


def _floor(versions: Sequence[Published], index: Mapping[Unknown, int]) -> Whole:
    out = np.zeros(len(index), dtype=np.int64)
    for version in versions:
        for key, inhabited in version.table.inhabited.items():
            place = index[(*key, version.table.values[key] or 0)]
            out[place] = max(out[place], inhabited)
    return out
