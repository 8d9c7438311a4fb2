"""Forecasts of pupils: right where the truth is known, exact in their sums, honest about what is missing."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from forecast_cases import (
    BASE,
    COUNTY_CODE,
    as_past,
    county_facts,
    flat,
    key,
    lived,
    school_row,
    simple_history,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from junheng.common.errors import UserError
from junheng.planning.forecast.ages import AgeGroup
from junheng.planning.forecast.backtest import backtest
from junheng.planning.forecast.history import history
from junheng.planning.forecast.outlook import Request, look_ahead
from junheng.planning.forecast.pupils import Cohorts, forecast
from junheng.planning.forecast.rates import county_rates
from junheng.planning.forecast.reconcile import Method
from junheng.planning.forecast.sources import AreaPopulation, census, cohorts_of
from junheng.planning.forecast.standards import breaches
from junheng.policy import resolve

SHRINKING = {year: 2000 * 0.95 ** (year - 2005) for year in range(2000, 2045)}
STEPS = [0.99, 1.0, 1.01, 1.0, 0.98, 1.03, 1.0, 0.97]


def test_constant_rates_are_found_and_the_future_comes_out_as_it_will() -> None:
    years = range(2018, BASE + 6)
    truth = lived(SHRINKING, [0.5, 0.3, 0.2], 0.9, STEPS, years)
    rows, past = as_past(truth[:, :8], list(years)[:8])

    made = forecast(history(county_facts(rows), past), {COUNTY_CODE: Cohorts(SHRINKING, {})}, 5)

    rates = made.rates[COUNTY_CODE]
    assert rates.entry.ratio == pytest.approx(0.9, rel=2e-3)
    assert [each.ratio for each in rates.progression] == pytest.approx(STEPS, rel=3e-3)
    assert made.grades.sum(axis=0) == pytest.approx(truth[:, 8:].sum(axis=0), rel=5e-3)
    assert made.grades == pytest.approx(truth[:, 8:], rel=0.02, abs=3)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.lists(st.integers(0, 120), min_size=9, max_size=9).filter(lambda grades: sum(grades) > 0), min_size=1, max_size=6), st.sampled_from(list(Method)))
def test_schools_add_up_to_their_county_and_the_interval_holds_the_forecast(grades: list[list[int]], method: Method) -> None:
    made = forecast(simple_history(grades), {COUNTY_CODE: flat(300)}, 4, method=method)

    county = made.counties[COUNTY_CODE]
    assert (np.sum([band.central for band in made.schools.values()], axis=0) == county.central).all()
    for band in (*made.schools.values(), county):
        assert (band.low <= band.central).all()
        assert (band.central <= band.high).all()
        assert (band.low >= 0).all()


def test_counties_add_up_to_the_city_and_the_province() -> None:
    codes = ("210102", "210103", "210202")
    facts = county_facts([school_row(n, [40 + n] * 9, code) for n, code in enumerate(codes, 1)], codes)

    made = forecast(history(facts), {code: flat(60) for code in codes}, 3)

    assert set(made.areas) == {"210100", "210000"}
    assert (made.areas["210100"].central == made.counties["210102"].central + made.counties["210103"].central).all()
    assert (made.areas["210000"].central == np.sum([band.central for band in made.counties.values()], axis=0)).all()


def test_townships_stand_between_schools_and_county() -> None:
    past = simple_history([[30] * 6 + [0] * 3, [20] * 6 + [0] * 3, [0] * 6 + [45] * 3])

    plain = forecast(past, {COUNTY_CODE: flat(50)}, 3)
    made = forecast(past, {COUNTY_CODE: flat(50)}, 3, townships={key(1): "东乡", key(2): "东乡"})

    assert (made.counties[COUNTY_CODE].central == plain.counties[COUNTY_CODE].central).all()
    assert made.grades.sum() == plain.grades.sum()


def test_the_farther_ahead_the_wider() -> None:
    band = forecast(simple_history([[100] * 9, [50] * 9]), {COUNTY_CODE: flat(150)}, 10).counties[COUNTY_CODE]

    width = (band.high - band.low)[:, 0]
    assert width[0] < width[3] < width[9]


def test_births_that_are_a_forecast_widen_the_interval() -> None:
    known = flat(150)
    guessed = Cohorts(known.sizes, {BASE + t: t for t in range(1, 11)})

    bands = [forecast(simple_history([[150] * 9]), {COUNTY_CODE: each}, 10).counties[COUNTY_CODE] for each in (known, guessed)]

    assert (bands[1].high - bands[1].low)[9, 0] > (bands[0].high - bands[0].low)[9, 0]


def test_a_year_in_which_a_school_did_not_report_is_not_a_year_without_pupils() -> None:
    truth = lived(SHRINKING, [0.6, 0.4], 1.0, [1.0] * 8, range(2022, BASE + 1))
    rows, past = as_past(truth, list(range(2022, BASE + 1)))
    with_hole = [each for each in past if not (each.school == key(2) and each.school_year == 2023)]

    rates = county_rates(history(county_facts(rows), with_hole), COUNTY_CODE, SHRINKING)

    assert [each.ratio for each in rates.progression] == pytest.approx([1.0] * 8, rel=5e-3)
    assert {each.years for each in rates.progression} == {1}


def test_a_school_without_pupils_reported_is_left_out_and_named() -> None:
    blank = school_row(2, [0] * 9)
    assert blank["students_primary"] is None

    past = history(county_facts([school_row(1, [20] * 9), blank]))

    assert past.schools == (key(1),)
    assert past.left_out == ("第2学校：未报学生数，不作预测",)


def test_grades_that_were_not_reported_follow_the_cohorts() -> None:
    facts = county_facts([school_row(1, [100] * 6 + [0] * 3, by_grade=False)])

    made = forecast(history(facts), {COUNTY_CODE: Cohorts(SHRINKING, {})}, 1)

    grades = made.past.pupils[0, -1]
    assert grades.sum() == 600
    assert (np.diff(grades[:6]) > 0).all()  # older cohorts are larger
    assert made.grades[0, 0, 1] == pytest.approx(grades[0], abs=1)


def test_a_back_test_beats_no_change_where_pupils_dwindle_and_covers_what_came() -> None:
    years = list(range(2012, BASE + 1))
    truth = lived(SHRINKING, [0.3, 0.25, 0.2, 0.15, 0.1], 0.95, STEPS, years, noise=0.03)
    rows, past = as_past(truth, years)

    tested = backtest(history(county_facts(rows), past), {COUNTY_CODE: Cohorts(SHRINKING, {})}, 5)

    far = [each for each in tested if each.years_ahead == 5]
    assert {(each.level, each.stage) for each in far} == {(level, stage) for level in ("county", "school") for stage in ("primary", "junior")}
    assert all(each.error < each.no_change / 3 for each in far)
    assert np.mean([each.covered for each in tested]) > 0.6


def test_a_back_test_needs_a_past() -> None:
    with pytest.raises(UserError, match="历史年份不够回测"):
        backtest(simple_history([[10] * 9]), {COUNTY_CODE: flat(10)}, 3)


def test_the_census_gives_cohorts_that_keep_its_groups() -> None:
    counted = census()[COUNTY_CODE]

    cohorts, notes = cohorts_of(None, counted, BASE, 15)

    group = next(each for each in counted.persons if each.first == 5)
    assert sum(cohorts.sizes[2020 + 6 - age] for age in range(5, 10)) == pytest.approx(group.persons)
    assert set(range(BASE + 1, BASE + 16)) <= set(cohorts.sizes)
    assert cohorts.projected[2027] == 1
    assert any("普查" in line for line in notes)


def test_reported_births_come_before_the_census() -> None:
    given = AreaPopulation(births=dict.fromkeys(range(2015, 2025), 1200.0))

    cohorts, _ = cohorts_of(given, census()[COUNTY_CODE], BASE, 5)

    assert [cohorts.sizes[year] for year in range(2022, 2031)] == pytest.approx([1200] * 9)


def test_children_who_move_in_before_school_enter_too() -> None:
    born = dict.fromkeys(range(2015, 2031), 1000.0)
    given = AreaPopulation(births=born, moves=dict.fromkeys(range(6), 0.02))

    cohorts, notes = cohorts_of(given, None, BASE, 5)

    assert cohorts.sizes[2028] == pytest.approx(1000 * 1.02**6)
    assert any("净迁移" in line for line in notes)


def test_children_already_counted_only_move_from_then_on() -> None:
    given = AreaPopulation(2024, tuple(AgeGroup(age, age, 100.0) for age in range(10)), moves=dict.fromkeys(range(6), -0.1))

    cohorts, _ = cohorts_of(given, None, BASE, 3)

    assert cohorts.sizes[2026] == pytest.approx(100 * 0.9**2)  # four years old in 2024
    assert cohorts.sizes[2022] == 100


def test_a_township_whose_cohorts_grow_sends_more_to_its_schools() -> None:
    past = simple_history([[40] * 6 + [0] * 3, [40] * 6 + [0] * 3])
    parts = {key(1): "东乡", key(2): "西乡"}
    sizes = flat(80).sizes
    cohorts = Cohorts(sizes, {}, {"东乡": {year: 40.0 + 4 * (year - BASE) for year in sizes}, "西乡": {year: 40.0 - 4 * (year - BASE) for year in sizes}})

    made = forecast(past, {COUNTY_CODE: cohorts}, 5, townships=parts)

    assert made.grades[:, 4, 0].tolist() == [60, 20]
    assert made.grades[:, :, 0].sum(axis=0).tolist() == [80] * 5


def test_a_county_that_nothing_is_known_of_is_refused() -> None:
    facts = county_facts([school_row(1, [10] * 9, "990101")], ("990101",))

    with pytest.raises(UserError, match="没有出生人数，也没有分年龄人口"):
        look_ahead(Request(facts, {"990101": resolve("quality_balance_2017", "990101", date(BASE, 9, 1))}))


def test_the_year_a_school_outgrows_its_classes_and_its_rooms() -> None:
    growing = {year: 40.0 * 1.08 ** (year - 2015) for year in range(2005, 2045)}
    grades = [round(growing[BASE - g]) for g in range(6)] + [0] * 3
    pupils = sum(grades)
    row = school_row(1, grades, classes=-(-pupils // 40), teach_aux_area_m2=4.5 * pupils * 1.2, indoor_pe_area_m2=0.0, is_small_rural_50_99=False)
    facts = county_facts([row])
    policy = resolve("quality_balance_2017", COUNTY_CODE, date(BASE, 9, 1))
    made = forecast(history(facts), {COUNTY_CODE: Cohorts(growing, {})}, 6)

    found = {each.what: each for each in breaches(facts, made, policy)}

    totals = dict(zip(made.years, made.schools[key(1)].central[:, 0], strict=True))
    first = {"class_size": min(y for y, n in totals.items() if n > 45 * int(str(row["classes"]))), "L4": min(y for y, n in totals.items() if float(str(row["teach_aux_area_m2"])) / n < 4.5)}
    for what, year in first.items():
        assert not found[what].now
        assert found[what].years["central"] == year
        assert found[what].years["high"] <= year <= (found[what].years["low"] or 9999)
    assert "L6" not in found  # its equipment was not reported: nothing is claimed
