"""Comparing intervals with limits: both corners, exact near the line, exceptions that may or may not apply."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

from junheng.common.errors import PolicyError
from junheng.engine.result import ExactInterval, IntervalColumn
from junheng.judging.compare import RowLimits, compare
from junheng.judging.limits import limit_at, row_limits
from junheng.judging.reasons import cv_words
from junheng.policy import resolve
from junheng.policy.in_force import ANY, Cited, Compare, Limit, Source

INF = np.inf
POLICY = resolve("quality_balance_2017", "210202", date(2025, 9, 1))


def cited(value: str) -> Cited:
    return Cited(Decimal(value), Source("doc", "第一条"), date(2017, 1, 1))


def column(*rows: tuple[float, float, float, float]) -> IntervalColumn:
    ends = np.array(rows, dtype=float).T
    return IntervalColumn(*ends, np.ones(len(rows)))


def never(row: int) -> ExactInterval:
    raise AssertionError(f"row {row} is far from its limit")


@pytest.mark.parametrize(("how", "expected"), [
    (Compare.AT_LEAST, [1, -1, 0, 1, 0]),
    (Compare.AT_MOST, [-1, 1, 0, 1, 0]),
    (Compare.LESS_THAN, [-1, 1, 0, -1, 0]),
    (Compare.EQUAL, [-1, -1, 0, 1, 0]),
])  # fmt: skip
def test_an_interval_passes_or_fails_only_when_all_of_it_does(how: Compare, expected: list[int]) -> None:
    figures = column((21, 21, 10, 10), (19, 19, 10, 10), (0, INF, 10, 10), (20, 20, 10, 10), (20, 20, 0, INF))
    assert compare(figures, how, RowLimits.uniform(cited("2"), 5), never).tolist() == expected


def test_a_figure_too_close_to_tell_is_asked_for_in_fractions() -> None:
    third = 1 / 3
    asked: list[int] = []

    def exactly(row: int) -> ExactInterval:
        asked.append(row)
        num = Fraction(1, 3) - (Fraction(1, 10**20) if row else 0)
        return ExactInterval(num, num, Fraction(10, 3), Fraction(10, 3))

    figures = column((third, third, 10 * third, 10 * third), (third, third, 10 * third, 10 * third), (1.0, 1.0, 10.0, 10.0))
    assert compare(figures, Compare.AT_LEAST, RowLimits.uniform(cited("0.1"), 3), exactly).tolist() == [1, -1, 1]
    assert set(asked) == {0, 1}


def test_an_exception_of_unknown_standing_leaves_a_strict_and_a_lenient_limit() -> None:
    forms = np.array(["primary", "primary", "primary", "nine_year", "twelve_year"], dtype=object)
    flags = {"size_built_by_2010": np.array([0.0, 1.0, np.nan, 1.0, 1.0])}
    limits = row_limits(POLICY, "school_size", forms, flags, Compare.AT_MOST)
    strict = [limits.table[at].value for at in limits.strict]
    lenient = [limits.table[at].value for at in limits.lenient]
    assert strict == [2000, 2400, 2000, 3000, 2500]
    assert lenient == [2000, 2400, 2400, 3000, 2500]
    pupils = column(*((2300.0, 2300.0, 1.0, 1.0) for _ in range(5)))
    assert compare(pupils, Compare.AT_MOST, limits, never).tolist() == [-1, 1, 0, 1, 1]


def test_a_limit_without_a_value_for_the_asked_form_names_itself() -> None:
    limit = Limit("school_size", "学校规模", "人", {"primary": cited("2000")})
    assert limit_at(limit, "primary").value == 2000
    assert limit_at(Limit("x", "x", "", {ANY: cited("3")}), "junior").value == 3
    with pytest.raises(PolicyError, match=r"学校规模.*没有适用于“nine_year”"):
        limit_at(limit, "nine_year")


@pytest.mark.parametrize(("value", "shown"), [(0.501787, "0.502"), (0.5000004, "0.5000004"), (0.4999999, "0.500"), (0.5, "0.500")])
def test_a_cv_is_shown_on_its_own_side_of_the_limit(value: float, shown: str) -> None:
    assert cv_words(value, Decimal("0.50")) == shown
