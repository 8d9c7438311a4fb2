"""DESCRIPTION
The retention rate of a junior school is not above 100 %.

WHY
More cannot stay than came: the numbers are of different cohorts, or a transfer was not entered.

Both formulas of rules.md §8.1 exceed 100 % together: each says graduates + out + deaths > grade 7 + in. One is enough here; where the two part at
the limit of the policy, judging says so (W-retention-formulas-differ).
"""

from __future__ import annotations

from collections.abc import Iterator

from junheng.intake.checks.model import Breach, Check, Reported
from junheng.intake.checks.reading import number
from junheng.intake.checks.thresholds import RETENTION
from junheng.intake.model import Row

_COLUMNS = ("graduates", "grade7_pupils_3_years_ago", "transfers_in_3_years", "transfers_out_3_years", "deaths_3_years")


def _retention(row: Row) -> float | None:
    """By the official form; None when one of the five numbers is missing or a denominator is not positive."""
    numbers = [number(row, column) for column in _COLUMNS]
    graduates, begun, came, left, died = (each if each is not None else float("nan") for each in numbers)
    # A missing number is NaN here, and NaN is not above nought.
    if not (begun - died > 0 and begun + came - died - left > 0 and graduates >= 0):
        return None
    return (graduates - came + left) / (begun - died)


def retention_within_100(reported: Reported) -> Iterator[Breach]:
    for row in reported.facts.school:
        rate = _retention(row)
        if rate is not None and rate > RETENTION.value:
            message = f"初中三年巩固率算得 {rate:.1%}，超过 {RETENTION.value:.0%}。"
            yield Breach("school", row, "graduates", message, "请按同一届学生核对毕业、初一在校、转入、转出、死亡人数。")


CHECK = Check(
    id="W-retention-over-100",
    title="初中三年巩固率不超过 100%",
    why="留下的不会多于来过的；超过 100% 说明混入了别届学生，或转入转出没有记全。",
    fields=tuple(f"school.{column}" for column in _COLUMNS),
    run=retention_within_100,
)
