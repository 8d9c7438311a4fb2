"""Several plans to choose from: none better in everything, each with what is proven, and where neighbours differ in words."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from siting_cases import county, drawn, parameters, point, school

from junheng.planning.siting.bands import Band
from junheng.planning.siting.checking import faults_of
from junheng.planning.siting.conflict import NoLawfulPlan
from junheng.planning.siting.county import County
from junheng.planning.siting.criteria import Criteria, criteria_of
from junheng.planning.siting.differing import differences
from junheng.planning.siting.plan import Decision
from junheng.planning.siting.solve import solve
from junheng.planning.siting.sweep import OWN, WEIGHTINGS, sweep
from junheng.reports.plans.siting_choices import comparison


def near_or_cheap() -> County:
    """Two schools 4 km apart: keeping both is dear, closing one makes the children of its village ride a bus."""
    villages = [point("A", 60, 60, school={Band.LOWER: "S"}), point("B", 40, 40, school={Band.LOWER: "T"})]
    schools = [school("S", 3, 6, rural=False), school("T", 3, 3, rural=False)]
    return county(villages, schools, [[0.4, 4.0], [4.0, 0.4]], parameters=parameters(travel_yuan_km_year=2_000, bus_yuan_km_year=0))


def test_the_cheap_plan_closes_a_school_and_the_near_plan_keeps_it() -> None:
    choices = sweep(solve(near_or_cheap(), seconds=10), seconds=20).choices

    assert [choice.plan.decision(1) for choice in choices] == [Decision.MERGE, Decision.KEEP]
    assert choices[0].criteria.cost < choices[1].criteria.cost
    assert choices[0].criteria.km > choices[1].criteria.km
    assert {each for choice in choices for each in choice.weightings} == set(WEIGHTINGS)


def test_what_differs_between_neighbours_is_said_in_words() -> None:
    choices = sweep(solve(near_or_cheap(), seconds=10), seconds=20).choices
    sheet, chart, changes = comparison(choices)

    assert [each.site for each in differences(choices[0].plan, choices[1].plan)] == [1]
    assert "T校由“并入（2026—2027 学年起）”改为“保留”" in str(changes.rows[1][-1])
    assert sheet.rows[1][-1] == changes.rows[1][-1]
    assert "<svg" in chart.svg


@pytest.mark.parametrize("seed", [0, 2, 4, 11])
def test_no_choice_is_better_than_another_in_everything_and_each_is_lawful(seed: int) -> None:
    try:
        plan = solve(drawn(seed, points=5, sites=4), seconds=10, gap=1e-5)
    except NoLawfulPlan:
        pytest.skip("this draw has no lawful plan")
    choices = sweep(plan, seconds=20).choices

    for choice in choices:
        assert list(faults_of(choice.plan)) == []
        assert choice.criteria == criteria_of(choice.plan)
        assert 0 <= choice.gap < 2e-3
        assert not any(other.criteria.dominates(choice.criteria) for other in choices)
    assert any(OWN in choice.weightings for choice in choices)


@pytest.mark.parametrize("seed", [0, 4, 11])
def test_under_its_own_weighting_no_other_choice_counts_less(seed: int) -> None:
    plan = solve(drawn(seed, points=5, sites=4), seconds=10)
    swept = sweep(plan, seconds=20)

    for choice in swept.choices:
        for weighting in choice.weightings:
            weighed = weighting.of(plan.county)
            totals = [replace(other.plan, county=weighed).total for other in swept.choices]
            assert replace(choice.plan, county=weighed).total == min(totals)
            assert float(min(totals)) >= swept.bounds[weighting] * (1 - 1e-6)


def test_a_plan_dominates_another_only_when_it_is_no_worse_in_anything() -> None:
    here = Criteria(Decimal(100), Decimal("1.5"), Decimal(20), 1)

    assert replace(here, cost=Decimal(99)).dominates(here)
    assert not replace(here, cost=Decimal(99), small_closed=2).dominates(here)
    assert not here.dominates(here)
