"""出处树 of one row's cells: what was reported, where it stood, and what it means for the row."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from junheng.common.findings import Place
from junheng.common.stages import COMPULSORY_STAGES, Stage
from junheng.engine.algebra import Cell, Exact, as_written
from junheng.engine.basis import Interval, by_stage, pupils
from junheng.engine.compile import measured
from junheng.engine.terms import Meaning
from junheng.engine.trace_node import End, TraceNode, between, trimmed, unrounded
from junheng.indicators import Indicator
from junheng.intake.model import Facts, Row, RowKey, school_key
from junheng.policy.in_force import ANY, Cited, PolicyInForce
from junheng.tables import Kind, table


@dataclass(frozen=True)
class Book:
    """Facts and the policy they are measured under, with what every row's trace looks up."""

    facts: Facts
    policy: PolicyInForce

    @cached_property
    def counties(self) -> Mapping[str, Row]:
        return {str(row["county_code"] or ""): row for row in self.facts.county}

    @cached_property
    def sheets(self) -> Mapping[tuple[str, RowKey], Place]:
        """The sheet a row came from, for the cells that were left blank in it."""
        return {(name, key): Place(cell.place.file, cell.place.sheet) for (name, key, _), cell in self.facts.cells.items()}

    @cached_property
    def indicators(self) -> tuple[Indicator, ...]:
        return measured(self.policy)

    def schools(self, county_code: str) -> list[Row]:
        """School rows of a county, by key."""
        return sorted((row for row in self.facts.school if row["county_code"] == county_code), key=school_key)


@dataclass(frozen=True)
class RowCells:
    """One row in exact numbers. stage: the stage asked about, None at school and county grain."""

    book: Book
    table: str
    row: Row
    key: RowKey
    algebra: Exact
    stage: Stage | None

    @property
    def meaning(self) -> Meaning:
        return Meaning(self.algebra, self.book.policy, self.stage)

    @property
    def name(self) -> str:
        campus = f"·{self.row['campus']}" if self.row["campus"] else ""
        return f"{self.row['school_name'] or '（未报校名）'}{campus}（{self.row['school_code']}）"

    def plain(self, column: str) -> object:
        """A derived column of the row (pupils, weight, exception, inclusion) as Fraction, text or None."""
        value: object = self.algebra.column(column).value
        return value

    def ends(self, interval: Interval) -> tuple[End, End]:
        """The plain ends of an interval; an end that is null is unbounded."""
        lo, hi = (self.algebra.first(end).value for end in (interval.least(self.algebra), interval.hi))
        return -math.inf if lo is None else lo, math.inf if hi is None else hi

    def split(self, base: str) -> bool:
        """Whether the column was reported by stage."""
        return bool(by_stage(self.algebra, base).value)

    def values_here(self, values: Mapping[str, Cited]) -> list[tuple[str, Cited]]:
        """The values that concern this school's stages, with the stage's name where they differ by stage."""
        if ANY in values:
            return [("", values[ANY])]
        return [(stage.label, values[stage]) for stage in COMPULSORY_STAGES if self.plain(pupils(stage)) != 0 and stage in values]

    def lines(self, base: str, stages: Iterable[Stage]) -> list[TraceNode]:
        """The stage lines of a column, without those of stages the school does not have."""
        return [self.leaf(f"{base}_{stage}") for stage in stages
                if self.row[f"{base}_{stage}"] is not None or self.plain(pupils(stage)) != 0]  # fmt: skip

    def leaf(self, name: str, *, claimed: bool = False) -> TraceNode:
        """A reported cell: the stored value, where it stood and what was written there."""
        column, value = table(self.table).column(name), self.row[name]
        cell = self.book.facts.cells.get((self.table, self.key, name))
        if value is None:
            text = "未填（不主张）" if claimed else "未报"
            place = cell.place if cell else self.book.sheets.get((self.table, self.key), Place())
            return TraceNode(column.label, text, place=place, raw=cell.raw if cell else "")
        exact = ""
        if column.kind is Kind.FLAG:
            text = "是" if value else "否"
        elif column.codes:
            text = column.codes.labels.get(str(value), str(value))
        elif column.kind.is_number:
            number = Cell(as_written(value)).value
            text, exact = between(number, number, 2, column.unit.symbol), exact_text(number, number)
        else:
            text = str(value)
        return TraceNode(column.label, text, exact, place=cell.place if cell else Place(), raw=cell.raw if cell else "")


def exact_text(lo: End, hi: End) -> str:
    text = unrounded(lo) if lo == hi else ""
    return "" if text.replace(",", "") == trimmed(lo).replace(",", "") else text
