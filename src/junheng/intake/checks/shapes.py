"""The two shapes most rules have: parts that may not exceed a whole, and parts that must add up to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from junheng.intake.checks.model import Breach, Reported, row_key
from junheng.intake.checks.reading import SLICES, WHOLE, Amount, amount, at_least, form_factor, shown
from junheng.intake.model import Row


def parts_within(reported: Reported, table: str, parts: Sequence[str], whole: str) -> Iterator[Breach]:
    """Breaches of Σ parts ≤ whole, over the whole school and over each stage that was reported.

    Parts that were not reported count nothing: what is reported alone must already fit.
    """
    for row in reported.facts.rows(table):
        yield from _each_slice(reported, table, row, parts, whole, must_equal=False)


def parts_make(reported: Reported, table: str, parts: Sequence[str], whole: str) -> Iterator[Breach]:
    """Breaches of Σ parts = whole; while a part is not reported, only of Σ parts ≤ whole (rules.md §2.5)."""
    for row in reported.facts.rows(table):
        yield from _each_slice(reported, table, row, parts, whole, must_equal=True)


def _each_slice(
    reported: Reported, table: str, row: Row, parts: Sequence[str], whole: str, *, must_equal: bool
) -> Iterator[Breach]:
    found_in_a_stage = False
    for part_of in reversed(SLICES):
        total = amount(table, row, whole, part_of)
        known = [each for name in parts if (each := at_least(table, row, name, part_of)) is not None]
        if total is None or not known:
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
    """None when the parts agree with the whole, up to the rounding of the form's two decimals.

    Points at the part when there is one, else at the whole.
    """
    total = sum(part.value for part in parts)
    rounding = 0.005 * (len(parts) + 1) * float(form_factor(table, whole.column))
    off = abs(total - whole.value) if must_equal else total - whole.value
    if off <= rounding:
        return None
    summed = "" if len(parts) == 1 else "之和"
    relation = "不等于" if must_equal else "多于"
    other = f"“{whole.label}”{shown(table, whole.column, whole.value)}{_where(reported, table, row, whole)}"
    message = f"{_names(parts)}{summed}为 {shown(table, whole.column, total)}，{relation}{other}。"
    pointed = parts[0] if len(parts) == 1 else whole
    return Breach(table, row, pointed.column, message)


def _names(parts: Sequence[Amount]) -> str:
    if len(parts) <= 4:
        return "".join(f"“{part.label}”" for part in parts)
    return f"“{parts[0].label}”至“{parts[-1].label}”{len(parts)} 项"


def _where(reported: Reported, table: str, row: Row, other: Amount) -> str:
    """The cell of the other number, so that nobody has to look for it."""
    cell = reported.facts.place_of(table, row_key(table, row), other.column).cell
    return f"（{cell}）" if cell else ""
