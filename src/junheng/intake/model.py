"""What intake hands on: facts, where each fact stood, and what was found on the way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from junheng.common.findings import Finding, Level, Place

Row = dict[str, object]
"""One row of a fact table: column name → value (int, float, bool, str) or None = 未报. Every column is present."""

RowKey = tuple[str, str, str, str]
"""(county_code, school_code, campus, row): school rows leave row "", county rows only fill the first,
judgement rows put the criterion id in row."""


class SourceKind(StrEnum):
    SCHOOL_FORM = "school_form"
    COUNTY_FORM = "county_form"
    JUDGEMENT_SHEET = "judgement_sheet"
    WIDE_TABLE = "wide_table"
    STATISTICS_TABLE = "statistics_table"
    REGISTER = "register"
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class SourceFile:
    """A file that was handed in. name: path relative to the folder given on the command line."""

    name: str
    sha256: str
    size_bytes: int
    kind: SourceKind


@dataclass(frozen=True)
class SourceCell:
    """Where one value stood and what was written there."""

    place: Place
    raw: str


@dataclass
class Facts:
    """Everything reported for one school year, in the shape of `tables` (FACT_TABLES).

    school: one row per (county_code, school_code, campus); county: one per county_code;
    judgement: one per (county_code, criterion). Numbers are in the stored unit (元, ㎡), None = not reported.
    cells: (table, row key, column) → where it stood; values rolled up from registers have a cell that says so.
    """

    school_year: int
    school: list[Row] = field(default_factory=list)
    county: list[Row] = field(default_factory=list)
    judgement: list[Row] = field(default_factory=list)
    cells: dict[tuple[str, RowKey, str], SourceCell] = field(default_factory=dict)

    def rows(self, table_name: str) -> list[Row]:
        """The rows of a fact table by its name."""
        return {"school": self.school, "county": self.county, "judgement": self.judgement}[table_name]

    def place_of(self, table_name: str, key: RowKey, column: str) -> Place:
        """The place of a value; an empty Place when it was not reported."""
        cell = self.cells.get((table_name, key, column))
        return cell.place if cell else Place()


def school_key(row: Mapping[str, object]) -> RowKey:
    """The row key of a school row."""
    return (str(row["county_code"] or ""), str(row["school_code"] or ""), str(row["campus"] or ""), "")


def county_key(row: Mapping[str, object]) -> RowKey:
    """The row key of a county row."""
    return (str(row["county_code"] or ""), "", "", "")


@dataclass
class Intake:
    """The outcome of reading a folder: always whole, even when files were unreadable.

    left_out: what could not be read or was not recognised, in Chinese, one line each.
    """

    facts: Facts
    findings: list[Finding] = field(default_factory=list)
    sources: list[SourceFile] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)

    @property
    def has_errors(self) -> bool:
        return any(finding.level is Level.ERROR for finding in self.findings)


def sorted_findings(findings: Sequence[Finding]) -> list[Finding]:
    """Errors first, then by file, sheet, cell and rule: the same findings always come in the same order."""
    return sorted(
        findings,
        key=lambda f: (f.level is not Level.ERROR, f.place.file, f.place.sheet, f.place.cell, f.rule, f.field, f.message),
    )
