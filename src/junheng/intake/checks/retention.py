"""初中三年巩固率 of one school row by its two formulas (rules.md §8.1), for the two warnings about it."""

from __future__ import annotations

from dataclasses import dataclass

from junheng.intake.checks.reading import number
from junheng.intake.model import Row

FIELDS = (
    "school.graduates", "school.grade7_pupils_3_years_ago", "school.transfers_in_3_years", "school.transfers_out_3_years",
    "school.deaths_3_years",
)  # fmt: skip


@dataclass(frozen=True)
class Retention:
    """by_official_form: (graduates − in + out) / (grade 7 − deaths); by_cohort: graduates / (grade 7 + in − deaths − out)."""

    by_official_form: float
    by_cohort: float


def retention(row: Row) -> Retention | None:
    """None when one of the five numbers is missing or a denominator is not positive."""
    numbers = [number(row, field.removeprefix("school.")) for field in FIELDS]
    graduates, begun, came, left, died = (each if each is not None else float("nan") for each in numbers)
    first, second = begun - died, begun + came - died - left
    # A missing number is NaN here, and NaN is not above nought.
    if not (first > 0 and second > 0 and graduates >= 0):
        return None
    return Retention((graduates - came + left) / first, graduates / second)
