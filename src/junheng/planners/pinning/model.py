"""What can be pinned, what was, and the table that says so. A table is written anew only where a choice changed; every other line stays as
the officials wrote it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from junheng.intake.plain_table import Line, read_plain_table
from junheng.planners.county_facts import CountyFacts
from junheng.planners.model import Value
from junheng.reports.plans.blank_tables import write_filled_table
from junheng.tables import Column, Kind, Table

OTHER = "other"
"""The choice of a school of which the table says something that no choice says."""


@dataclass(frozen=True)
class Choice:
    """What can be chosen. mark: its kind on a map (the names are those of the choices wherever possible)."""

    id: str
    label: str
    mark: str


@dataclass(frozen=True)
class Group:
    """Schools (or villages) with the same choices. mark: kind on a map of one of which nothing is said."""

    id: str
    label: str
    mark: str
    choices: tuple[Choice, ...]

    def mark_of(self, choice: str) -> str:
        return next((each.mark for each in self.choices if each.id == choice), OTHER if choice else self.mark)


@dataclass(frozen=True)
class Pinnable:
    """key: unique; part: what a list is grouped by, Chinese, "" = nothing; place: WGS84 (longitude, latitude), None = not known,
    and then `unplaced` says why."""

    key: str
    code: str
    name: str
    group: Group
    part: str = ""
    place: tuple[float, float] | None = None
    unplaced: str = ""


@dataclass(frozen=True)
class Pinned:
    """choice: "" = nothing is fixed; school_year: from which on, None = from the first; reason: as the official wrote it."""

    choice: str = ""
    school_year: int | None = None
    reason: str = ""


@dataclass(frozen=True)
class Given:
    """What a plan is prepared with, as far as pins ask: its tables, its parameters, the facts of its county."""

    tables: Mapping[str, Path]
    values: Mapping[str, Value]
    facts: Sequence[CountyFacts] = ()


@dataclass(frozen=True)
class PinTable:
    """How one planner is told.

    input: id of its TableInput. subjects: everything that can be pinned, in order, () where the tables it stands in were not handed in
    yet (`wants` names them, Chinese). years: the school years a pin can begin in, () = pins have none. key: of a line's school.
    standing: what the lines of one school say; lines: column name → value, for what was chosen.
    """

    input: str
    table: Table
    groups: tuple[Group, ...]
    wants: str
    subjects: Callable[[Given], tuple[Pinnable, ...]]
    years: Callable[[Given], tuple[int, ...]]
    key: Callable[[Line], str]
    standing: Callable[[Sequence[Line]], Pinned]
    lines: Callable[[Pinnable, Pinned], Sequence[Mapping[str, object]]]

    def read(self, path: Path | None) -> dict[str, list[Line]]:
        """Key → its lines; {} for no table. Raises UserError for one that cannot be read."""
        found: dict[str, list[Line]] = {}
        for line in read_plain_table(path, self.table) if path else ():
            found.setdefault(self.key(line), []).append(line)
        return found

    def pinned(self, lines: Mapping[str, Sequence[Line]]) -> dict[str, Pinned]:
        return {key: self.standing(own) for key, own in lines.items()}

    def write(self, folder: Path, lines: Mapping[str, Sequence[Line]], chosen: Mapping[str, Pinned], subjects: Sequence[Pinnable]) -> Path:
        """The table with these choices in it; its path. chosen: by key, of those that changed alone."""
        known = {each.key: each for each in subjects}
        rows: list[Mapping[str, object]] = [self._as_written(line) for key, own in lines.items() if key not in chosen for line in own]
        rows += [row for key, pinned in chosen.items() if key in known and pinned.choice for row in self.lines(known[key], pinned)]
        return write_filled_table(folder, self.table, rows)

    def _as_written(self, line: Line) -> Mapping[str, object]:
        return {column.name: _said(column, line.values[column.name]) for column in self.table.columns}


def _said(column: Column, value: object) -> object:
    if value is None:
        return None
    if column.codes is not None:
        return column.codes.labels[str(value)]
    return ("是" if value else "否") if column.kind is Kind.FLAG else value
