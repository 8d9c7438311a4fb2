"""The layout plan: as cheap as trying everything, never unlawful, and the pins kept."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from layout_by_trying import by_trying
from siting_cases import county, drawn, parameters, pinned, point, school

from junheng.planning.siting.bands import Band, Mode
from junheng.planning.siting.checking import faults_of
from junheng.planning.siting.conflict import NoLawfulPlan
from junheng.planning.siting.county import County, Pin, PinKind
from junheng.planning.siting.plan import Decision, Plan
from junheng.planning.siting.solve import solve
from junheng.synth.siting import draw_county


@pytest.mark.parametrize("seed", range(14))
def test_no_way_of_opening_and_closing_costs_less(seed: int) -> None:
    small = drawn(seed)
    best = by_trying(small)
    if np.isinf(best):
        with pytest.raises(NoLawfulPlan):
            solve(small, seconds=20)
        return
    plan = solve(small, seconds=20, gap=0.0)

    assert float(plan.total) == pytest.approx(best, rel=1e-6)
    assert plan.bound == pytest.approx(best, rel=1e-4)
    assert list(faults_of(plan)) == []


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 3))
def test_whatever_is_drawn_nobody_is_lost_and_every_way_is_lawful(seed: int, periods: int) -> None:
    small = drawn(seed, periods=periods, points=5, sites=4)
    try:
        plan = solve(small, seconds=10)
    except NoLawfulPlan:
        return
    assert list(faults_of(plan)) == []
    for i, village in enumerate(small.points):
        for u in range(periods):
            assert sum(each.pupils for each in plan.going if each.way.point == i and each.period == u) == village.pupils[Band.LOWER][u]
    for each in plan.going:
        assert each.way.km <= {Mode.WALK: 2.5, Mode.BUS: 8.0}[each.way.mode]
    assert plan.bound <= float(plan.total) * (1 + 1e-6)


def two_villages(**more: object) -> County:
    """A large school, and a teaching point 5 km off whose village has no bus."""
    far = point("B", 12, 8, bus=bool(more.pop("bus", False)), school={Band.LOWER: "T"})
    return county([point("A", 100, 90), far], [school("S", 3), school("T", 1, 1, teaching_point=True, pupils=12)], [[0.5, 5.0], [5.0, 0.3]], **more)


def test_a_teaching_point_stays_where_its_children_would_have_no_lawful_way() -> None:
    plan = solve(two_villages(parameters=parameters(close_small_yuan=0, small_class_yuan_year=10_000_000)))

    assert plan.decision(1) is Decision.KEEP


def test_with_a_bus_and_dear_classes_it_is_merged_into_the_school_its_children_go_to() -> None:
    plan = solve(two_villages(parameters=parameters(close_small_yuan=0, small_class_yuan_year=10_000_000), bus=True))

    assert plan.decision(1) is Decision.MERGE
    assert plan.closes_in(1) == 0


def test_what_must_be_kept_is_kept_at_any_price() -> None:
    dear = two_villages(parameters=parameters(close_small_yuan=0, small_class_yuan_year=10_000_000), bus=True)
    plan = solve(pinned(dear, Pin(PinKind.MUST_KEEP, "T")))

    assert plan.decision(1) is Decision.KEEP


def crowded(**more: object) -> County:
    """A school that is too small from the second period on, and two sites for a new one."""
    villages = [point("A", 120, 200, school={Band.LOWER: "S"}), point("B", 10, 60, school={Band.LOWER: "S"})]
    sites = [school("S", 3, 3), school("N", 0, 9, existing=False), school("M", 0, 9, existing=False)]
    return county(villages, sites, [[0.5, 2.0, 2.2], [2.0, 0.5, 0.6]], **more)


def test_a_new_school_opens_when_the_old_one_is_full() -> None:
    plan = solve(crowded())

    assert (plan.opens_in(1), plan.decision(2)) == (1, Decision.UNUSED)
    assert plan.accounts[0].capital == 0


def test_what_must_open_opens_on_time() -> None:
    plan = solve(pinned(crowded(), Pin(PinKind.MUST_OPEN, "M", 1)))

    assert plan.opens_in(2) == 1


def test_who_must_not_move_stays() -> None:
    given = crowded()
    free = solve(given)
    assert any(each.way.point == 1 and each.way.site == 1 for each in free.going)
    plan = solve(pinned(given, Pin(PinKind.MUST_NOT_MOVE, "B")))

    assert {given.sites[each.way.site].code for each in plan.going if each.way.point == 1} == {"S"}


def test_a_budget_is_kept_period_by_period() -> None:
    early = replace(crowded(), budgets=(Decimal(20_000_000), Decimal(5_000_000)))  # opening alone takes 8 000 000
    plan = solve(early)

    assert all(account.capital <= budget for account, budget in zip(plan.accounts, early.budgets or (), strict=True) if budget is not None)
    assert plan.opens_in(1) == 0


def test_the_school_of_a_new_estate_opens_with_it() -> None:
    estate = point("E", 0, 40, urban=True, new_estate=True)
    sites = [school("S", 6, 6), school("D", 0, 6, existing=False, estate="E")]
    plan = solve(county([point("A", 100, 60), estate], sites, [[0.5, 1.5], [1.9, 0.1]]))

    assert plan.opens_in(1) == 1


def test_boarders_sleep_in_beds_that_are_there_or_built() -> None:
    far = point("F", 0, pupils={Band.JUNIOR: (60,)}, bus=False)
    middle = school("J", 3, 6, may=frozenset({Band.JUNIOR}), beds=20, beds_most=80)
    plan = solve(county([far], [middle], [[30.0]]))

    assert [(each.way.mode, each.pupils) for each in plan.going] == [(Mode.BOARD, 60)]
    assert plan.states[0][0].more_beds == 40


def test_young_children_never_board() -> None:
    far = point("F", 30, bus=False)
    with pytest.raises(NoLawfulPlan):
        solve(county([far], [school("S", 3, 6, beds=50, beds_most=80)], [[10.0]]))


@pytest.mark.parametrize("seed", [1, 2])
def test_a_drawn_county_has_a_plan_with_a_proven_gap(seed: int) -> None:
    plan: Plan = solve(draw_county(seed, villages=24, estates=6, townships=3), seconds=6)

    assert list(faults_of(plan)) == []
    assert plan.gap < 0.05
