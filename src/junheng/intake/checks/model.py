"""What a rule is: a declaration with its reason, and a function that yields the places where it does not hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from junheng.common.errors import DeclarationError
from junheng.common.findings import Finding, Level, Place
from junheng.intake.model import Facts, Row, RowKey, county_key, school_key
from junheng.tables import table

COMPARE_BOTH = "请核对两项，或在备注说明。"


@dataclass(frozen=True)
class Reported:
    """What the checks look at. previous: last year's facts, None when there are none."""

    facts: Facts
    previous: Facts | None = None


@dataclass(frozen=True)
class Breach:
    """One place where a rule does not hold.

    column: the column whose cell is pointed at; message: what and why, a Chinese sentence with its stop.
    """

    table: str
    row: Row
    column: str
    message: str
    remedy: str = COMPARE_BOTH


@dataclass(frozen=True)
class Check:
    """A rule over the facts.

    id: "E-…" blocks freezing, "W-…" can be explained; title: the sentence that should hold; why: the harm if not —
    both Chinese, for the manual; fields: "table.column" (base name for by-stage columns) the rule reads.
    """

    id: str
    title: str
    why: str
    fields: tuple[str, ...]
    run: Callable[[Reported], Iterator[Breach]]

    def __post_init__(self) -> None:
        _level(self.id)
        for field in self.fields:
            table_name, _, column = field.partition(".")
            known = {name for each in table(table_name).columns for name in (each.name, each.base)}
            if column not in known:
                raise DeclarationError(f"check {self.id}: unknown field {field}")

    @property
    def level(self) -> Level:
        return _level(self.id)

    def findings(self, reported: Reported) -> Iterator[Finding]:
        """The breaches with their places."""
        for breach in self.run(reported):
            key = row_key(breach.table, breach.row)
            yield Finding(
                level=self.level, rule=self.id, place=reported.facts.place_of(breach.table, key, breach.column),
                message=breach.message, remedy=breach.remedy, field=breach.column, school_code=key[1], campus=key[2],
            )  # fmt: skip


@dataclass(frozen=True)
class RegisterCheck:
    """A rule over person-level registers. Its messages never show a person's number, only a masked one.

    run: takes the frames by table name; a register that was not handed in is absent.
    """

    id: str
    title: str
    why: str
    fields: tuple[str, ...]
    run: Callable[[Mapping[str, pl.DataFrame]], Iterator[RegisterBreach]]

    @property
    def level(self) -> Level:
        return _level(self.id)

    def findings(self, registers: Mapping[str, pl.DataFrame], files: Mapping[str, str]) -> Iterator[Finding]:
        """files: table name → file name, for the place of a finding; a register has no cells."""
        for breach in self.run(registers):
            yield Finding(
                level=self.level, rule=self.id, place=Place(files.get(breach.table, "")), message=breach.message,
                remedy=breach.remedy, field=breach.column, school_code=breach.school_code, campus=breach.campus,
            )  # fmt: skip


@dataclass(frozen=True)
class RegisterBreach:
    """One place in a register where a rule does not hold."""

    table: str
    column: str
    message: str
    remedy: str
    school_code: str = ""
    campus: str = ""


def row_key(table_name: str, row: Row) -> RowKey:
    """The key under which `Facts.cells` knows a row."""
    if table_name == "school":
        return school_key(row)
    county = county_key(row)
    return county if table_name == "county" else (*county[:3], str(row["criterion"] or ""))


def _level(rule: str) -> Level:
    if rule.startswith("E-"):
        return Level.ERROR
    if rule.startswith("W-"):
        return Level.WARNING
    raise DeclarationError(f"check {rule}: an id begins with E- or W-")
