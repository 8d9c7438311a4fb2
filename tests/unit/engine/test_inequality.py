"""Gini, Theil and the coefficients of variation, against California's schools and by hand."""

import csv
from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest

from junheng.engine.inequality import (
    between_counties,
    gini,
    inequality,
    spread,
    theil,
    theil_parts,
    variation,
)
from junheng.engine.result import Balance, BalanceColumn

CALIFORNIA = Path(__file__).parents[3] / ".." / "shared" / "data" / "inequality"
GROUPED_BY = {"acs.k3": "cname", "full": "cname", "enroll": "dname"}
ONES = np.ones(5)
W4_PUPILS = np.array([45.0, 37, 89, 76, 55])
W4_BOOKS_EACH = np.array([279.0, 137, 935, 160, 402]) / W4_PUPILS


def california_groups() -> dict[tuple[str, str], list[tuple[float, float]]]:
    groups: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    with (CALIFORNIA / "california_api2000_apipop.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["stype"] != "E" or not row["enroll"]:
                continue
            for variable, by in GROUPED_BY.items():
                if row[variable]:
                    groups[variable, row[by]].append((float(row[variable]), float(row["enroll"])))
    return groups


def test_californias_schools_give_the_published_measures_to_nine_digits() -> None:
    if not CALIFORNIA.is_dir():
        pytest.skip("California's data are not beside this checkout")
    groups = california_groups()
    with (CALIFORNIA / "california_expected.csv").open(encoding="utf-8") as file:
        expected = list(csv.DictReader(file))
    assert len(expected) == 348
    for row in expected:
        values, pupils = np.array(groups[row["variable"], row["group"]]).T
        got = spread(values, pupils)
        assert got.n == int(row["n"])
        for name, measured in (("mean", got.mean), ("cv_pop", got.cv_population), ("cv_sample", got.cv_sample),
                               ("gini", got.gini), ("theil", got.theil), ("cv_weighted", got.cv_weighted)):  # fmt: skip
            if row[name]:
                assert measured == pytest.approx(float(row[name]), rel=1e-9, abs=1e-12), (row["group"], name)


def test_the_official_worked_example_is_above_the_limit_only_when_weighted_by_pupils() -> None:
    got = spread(W4_BOOKS_EACH, W4_PUPILS)
    assert got.cv_weighted == pytest.approx(0.5153, abs=1e-4)
    assert got.cv_population == pytest.approx(0.4888, abs=1e-4)
    assert got.cv_sample == pytest.approx(0.5465, abs=1e-4)
    assert got.mean_weighted == pytest.approx(6.3344, abs=1e-4)


def test_weights_of_whole_numbers_are_the_same_as_units_repeated() -> None:
    values, weights = np.array([1.0, 4.0, 9.0]), np.array([2.0, 1.0, 3.0])
    repeated = np.repeat(values, weights.astype(int))
    ones = np.ones(len(repeated))
    for measure in (variation, gini, theil):
        assert measure(values, weights) == pytest.approx(measure(repeated, ones), rel=1e-12)


def test_a_value_of_zero_adds_nothing_to_theil() -> None:
    assert theil(np.array([0.0, 2.0]), np.ones(2)) == pytest.approx(np.log(2))
    assert gini(np.array([0.0, 2.0]), np.ones(2)) == pytest.approx(0.5)
    assert spread(np.array([0.0, 2.0]), np.ones(2)).max_min is None


def test_nothing_is_measured_where_every_value_is_zero_or_no_unit_is_there() -> None:
    zero = spread(np.zeros(3), np.ones(3))
    assert (zero.mean, zero.cv_population, zero.cv_sample, zero.gini, zero.theil) == (0.0, None, None, None, None)
    assert spread(np.array([]), np.array([])).mean is None


def test_one_missing_value_makes_every_measure_null_and_leaves_the_known_ones_beside() -> None:
    values = np.array([1.0, np.nan, 3.0])
    got = inequality(values, np.ones(3), {"城乡": np.array(["城", "城", "乡"], dtype=object)})
    assert got.n_missing == 1
    assert got.all_units.gini is None
    assert got.all_units.mean is None
    assert got.known_only.mean == 2.0
    assert got.groups["城乡"].unweighted is None


@pytest.mark.parametrize("weights", [ONES, W4_PUPILS], ids=["unweighted", "by pupils"])
def test_between_and_within_groups_add_up_to_the_whole_theil(weights: np.ndarray) -> None:
    groups = np.array(["城区", "乡村", "城区", "乡村", "乡村"], dtype=object)
    parts = theil_parts(W4_BOOKS_EACH, weights, groups)
    assert parts is not None
    assert parts.between + parts.within == pytest.approx(theil(W4_BOOKS_EACH, weights), rel=1e-12)
    assert set(parts.groups) == {"城区", "乡村"}
    alone = theil_parts(W4_BOOKS_EACH, weights, np.array(list("abcde"), dtype=object))
    assert alone is not None
    assert alone.within == 0.0


def test_a_unit_without_a_group_leaves_the_division_undecided() -> None:
    got = inequality(np.array([1.0, 2.0]), np.ones(2), {"城乡": np.array(["城", None], dtype=object)})
    assert got.groups["城乡"].weighted is None
    assert got.all_units.theil is not None


def test_counties_are_the_units_of_a_city_with_their_own_means_and_pupils() -> None:
    mean = np.array([4.0, 6.0, 100.0, 7.0])
    empty = np.full(4, np.nan)
    balance = Balance(
        np.array(["210102", "210103", "210202", "210102"], dtype=object),
        np.array(["primary", "primary", "primary", "junior"], dtype=object),
        np.array([3.0, 3, 3, 3]), np.array([100.0, 300.0, 50.0, 9.0]),
        {"books_per_pupil": BalanceColumn(mean, empty, empty, empty, empty, empty)},
    )  # fmt: skip
    city = between_counties(balance, "books_per_pupil", "primary", codes="2101")
    assert city.all_units.n == 2
    assert city.all_units.mean_weighted == 5.5
    assert between_counties(balance, "books_per_pupil", "primary", codes="21").all_units.n == 3
