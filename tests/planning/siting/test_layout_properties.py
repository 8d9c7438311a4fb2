"""Whatever county is drawn: the best plan is that of trying everything, and what must hold holds, read from the county's own figures."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from layout_by_trying import by_trying
from siting_cases import drawn

from junheng.planning.siting.bands import Band
from junheng.planning.siting.checking import faults_of
from junheng.planning.siting.conflict import NoLawfulPlan
from junheng.planning.siting.county import County, Pin, PinKind
from junheng.planning.siting.plan import Plan
from junheng.planning.siting.solve import attempt, solve

_BUS_KM = 8.0


def with_pins(small: County, seed: int) -> County:
    """Up to three pins and, now and then, a budget."""
    rng = np.random.default_rng(seed + 1000)
    pins = []
    for site in small.sites:
        kind = rng.choice([PinKind.MUST_KEEP, PinKind.MUST_CLOSE, None, None]) if site.existing else rng.choice([PinKind.MUST_OPEN, None])
        if kind is not None:
            pins.append(Pin(PinKind(kind), site.code, int(rng.integers(0, len(small.years)))))
    points = list(small.points)
    near = int(np.argmin(small.km[0]))
    if small.sites[near].existing and small.km[0, near] <= _BUS_KM and rng.integers(0, 2):
        points[0] = replace(points[0], school={Band.LOWER: small.sites[near].code})
        pins.append(Pin(PinKind.MUST_NOT_MOVE, points[0].code, int(rng.integers(0, len(small.years)))))
    return replace(small, points=tuple(points), pins=tuple(pins))


@pytest.mark.parametrize(("seed", "periods", "sites"), [*((seed, 2, 3) for seed in range(12)), *((seed, 3, 2) for seed in range(6)), (0, 4, 2), (3, 4, 2)])
def test_with_pins_and_more_periods_no_way_of_opening_and_closing_costs_less(seed: int, periods: int, sites: int) -> None:
    small = with_pins(drawn(seed, periods=periods, sites=sites), seed)
    best = by_trying(small)
    found = attempt(small, seconds=10, gap=0.0)

    assert found.infeasible == np.isinf(best)
    if found.plan is not None:
        assert float(found.plan.total) == pytest.approx(best, rel=1e-6)
        assert found.bound == pytest.approx(best, rel=1e-4)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 3), st.booleans())
def test_capacity_is_kept_nobody_is_lost_and_pins_are_kept(seed: int, periods: int, scarce: bool) -> None:
    small = with_pins(drawn(seed, periods=periods, points=5, sites=4), seed)
    if scarce:
        small = replace(small, budgets=tuple(Decimal(150_000 * int(n)) for n in np.random.default_rng(seed).integers(0, 8, periods)))
    try:
        plan = solve(small, seconds=10)
    except NoLawfulPlan:
        return
    assert list(faults_of(plan)) == []
    for u in range(periods):
        for i, village in enumerate(small.points):
            assert sum(each.pupils for each in plan.going if (each.way.point, each.period) == (i, u)) == village.pupils[Band.LOWER][u]
        for j, site in enumerate(small.sites):
            here = sum(each.pupils for each in plan.going if (each.way.site, each.period) == (j, u))
            classes = plan.states[j][u].classes.get(Band.LOWER, 0)
            assert here <= 45 * classes <= 45 * site.rooms_most
        if small.budgets is not None:
            assert plan.accounts[u].capital <= (small.budgets[u] or 0)
    for pin in small.pins:
        if pin.kind is PinKind.MUST_NOT_MOVE:
            home = small.points[small.point_at(pin.code)].school[Band.LOWER]
            assert {small.sites[each.way.site].code for each in plan.going if small.points[each.way.point].code == pin.code and each.period >= pin.since} <= {home}
        else:
            assert {state.open for state in plan.states[small.site_at(pin.code)][pin.since :]} == {pin.kind is not PinKind.MUST_CLOSE}


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000), st.booleans())
def test_a_small_rural_school_closes_only_where_every_child_has_another_lawful_way(seed: int, free: bool) -> None:
    small = drawn(seed, periods=2, points=6, sites=4)
    if free:  # nothing but the law keeps it
        small = replace(small, parameters=small.parameters.changed({"close_small_yuan": Decimal(0), "small_class_yuan_year": Decimal(5_000_000)}, "试验"))
    plan = attempt(small, seconds=10).plan
    if plan is None:
        return
    for j in range(len(small.sites)):
        if small.small_rural(j) and plan.closes_in(j) is not None:
            _require_another_way(plan, j)
    for i in range(len(small.points)):
        only = [j for j in range(len(small.sites)) if small.km[i, j] <= _BUS_KM]
        if len(only) == 1:
            assert plan.states[only[0]][-1].open


def _require_another_way(plan: Plan, closed: int) -> None:
    """Every child who could have gone there is taught somewhere else that is open, within the limit."""
    since = plan.closes_in(closed)
    assert since is not None
    for each in plan.going:
        if each.period >= since:
            assert each.way.site != closed
            assert plan.states[each.way.site][each.period].open
            assert plan.county.km[each.way.point, each.way.site] <= _BUS_KM
