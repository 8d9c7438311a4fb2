"""The two shapes most rules have: parts that may not exceed a whole, and parts that must add up to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from junheng.intake.checks.model import COMPARE_BOTH, Breach, Reported, row_key
from junheng.intake.checks.reading import (
    SLICES,
    WHOLE,
    Amount,
    amount,
    at_least,
    column_of,
    form_factor,
    shown,
    stage_columns,
)
from junheng.intake.model import Row

COMPARE_ALL = "请核对各分项和总数，或在备注说明。"
_MORE = {"m2": "大于", "yuan": "大于"}


def parts_within(reported: Reported, table: str, parts: Sequence[str], whole: str) -> Iterator[Breach]:
    """Breaches of Σ parts ≤ whole, over the whole school and over each stage that was reported.

    Parts that were not reported count nothing: what is reported alone must already fit.
    """
    for row in _rows_with(reported, table, parts):
        yield from _each_slice(reported, table, row, parts, whole, must_equal=False)


def parts_make(reported: Reported, table: str, parts: Sequence[str], whole: str) -> Iterator[Breach]:
    """Breaches of Σ parts = whole; while a part is not reported, only of Σ parts ≤ whole (rules.md §2.5)."""
    for row in _rows_with(reported, table, parts):
        yield from _each_slice(reported, table, row, parts, whole, must_equal=True)


def _rows_with(reported: Reported, table: str, parts: Sequence[str]) -> Iterator[Row]:
    """The rows that reported any part at all; a province has thousands of rows and most optional lines are blank."""
    names = [column for part in parts for column in (part, *stage_columns(part))]
    for row in reported.facts.rows(table):
        if any(row.get(name) is not None for name in names):
            yield row


def _each_slice(
    reported: Reported, table: str, row: Row, parts: Sequence[str], whole: str, *, must_equal: bool
) -> Iterator[Breach]:
    found_in_a_stage = False
    for part_of in reversed(SLICES):
        total = amount(table, row, whole, part_of)
        if total is None:
            continue
        known = [each for name in parts if (each := at_least(table, row, name, part_of)) is not None]
        if not known:
            continue
        if part_of == WHOLE and found_in_a_stage and not any(each.as_reported for each in (total, *known)):
            continue  # the same lines, added up: already told
        complete = must_equal and all(amount(table, row, name, part_of) is not None for name in parts)
        breach = compare(reported, table, row, known, total, must_equal=complete)
        if breach is not None:
            found_in_a_stage = True
            yield breach


def compare(
    reported: Reported, table: str, row: Row, parts: Sequence[Amount], whole: Amount, *, must_equal: bool
) -> Breach | None:
    """None when the parts agree with the whole. Sums may be off by the rounding of the form's two decimals.

    Points at the part when there is one, else at the whole.
    """
    total = sum(part.value for part in parts)
    summed_up = len(parts) > 1 or not (parts[0].as_reported and whole.as_reported)
    rounding = 0.005 * (len(parts) + 1) * float(form_factor(table, whole.column)) if summed_up else 0.0
    off = abs(total - whole.value) if must_equal else total - whole.value
    if off <= rounding:
        return None
    pointed = parts[0] if len(parts) == 1 else whole
    said = _said(reported, table, row, parts, whole, total)
    relation = "不等于" if must_equal else _MORE.get(column_of(table, whole.column).unit.dimension, "多于")
    place = "" if pointed is whole else _cell(reported, table, row, whole)
    message = f"{said}，{relation}“{whole.label}”{shown(table, whole.column, whole.value)}{place}。"
    return Breach(table, row, pointed.column, message, COMPARE_BOTH if len(parts) == 1 else COMPARE_ALL)


def _said(
    reported: Reported, table: str, row: Row, parts: Sequence[Amount], whole: Amount, total: float
) -> str:
    """The parts in words: each with its number while they are few, first and last with their cells when they are many."""
    amount_shown = shown(table, whole.column, total)
    if len(parts) == 1:
        return f"“{parts[0].label}”为 {amount_shown}"
    if len(parts) <= 4:
        each = "、".join(f"“{part.label}”{shown(table, part.column, part.value)}" for part in parts)
        return f"{each} 合计 {amount_shown}"
    first, last = (f"“{part.label}”{_cell(reported, table, row, part)}" for part in (parts[0], parts[-1]))
    return f"{first}至{last}共 {len(parts)} 项，合计 {amount_shown}"


def _cell(reported: Reported, table: str, row: Row, other: Amount) -> str:
    """The cell of another number, so that nobody has to look for it."""
    cell = reported.facts.place_of(table, row_key(table, row), other.column).cell
    return f"（{cell}）" if cell else ""
