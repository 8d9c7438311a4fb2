"""Single years out of groups, whole numbers out of fractions, and trees that add up."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from junheng.planning.forecast.ages import AgeGroup, single_years, whole
from junheng.planning.forecast.cohorts import (
    births_by_trend,
    births_by_women,
    cohorts_from_ages,
    cohorts_from_births,
)
from junheng.planning.forecast.reconcile import Method, in_whole_pupils, reconciled

PERSONS = st.integers(0, 100_000).map(float)


@given(st.lists(st.tuples(st.integers(1, 6), PERSONS), min_size=1, max_size=7))
def test_single_years_keep_every_group_exactly_and_are_never_negative(widths: list[tuple[int, float]]) -> None:
    groups, first = [], 0
    for width, persons in widths:
        groups.append(AgeGroup(first, first + width - 1, persons))
        first += width

    ages = single_years(groups)

    assert list(ages) == list(range(first))
    assert min(ages.values()) >= 0
    for each in groups:
        assert sum(ages[age] for age in range(each.first, each.last + 1)) == pytest.approx(each.persons, rel=1e-12, abs=1e-9)


def test_a_straight_line_is_found_again_from_its_groups() -> None:
    truth = {age: 1000.0 - 20 * age for age in range(20)}
    groups = [AgeGroup(first, first + 4, sum(truth[age] for age in range(first, first + 5))) for first in range(0, 20, 5)]

    assert single_years(groups) == pytest.approx(truth, rel=1e-6)


def test_a_small_birth_year_stays_small() -> None:
    births = {0: 900.0, 1: 500.0, 2: 900.0, 3: 900.0, 4: 900.0}

    ages = single_years([AgeGroup(0, 4, 4100.0)], births)

    assert ages == pytest.approx(births)


def test_groups_with_a_hole_are_refused() -> None:
    with pytest.raises(ValueError, match="hole"):
        single_years([AgeGroup(0, 4, 10.0), AgeGroup(6, 9, 10.0)])


@given(st.lists(st.floats(0, 1e5), min_size=1, max_size=20), st.integers(0, 10_000))
def test_whole_numbers_have_the_total_and_stay_next_to_their_share(counts: list[float], total: int) -> None:
    made = whole(np.array(counts), total)

    assert made.sum() == total
    assert made.min() >= 0
    size = sum(counts)
    if size > 0:
        assert np.abs(made - np.array(counts) / size * total).max() < 1 + 1e-6


def test_a_cohort_is_born_in_two_calendar_years() -> None:
    assert cohorts_from_births({2018: 300.0, 2019: 600.0}) == {2025: pytest.approx(4 / 12 * 300 + 8 / 12 * 600)}
    assert cohorts_from_ages({0: 50.0, 6: 80.0}, 2020) == {2026: 50.0, 2020: 80.0}


def test_births_follow_the_number_of_women() -> None:
    women = [AgeGroup(first, first + 4, 1000.0 if first >= 25 else 500.0) for first in range(0, 50, 5)]

    births = births_by_women(women, 2020, 120.0, [2021, 2030, 2045])

    assert births[2021] == pytest.approx(120, rel=0.05)
    assert births[2045] == pytest.approx(60, rel=0.15)
    assert births[2030] < births[2021]


def test_a_trend_of_births_dies_away() -> None:
    births = births_by_trend({2020: 1000.0, 2021: 900.0, 2022: 810.0}, [2023, 2024, 2040, 2041])

    assert 729 < births[2023] < 810
    assert births[2041] / births[2040] > 0.99


TREE = {"甲": "县", "乙": "县", "丙": "乡", "丁": "乡", "乡": "县"}
VALUES = st.floats(0, 1000)


@settings(max_examples=50)
@given(st.dictionaries(st.sampled_from([*TREE, "县"]), st.tuples(VALUES, VALUES), min_size=6, max_size=6), st.sampled_from(list(Method)))
def test_every_method_adds_up_also_in_whole_pupils(base: dict[str, tuple[float, float]], method: Method) -> None:
    values = {node: np.array(pair) for node, pair in base.items()}

    made = reconciled(values, TREE, method)
    counted = in_whole_pupils(made, TREE)

    for out, slack in ((made, 1e-6), (counted, 0)):
        for parent in ("县", "乡"):
            total = np.sum([out[child] for child, above in TREE.items() if above == parent], axis=0)
            assert np.abs(out[parent] - total).max() <= slack
        assert min(value.min() for value in out.values()) >= -1e-9
    if method is Method.PROPORTIONAL:
        assert made["县"] == pytest.approx(values["县"])


@given(st.lists(st.floats(100, 1000), min_size=6, max_size=6), st.lists(st.floats(0.5, 20), min_size=6, max_size=6))
def test_weighting_is_the_projection_of_the_matrix_formula(numbers: list[float], variances: list[float]) -> None:
    nodes, leaves = ["县", "乡", "甲", "乙", "丙", "丁"], ["甲", "乙", "丙", "丁"]
    base = dict(zip(nodes, numbers, strict=True))
    sums = np.array([[1, 1, 1, 1], [0, 0, 1, 1], [1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]], dtype=float)
    inverse = np.diag(1 / np.array(variances))
    wanted = np.linalg.solve(sums.T @ inverse @ sums, sums.T @ inverse @ np.array(numbers))

    made = reconciled({node: np.array([value]) for node, value in base.items()}, TREE, Method.WEIGHTED, dict(zip(nodes, variances, strict=True)))

    if wanted.min() > 0:
        assert [float(made[leaf][0]) for leaf in leaves] == pytest.approx(wanted.tolist(), rel=1e-6, abs=1e-6)
