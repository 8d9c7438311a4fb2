"""How a check reads a row: numbers of the whole school or of one stage, and the words for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from junheng.common.codes import own_stages
from junheng.common.stages import Stage
from junheng.intake.model import Row
from junheng.tables import Column, table

WHOLE = ""
SLICES = (WHOLE, *(f"_{stage}" for stage in Stage))
"""The whole school, then each stage: suffixes of column names."""


@dataclass(slots=True)
class Amount:
    """A reported number, or a sum of stage lines.

    column: the column to point at; as_reported: False for a sum; lines: how many stage lines a sum has.
    """

    table: str
    value: float
    column: str
    as_reported: bool = True
    lines: int = 1

    @property
    def label(self) -> str:
        """The Chinese name with the right stage."""
        if self.lines == 1:
            return label(self.table, self.column)
        return f"各学段{label_of_base(self.table, column_of(self.table, self.column).base)}合计"


def number(row: Row, column: str) -> float | None:
    """The number in a column; None when it was not reported or the table has no such column."""
    value = row.get(column)
    return value if isinstance(value, (int, float)) and not isinstance(value, bool) else None


def text(row: Row, column: str) -> str:
    """The text in a column, "" when it was not reported."""
    return str(row.get(column) or "")


def stages_of(row: Row) -> tuple[Stage, ...]:
    """The stages the school must have; all of them when its type was not reported."""
    return own_stages(text(row, "school_type"), lambda stage: row.get(f"students_{stage}"))


def amount(table_name: str, row: Row, base: str, part: str = WHOLE) -> Amount | None:
    """The number of the whole school (or one stage); None when it is not fully known.

    A whole that was not reported is the sum of the stage lines, provided every stage of the school's type has one.
    """
    value = number(row, base + part)
    if value is not None:
        return Amount(table_name, value, base + part)
    if part != WHOLE or any(number(row, f"{base}_{stage}") is None for stage in stages_of(row)):
        return None
    return _stage_sum(table_name, row, base)


def at_least(table_name: str, row: Row, base: str, part: str = WHOLE) -> Amount | None:
    """What the number is at least: as `amount`, but a whole may be the sum of only some stage lines."""
    value = number(row, base + part)
    if value is not None:
        return Amount(table_name, value, base + part)
    return _stage_sum(table_name, row, base) if part == WHOLE else None


@cache
def stage_columns(base: str) -> tuple[str, ...]:
    """The names of a column's stage lines."""
    return tuple(f"{base}_{stage}" for stage in Stage)


def _stage_sum(table_name: str, row: Row, base: str) -> Amount | None:
    lines = [(column, value) for column in stage_columns(base) if (value := number(row, column)) is not None]
    if not lines:
        return None
    return Amount(table_name, sum(value for _, value in lines), lines[0][0], as_reported=False, lines=len(lines))


def pupils(row: Row) -> Amount | None:
    """All pupils of a school row, 高中 included; None when a stage of its type was not reported."""
    return amount("school", row, "students")


@cache
def _columns(table_name: str) -> Mapping[str, Column]:
    return {column.name: column for column in table(table_name).columns}


def column_of(table_name: str, column: str) -> Column:
    return _columns(table_name)[column]


def label(table_name: str, column: str) -> str:
    """The label printed on the form."""
    return _columns(table_name)[column].label


@cache
def label_of_base(table_name: str, base: str) -> str:
    """The label without a stage, also for columns that exist by stage only."""
    columns = _columns(table_name)
    if base in columns:
        return columns[base].label
    stage_label = columns[f"{base}_{Stage.PRIMARY}"].label
    return stage_label.replace(f"（{Stage.PRIMARY.label}）", "").replace(Stage.PRIMARY.label, "")


@cache
def form_factor(table_name: str, column: str) -> Decimal:
    """How many stored units one unit of the form is: 10000 for 元 that are filled in as 万元."""
    declared = _columns(table_name)[column]
    return declared.unit.factor(declared.printed_unit) or Decimal(1)


def shown(table_name: str, column: str, value: float) -> str:
    """A number as the form has it: "1,250 ㎡", "12.5 万元", and bare for counts."""
    declared = _columns(table_name)[column]
    in_form = round(Decimal(str(value)) / form_factor(table_name, column), 4).normalize()
    digits = f"{in_form:,f}"
    with_unit = bool(declared.form_sign) or declared.unit.dimension in ("m2", "yuan")
    return f"{digits} {declared.printed_unit}" if with_unit else digits
