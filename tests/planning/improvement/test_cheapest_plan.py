"""The cheapest plan: brute force on small counties, pins, combined schools, and refusals."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import product

import pytest
from improvement_cases import costs, county, nine_year_school, policy, primary_school

from junheng.common.errors import UserError
from junheng.intake.model import Row
from junheng.planning.improvement.actions import total_cost
from junheng.planning.improvement.conflicts import NoPlanError
from junheng.planning.improvement.improve import Request, improve
from junheng.planning.improvement.pins import Pin, Pins


def test_a_county_that_passes_needs_nothing() -> None:
    plan = improve(Request(county([primary_school(1, 200), primary_school(2, 300)]), policy()))

    assert plan.actions == ()
    assert plan.cost.usual == 0


def test_a_school_may_leave_its_dearest_indicator_at_85_percent() -> None:
    short = primary_school(1, 200, area=4, rooms=2)  # 4.0 of 4.5 ㎡: over the floor of 3.825; 2.0 of 2.3 rooms
    facts = county([short, primary_school(2, 200)])

    plan = improve(Request(facts, policy(), costs(build_teaching_area=3500, fit_multimedia_room=30000)))

    assert [(each.lever, each.amount) for each in plan.actions] == [("fit_multimedia_room", 1)]
    assert plan.after[0].passes


@pytest.mark.parametrize("seed", range(6))
def test_the_plan_costs_what_trying_everything_costs(seed: int) -> None:
    """Backbone teachers and multimedia rooms of three schools, the five other indicators reached: every combination is tried."""
    sizes = [(120, 90, 150), (60, 210, 130), (300, 80, 55), (100, 100, 100), (75, 260, 140), (51, 52, 200)][seed]
    levels = [(0.5, 2.4), (3.5, 1.0), (0, 5.5)]
    schools = [primary_school(n + 1, size, backbone=levels[(n + seed) % 3][0], rooms=levels[(n + seed) % 3][1])
               for n, size in enumerate(sizes)]  # fmt: skip
    prices = costs(train_backbone=7000 + 3000 * seed, fit_multimedia_room=30000)

    plan = improve(Request(county(schools), policy(), prices, gap=1e-6))

    assert plan.after[0].passes
    assert plan.cost.usual == _by_trying(schools, 7000 + 3000 * seed, 30000)


def _by_trying(schools: list[Row], backbone_yuan: int, room_yuan: int) -> int:
    pupils = [int(str(row["students_primary"])) for row in schools]
    have = [[int(str(row[name])) for row in schools] for name in ("backbone_teachers", "multimedia_rooms")]
    limits = (Fraction(1, 100), Fraction("0.023"))
    tries = [
        (sum(more) * price, [x + m for x, m in zip(have[which], more, strict=True)])
        for which, price in ((0, backbone_yuan), (1, room_yuan)) for more in product(range(8), repeat=3)
    ]  # fmt: skip
    half = len(tries) // 2
    both = [[each for each in part if _even(each[1], pupils)] for part in (tries[:half], tries[half:])]
    costs_that_hold = [
        a + b for a, backbone in both[0] for b, rooms in both[1]
        if all(_held((Fraction(x, p) / limits[0], Fraction(y, p) / limits[1])) for x, y, p in zip(backbone, rooms, pupils, strict=True))
    ]  # fmt: skip
    return min(costs_that_hold)


def _held(shares: tuple[Fraction, Fraction]) -> bool:
    return min(shares) >= Fraction(85, 100) and max(shares) >= 1


def _even(numerators: list[int], pupils: list[int]) -> bool:
    total = sum(numerators)
    return total > 0 and sum(pupils) * sum(Fraction(x * x, p) for x, p in zip(numerators, pupils, strict=True)) <= Fraction(5, 4) * total**2


def test_a_teacher_comes_from_where_there_are_too_many() -> None:
    facts = county([primary_school(1, 200, bachelor=3), primary_school(2, 200, bachelor=12)])

    plan = improve(Request(facts, policy(), costs(hire_teacher=120000, move_teacher=6000)))

    assert [(each.lever, each.school, each.source) for each in plan.actions] == [("move_teacher", 0, 1)]
    assert plan.after[0].passes


def test_who_must_not_move_does_not_move() -> None:
    facts = county([primary_school(1, 200, bachelor=3), primary_school(2, 200, bachelor=12)])
    pins = Pins((Pin(str(facts.school[1]["school_code"]), "", "", "", most=0, leaving=True, reason="重点保障学校"),))

    plan = improve(Request(facts, policy(), costs(hire_teacher=120000, move_teacher=6000), pins))

    assert {each.lever for each in plan.actions} == {"hire_teacher"}


def test_a_fixed_quantity_is_done() -> None:
    facts = county([primary_school(1, 200), primary_school(2, 200)])
    pins = Pins((Pin(str(facts.school[0]["school_code"]), "", "", "fit_multimedia_room", least=2, most=2),))

    plan = improve(Request(facts, policy(), costs(fit_multimedia_room=30000), pins))

    assert [(each.school, each.amount) for each in plan.actions] == [(0, 2)]


def test_both_stages_of_a_combined_school_are_served_by_one_building() -> None:
    facts = county([nine_year_school(1, 200, 150, area=4, sport=12, equipment=3000, rooms=3, bachelor=6), primary_school(2, 300)])
    prices = costs(build_teaching_area=3500)

    plan = improve(Request(facts, policy(), prices))

    assert {each.stage for each in plan.actions} <= {""}
    assert {stage.stage for stage in plan.after[0].stages} == {"primary", "junior"}
    assert plan.cost == total_cost(plan.actions, prices, 1)


def test_a_missing_figure_is_not_planned_over() -> None:
    blank = primary_school(1, 200)
    blank["equipment_value_yuan"] = None

    with pytest.raises(UserError, match="补报"):
        improve(Request(county([blank, primary_school(2, 200)]), policy()))


def test_what_no_measure_can_raise_is_named() -> None:
    facts = county([primary_school(1, 200, area=1), primary_school(2, 200)])

    with pytest.raises(NoPlanError, match="第1小学小学 L4 不足，而单价表里没有能提高它的措施"):
        improve(Request(facts, policy(), costs(fit_multimedia_room=30000)))


def test_a_pin_that_makes_it_impossible_is_named_with_the_least_that_would_do() -> None:
    facts = county([primary_school(1, 200, area=3, rooms=1), primary_school(2, 200)])  # the floor of 3.825 ㎡ is 765 ㎡, 165 more
    pins = Pins((Pin(str(facts.school[0]["school_code"]), "", "", "build_teaching_area", most=100, reason="用地不足"),))

    with pytest.raises(NoPlanError) as caught:
        improve(Request(facts, policy(), costs(build_teaching_area=3500, fit_multimedia_room=30000), pins))

    (way,) = caught.value.giving_way
    assert (way.set_to, way.needed) == (100, 165)
    assert "第1小学" in way.what
    assert "L4 85% 线" in way.serves


def test_a_bound_of_the_county_that_makes_it_impossible_is_named() -> None:
    facts = county([primary_school(1, 200, rooms=0), primary_school(2, 200, rooms=0)])
    prices = {name: replace(each, county_most=Decimal(3)) for name, each in costs(fit_multimedia_room=30000).items()}

    with pytest.raises(NoPlanError) as caught:
        improve(Request(facts, policy(), prices))

    (way,) = caught.value.giving_way
    assert (way.set_to, way.needed) == (3, 8)  # 85 % of 2.3 per 100 pupils is 3.91: four rooms each
