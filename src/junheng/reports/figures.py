"""Sums of what was reported, for the forms: a sum that lacks a school's figure says so."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from junheng.common.codes import own_stages
from junheng.common.stages import COMPULSORY_STAGES, Stage
from junheng.intake.model import Facts, Row
from junheng.reports.grid import NOT_REPORTED, Cell, Look, round_half_up

COMBINED_TYPES = ("312", "345")
TEACHING_POINT = "218"
MAINSTREAM_TYPES = ("211", "218", "219", "311", "312", "319", "341", "345")
"""普通中小学, which 表Ⅰ counts."""
_PUPILS = tuple((stage, f"students_{stage}") for stage in Stage)


@dataclass(frozen=True)
class Tally:
    """A sum over schools. missing: schools that were asked and did not report; asked: all that were asked."""

    total: float
    missing: int = 0
    asked: int = 0

    @property
    def complete(self) -> bool:
        return self.missing == 0

    @property
    def value(self) -> float | None:
        """The sum of what was reported; None when schools were asked and none reported."""
        return None if self.missing and self.missing == self.asked else self.total

    @property
    def after(self) -> str:
        return f"（缺{self.missing}校）" if self.missing and self.value is not None else ""

    def cell(self, look: Look = Look.WHOLE) -> Cell:
        return Cell(self.value, look, after=self.after)

    def text(self, decimals: int = 0, divisor: float = 1.0) -> str:
        """The sum in words, e.g. "390（缺2校）"."""
        return words(None if self.value is None else self.value / divisor, decimals) + self.after


def words(value: float | None, decimals: int = 0) -> str:
    """A figure in running text, thousands separated; 未报 for None."""
    return NOT_REPORTED if value is None else round_half_up(value, decimals, thousands=True)


def percent(value: float | None) -> str:
    """A share of one as a percentage with one decimal; 未报 for None."""
    return NOT_REPORTED if value is None else f"{round_half_up(value * 100, 1)}%"


def number(row: Row, name: str) -> float | None:
    """A reported number; None when it was not reported."""
    value = row.get(name)
    return float(value) if isinstance(value, int | float) else None


def stages_of(row: Row) -> tuple[Stage, ...]:
    """The stages a school row has: those of its type that are not reported as 0, and attached classes."""
    of_type = own_stages(row["school_type"], lambda stage: row.get(f"students_{stage}")) if row.get("school_type") else ()
    out = []
    for stage, column in _PUPILS:
        pupils = row.get(column)
        if pupils is None:
            out += [stage] if stage in of_type else []
        elif isinstance(pupils, int | float) and pupils > 0:
            out.append(stage)
    return tuple(out)


def of_stage(row: Row, base: str, stage: Stage) -> float | None:
    """A column's figure for one stage: the stage-split line, or the whole school's where it has that stage alone."""
    split = number(row, f"{base}_{stage}")
    if split is not None:
        return split
    return number(row, base) if stages_of(row) == (stage,) else None


def whole_of(row: Row, base: str) -> float | None:
    """A column's figure for the whole school: its own line, else the sum of its stage lines where all are reported."""
    own = number(row, base)
    if own is not None:
        return own
    parts = [number(row, f"{base}_{stage}") for stage in stages_of(row)]
    return None if not parts or any(part is None for part in parts) else sum(part or 0.0 for part in parts)


def compulsory_pupils(row: Row) -> float | None:
    """Pupils of the compulsory stages the row has; None when one is missing."""
    counts = [number(row, f"students_{stage}") for stage in COMPULSORY_STAGES if stage in stages_of(row)]
    return None if any(count is None for count in counts) else sum(count or 0.0 for count in counts)


class CountyFigures:
    """The reported figures of one county."""

    def __init__(self, facts: Facts, county_code: str) -> None:
        self.county_row: Row = next((r for r in facts.county if str(r["county_code"]) == county_code), {})
        self.schools: Sequence[Row] = [r for r in facts.school if str(r["county_code"] or "") == county_code]
        self.judgements: dict[str, Row] = {
            str(r["criterion"]): r for r in facts.judgement if str(r["county_code"] or "") == county_code
        }

    @cached_property
    def mainstream(self) -> Sequence[Row]:
        """普通中小学 that have a compulsory stage."""
        return [r for r in self.schools if str(r["school_type"]) in MAINSTREAM_TYPES]

    def county(self, name: str) -> float | None:
        """A number of the county's own row."""
        return number(self.county_row, name)

    def stage_total(self, base: str, stage: Stage) -> Tally:
        """A column over all mainstream schools that have the stage, each with its figure for that stage."""
        return tally((r for r in self.mainstream if stage in stages_of(r)), lambda row: of_stage(row, base, stage))

    def total(self, name: str, rows: Iterable[Row] | None = None) -> Tally:
        """A whole-school column over `rows`, or over all schools."""
        return tally(self.schools if rows is None else rows, lambda row: number(row, name))

    def with_stage(self, stage: Stage) -> list[Row]:
        return [row for row in self.schools if stage in stages_of(row)]


def tally(rows: Iterable[Row], figure: Callable[[Row], float | None]) -> Tally:
    values = [figure(row) for row in rows]
    known = [value for value in values if value is not None]
    return Tally(sum(known), len(values) - len(known), len(values))
