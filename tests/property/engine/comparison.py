"""Is a measurement what the reference says? Every figure of every row, at every grain."""

import math
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from functools import cache

import pytest

from junheng.engine.reference import measure_reference
from junheng.engine.result import IntervalColumn, Measurements, Rows
from junheng.intake.model import Facts
from junheng.policy import resolve
from junheng.policy.in_force import PolicyInForce

PACKS = ("quality_balance_2017", "basic_balance_2012")


@cache
def policy_in_force(county: str, pack: str = "quality_balance_2017") -> PolicyInForce:
    return resolve(pack, county, date(2025, 9, 1))


def policies(facts: Facts, pack: str = "quality_balance_2017") -> dict[str, PolicyInForce]:
    codes = {str(row["county_code"]) for row in (*facts.school, *facts.county)}
    return {code: policy_in_force(code, pack) for code in sorted(codes)}


def assert_same(measured: Measurements, facts: Facts, given: Mapping[str, PolicyInForce]) -> None:
    expected = measure_reference(facts, lambda county: given[county])
    assert_rows(measured.school_stage, expected["school_stage"])
    assert_rows(measured.school, expected["school"])
    assert_rows(measured.county, expected["county"])
    assert_balance(measured, expected["balance"])


def keys_of(rows: Rows) -> list[tuple[str, ...]]:
    names = {"school_stage": ("county_code", "school_code", "campus", "stage"), "school": ("county_code", "school_code", "campus"),
             "county": ("county_code",)}[rows.grain]  # fmt: skip
    return list(zip(*(getattr(rows, name).tolist() for name in names), strict=True))


def assert_rows(rows: Rows, expected: dict) -> None:
    keys = keys_of(rows)
    if rows.grain == "county":  # a county that did not hand in its form is measured too: all its figures are missing
        assert set(expected) <= set(keys)
    else:
        assert sorted(keys) == sorted(expected)
    for index, key in enumerate(keys):
        if key not in expected:
            assert not any(column.known[index] for column in rows.indicators.values()), key
            continue
        want = expected[key]
        if rows.grain != "county":
            assert_standing(rows, index, want, key)
        for indicator, column in rows.indicators.items():
            assert_interval(column, index, want["indicators"][indicator], (*key, indicator))


def assert_standing(rows: Rows, index: int, want: dict, place: tuple) -> None:
    assert number(rows.students[index]) == want["students"], place
    assert truth(rows.included[index]) is want["included"], place
    assert rows.exclusion[index] == want["exclusion"], place
    assert rows.school_form[index] == want["school_form"], place
    assert {id: truth(flags[index]) for id, flags in rows.exceptions.items()} == want["exceptions"], place


def assert_interval(column: IntervalColumn, index: int, want: dict, place: tuple) -> None:
    assert truth(column.member[index]) is want["member"], place
    got = tuple(float(getattr(column, end)[index]) for end in ("num_lo", "num_hi", "den_lo", "den_hi"))
    (num_lo, num_hi), (den_lo, den_hi) = want["num"], want["den"]
    bounds = (bound(num_lo, -1), bound(num_hi, 1), bound(den_lo, -1), bound(den_hi, 1))
    assert got == pytest.approx(bounds, rel=1e-9, abs=1e-9), place


def assert_balance(measured: Measurements, expected: dict) -> None:
    balance = measured.balance
    keys = list(zip(balance.county_code.tolist(), balance.stage.tolist(), strict=True))
    assert sorted(keys) == sorted(expected)
    for index, key in enumerate(keys):
        want = expected[key]
        assert balance.n[index] == want["n"], key
        assert number(balance.students[index]) == want["students"], key
        assert set(balance.indicators) == set(want["indicators"])
        for indicator, column in balance.indicators.items():
            figures = want["indicators"][indicator]
            for name in ("mean", "sd", "cv", "known_mean", "known_cv"):
                assert_number(float(getattr(column, name)[index]), figures[name], (*key, indicator, name), scale=figures["known_mean"])
            assert column.n_missing[index] == figures["n_missing"], (*key, indicator)
            exact = measured.exact.cv_squared(*key, indicator)
            assert exact == figures["cv_squared"], (*key, indicator)


def assert_number(got: float, want: Fraction | float | None, place: tuple, scale: Fraction | None) -> None:
    """null for null. Equal schools have no spread, which floating point may miss by a rounding error of the mean."""
    if want is None:
        assert math.isnan(got), place
    else:
        assert got == pytest.approx(float(want), rel=1e-9, abs=1e-12 * max(1.0, abs(float(scale or 0)))), place


def bound(end: Fraction | None, sign: int) -> float:
    return sign * math.inf if end is None else float(end)


def number(value: float) -> Fraction | None:
    return None if math.isnan(value) else Fraction(value)


def truth(value: float) -> bool | None:
    return None if math.isnan(value) else bool(value)
