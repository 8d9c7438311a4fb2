"""A table of counts of people with all its totals: rows in groups (counties in cities), columns side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

TOTAL = "total"
"""The row over all groups, and the column over all columns."""

Key = tuple[str, str]
"""Row and column. A row is a row of `counts`, a group, or TOTAL; a column one of `columns`, or TOTAL."""


@dataclass(frozen=True)
class Sum:
    """total is the sum of its parts, and everybody knows it."""

    total: Key
    parts: tuple[Key, ...]


@dataclass(frozen=True)
class CountTable:
    """groups: group → its rows, every row in one group, no name twice. counts: (row, column) → whole number ≥ 0, None = not known."""

    groups: Mapping[str, tuple[str, ...]]
    columns: tuple[str, ...]
    counts: Mapping[Key, int | None]

    @property
    def rows(self) -> tuple[str, ...]:
        return tuple(row for rows in self.groups.values() for row in rows)

    @cached_property
    def sums(self) -> tuple[Sum, ...]:
        """Along every row, and down every column: rows to groups, groups to TOTAL."""
        everything = (*self.rows, *self.groups, TOTAL)
        along = [Sum((row, TOTAL), tuple((row, column) for column in self.columns)) for row in everything]
        return (*along, *(each for column in (*self.columns, TOTAL) for each in self._down(column)))

    def _down(self, column: str) -> Iterator[Sum]:
        for group, rows in self.groups.items():
            yield Sum((group, column), tuple((row, column) for row in rows))
        yield Sum((TOTAL, column), tuple((group, column) for group in self.groups))

    @cached_property
    def values(self) -> dict[Key, int | None]:
        """Every cell, totals too. A total is known only when all its parts are: what is missing is not zero."""
        out: dict[Key, int | None] = {(row, column): self.counts[row, column] for row in self.rows for column in self.columns}
        for each in self._upwards:
            known = [out[part] for part in each.parts]
            out[each.total] = None if any(value is None for value in known) else sum(value or 0 for value in known)
        return out

    @cached_property
    def inhabited(self) -> dict[Key, int]:
        """How many cells with anybody in them lie within a cell or total that is known. Zeros are published, so everybody knows it, and
        that a total is at least this."""
        out = {key: int(value > 0) for key, value in self.values.items() if value is not None and TOTAL not in key and key[0] not in self.groups}
        for each in self._upwards:
            if self.values.get(each.total) is not None:
                out[each.total] = sum(out[part] for part in each.parts)
        return out

    @cached_property
    def _upwards(self) -> list[Sum]:
        """Parts before totals."""
        return sorted(self.sums, key=lambda each: (each.total[0] in self.groups or each.total[0] == TOTAL) + (each.total[0] == TOTAL) + 4 * (each.total[1] == TOTAL))
