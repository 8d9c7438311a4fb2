"""Why this and not that: every decision turned round, its price proven, or the rule that forbids it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from siting_cases import county, drawn, parameters, pinned, point, school

from junheng.planning.siting.bands import Band
from junheng.planning.siting.checking import faults_of
from junheng.planning.siting.conflict import NoLawfulPlan
from junheng.planning.siting.county import County, Pin, PinKind
from junheng.planning.siting.opposites import Opposite, Turn, explained, turned
from junheng.planning.siting.plan import Decision
from junheng.planning.siting.relaxing import Relaxation
from junheng.planning.siting.solve import solve
from junheng.reports.plans.siting_reasons import reasons


def told(given: County) -> tuple[Opposite, ...]:
    return explained(solve(given, seconds=10, gap=1e-6), seconds=20).opposites


def lonely(*, bus: bool) -> County:
    """A teaching point 5 km from the large school."""
    far = point("B", 12, 8, bus=bus, school={Band.LOWER: "T"})
    return county([point("A", 100, 90), far], [school("S", 3), school("T", 1, 1, teaching_point=True, pupils=12)], [[0.5, 5.0], [5.0, 0.3]])


def test_closing_the_only_school_within_reach_is_forbidden_by_the_way_to_school() -> None:
    plan = solve(lonely(bus=False), seconds=10)
    (_, point_t) = told(lonely(bus=False))

    assert (point_t.decision, point_t.turn, point_t.impossible) == (Decision.KEEP, Turn.CLOSE, True)
    assert point_t.rule is not None
    assert Relaxation.WAY in point_t.rule.gives
    text = str(reasons(plan, [point_t]).rows[0][-1])
    assert "不能停办" in text
    assert "B村" in text


def test_where_it_could_close_the_extra_is_proven() -> None:
    plan = solve(lonely(bus=True), seconds=10, gap=1e-6)
    (_, point_t) = told(lonely(bus=True))

    assert point_t.plan is not None
    assert point_t.plan.decision(1) in (Decision.MERGE, Decision.CLOSE)
    extra = float(point_t.plan.total - plan.total)
    assert extra > 0
    assert point_t.bound - float(plan.total) == pytest.approx(extra, rel=0.01)
    assert "已证明：停办，合计至少多" in str(reasons(plan, [point_t]).rows[0][-1])


def test_what_a_pin_costs_is_asked_with_the_pin_set_aside() -> None:
    free = parameters(close_small_yuan=0, small_class_yuan_year=10_000_000)
    given = pinned(replace(lonely(bus=True), parameters=free), Pin(PinKind.MUST_KEEP, "T", 0, "村民要求"))
    plan = solve(given, seconds=10)
    (_, point_t) = told(given)

    assert point_t.aside is not None
    assert point_t.plan is not None
    assert point_t.plan.total < plan.total
    text = str(reasons(plan, [point_t]).rows[0][-1])
    assert "村民要求" in text
    assert "合计可省" in text


def test_a_school_whose_buildings_must_go_is_closed_and_the_price_of_that_is_said() -> None:
    given = pinned(lonely(bus=True), Pin(PinKind.MUST_CLOSE, "T", 0, "D 级危房"))
    plan = solve(given, seconds=10)

    assert list(faults_of(plan)) == []
    assert plan.closes_in(1) == 0
    (_, point_t) = told(given)
    assert (point_t.turn, point_t.aside) == (Turn.KEEP, given.pins[0])


def test_what_must_close_though_its_children_have_no_other_way_is_a_conflict_that_is_named() -> None:
    with pytest.raises(NoLawfulPlan) as found:
        solve(pinned(lonely(bus=False), Pin(PinKind.MUST_CLOSE, "T")), seconds=10)

    assert "不再要求（按期）停办T校" in str(found.value)
    assert "必须停办的学校" in str(found.value)


def test_the_school_of_an_estate_cannot_be_left_out() -> None:
    estate = point("E", 0, 40, urban=True, new_estate=True)
    given = county([point("A", 100, 60), estate], [school("S", 6, 6), school("D", 0, 6, existing=False, estate="E")], [[0.5, 1.5], [1.9, 0.1]])
    (_, duty) = told(given)

    assert (duty.turn, duty.impossible) == (Turn.NOT_OPEN, True)
    assert duty.rule is not None
    assert duty.rule.gives == (Relaxation.DUTY,)


@pytest.mark.parametrize("seed", range(8))
def test_every_forced_plan_is_lawful_does_the_opposite_and_costs_no_less(seed: int) -> None:
    try:
        plan = solve(drawn(seed), seconds=10, gap=1e-6)
    except NoLawfulPlan:
        pytest.skip("this draw has no lawful plan")
    found = explained(plan, seconds=20)

    assert found.plan.total == plan.total
    for each in found.opposites:
        forced, _ = turned(plan.county, each.site, each.turn)
        if each.plan is None:
            assert each.impossible
            with pytest.raises(NoLawfulPlan):
                solve(forced, seconds=10)
            continue
        assert list(faults_of(replace(each.plan, county=forced))) == []
        assert each.plan.total >= plan.total - Decimal("0.5")
        assert each.bound <= float(each.plan.total) * (1 + 1e-6)


def test_a_plan_that_is_not_the_best_is_replaced_when_an_opposite_is_better() -> None:
    given = drawn(7)
    best = solve(given, seconds=10, gap=1e-6)
    worse = solve(pinned(given, Pin(PinKind.MUST_KEEP, given.sites[1].code)), seconds=10)
    assert worse.total > best.total
    found = explained(replace(worse, county=given, bound=best.bound), seconds=20)

    assert found.plan.total == best.total
    assert [each.decision for each in found.opposites] == [found.plan.decision(at) for at in range(len(given.sites))]


def test_what_the_time_did_not_reach_is_said_to_be_open() -> None:
    plan = solve(drawn(3), seconds=10)
    found = explained(plan, seconds=0)

    assert [(each.plan, each.impossible) for each in found.opposites] == [(None, False)] * len(plan.county.sites)
    assert all("未证明" in str(row[-1]) for row in reasons(plan, found.opposites).rows)
