"""When there is no plan: which constraints fight, and the least that must give, in words."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from siting_cases import county, pinned, point, school

from junheng.planning.siting.bands import Band
from junheng.planning.siting.conflict import NoLawfulPlan
from junheng.planning.siting.county import County, Pin, PinKind
from junheng.planning.siting.relaxing import Relaxation
from junheng.planning.siting.solve import solve


def refused(given: County) -> NoLawfulPlan:
    with pytest.raises(NoLawfulPlan) as found:
        solve(given, seconds=10)
    return found.value


def out_by(error: NoLawfulPlan, kind: Relaxation) -> tuple[str, ...]:
    """The lines of the way out by this family alone."""
    (only,) = [each for each in error.ways_out if each.gives == (kind,)]
    assert only.exact
    return only.lines


def test_a_way_that_is_too_long_is_named_with_its_limit() -> None:
    error = refused(county([point("A", 20)], [school("S")], [[9.5]]))

    assert out_by(error, Relaxation.WAY) == ("A村的小学1—3年级20 人到S校路程 9.5 公里，超过上限 8 公里",)
    assert "互相冲突的约束：上学路程上限" in str(error)


def test_too_few_rooms_can_be_mended_by_rooms_alone() -> None:
    error = refused(county([point("A", 150)], [school("S", 3, 3)], [[0.5]]))

    assert out_by(error, Relaxation.ROOMS) == ("S校比上限 3 个班多开 1 个班",)


def test_money_and_rooms_are_two_ways_out() -> None:
    """4 classes are needed: the county may build, but has not the money."""
    given = replace(county([point("A", 150)], [school("S", 3, 6)], [[0.5]]), budgets=(Decimal(450_000),))
    error = refused(given)

    assert out_by(error, Relaxation.BUDGET) == ("2026 年起的一期增加建设资金 15.00 万元",)
    assert "以下任选一条即可" in str(error)


def test_a_pinned_point_that_does_not_fit_may_move_by_the_least_number() -> None:
    villages = [point("A", 130, school={Band.LOWER: "S"}), point("B", 20, school={Band.LOWER: "S"})]
    given = county(villages, [school("S", 3, 3), school("T", 3, 3)], [[0.5, 20], [0.5, 0.6]])
    error = refused(pinned(given, Pin(PinKind.MUST_NOT_MOVE, "B")))

    assert out_by(error, Relaxation.STAY) == ("允许B村的小学1—3年级至多 15 人转到别的学校",)


def test_a_school_that_must_open_without_money_is_named() -> None:
    given = replace(county([point("A", 100)], [school("S"), school("N", 0, 6, existing=False)], [[0.5, 0.7]]), budgets=(Decimal(0),))
    error = refused(pinned(given, Pin(PinKind.MUST_OPEN, "N")))

    assert out_by(error, Relaxation.OPEN) == ("不再要求（按期）开办N校",)
    assert out_by(error, Relaxation.BUDGET) == ("2026 年起的一期增加建设资金 1,169.00 万元",)


def test_the_duty_of_an_estate_and_the_budget_fight() -> None:
    estate = point("E", 0, 40, urban=True, new_estate=True)
    sites = [school("S", 6, 6), school("D", 0, 6, existing=False, estate="E")]
    given = county([point("A", 100, 60), estate], sites, [[0.5, 1.5], [1.9, 0.1]], budgets=(Decimal(0), Decimal(0)))
    error = refused(given)

    assert out_by(error, Relaxation.DUTY) == ("D校推迟或不按配建义务开办",)


def test_where_no_road_leads_that_is_said() -> None:
    error = refused(county([point("A", 20), point("B", 7)], [school("S")], [[0.5], [float("inf")]]))

    assert any("B村" in line and "没有路可以到达任何" in line for line in out_by(error, Relaxation.WAY))


def test_where_nothing_mends_it_alone_all_give_a_little() -> None:
    """A is too far and S too small: neither helps by itself."""
    error = refused(county([point("A", 60), point("B", 135)], [school("S", 3, 3)], [[9.0], [0.5]]))

    (joint,) = error.ways_out
    assert set(joint.gives) == {Relaxation.WAY, Relaxation.ROOMS}
    assert "最少要这样放宽" in str(error)
