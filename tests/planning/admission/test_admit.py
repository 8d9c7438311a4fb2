"""Admission plans: nobody lost, no plan exceeded, rights kept, the rest as near as can be, and every child told why."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import product

import pytest
from admission_cases import RULES, a_county
from hypothesis import given, settings
from hypothesis import strategies as st

from junheng.common.errors import UserError
from junheng.planning.admission.admit import admit
from junheng.planning.admission.lottery_record import differences
from junheng.planning.admission.model import AdmissionPlan, Child, PriorityClass, School, Way
from junheng.planning.admission.priorities import built_in_classes, class_numbers
from junheng.planning.admission.private import lists_to_publish
from junheng.planning.admission.reasons import reasons
from junheng.planning.geography import distances_m

SEED = "25101 03 11 17"


def by_number(plan: AdmissionPlan) -> dict[str, str]:
    return {each.number: each.school for each in plan.placements}


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from([0.5, 0.9, 1.0, 1.2]), st.booleans(), st.booleans())
def test_nobody_is_lost_and_no_plan_is_exceeded(seed: int, places: float, together: bool, elders: bool) -> None:
    schools, children = a_county(seed, places=places)
    plan = admit(schools, children, replace(RULES, siblings_together=together, elder_first=elders), SEED)

    assert [each.number for each in plan.placements] == [each.number for each in children]
    taken = Counter(each.school for each in plan.placements)
    assert all(taken[each.code] <= each.places for each in schools)
    public_free = sum(each.places - taken[each.code] for each in schools if not each.is_private)
    without = taken[""]
    assert without == 0 or public_free <= (1 if together else 0)  # one place cannot take twins
    assert plan.bound_m <= plan.total_m
    assert len(list(reasons(plan))) == len(children)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6))
def test_nobody_of_the_zone_is_passed_by_a_lower_class(seed: int) -> None:
    schools, children = a_county(seed, places=0.8)
    plan = admit(schools, children, replace(RULES, siblings_together=False), SEED)

    number = dict(zip((each.number for each in children), class_numbers(children, RULES.classes), strict=True))
    zones = {each.number: each.zone_schools for each in children}
    for child, refused in plan.refusals.items():
        for refusal in refused:
            if refusal.school in zones[child]:
                holders = [each.number for each in plan.placements if each.school == refusal.school and each.way is Way.ZONED]
                assert all(number[each] <= number[child] for each in holders)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6), st.permutations(range(40)))
def test_the_order_of_the_tables_changes_nothing(seed: int, order: list[int]) -> None:
    schools, children = a_county(seed, children=40)
    children = [replace(each, siblings="") for each in children]  # equal distances could be settled in the order of rows
    plan = admit(schools, children, RULES, SEED)
    shuffled = admit(list(reversed(schools)), [children[at] for at in order], RULES, SEED)

    assert shuffled.total_m == plan.total_m
    assert by_number(shuffled) == by_number(plan)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10**6))
def test_the_allocated_go_no_way_longer_than_trying_everything_finds(seed: int) -> None:
    schools, children = a_county(seed, children=6, schools=3, private=0, places=1.3)
    children = [replace(each, zone_schools=(), elder_school="", siblings="") for each in children]
    if sum(each.places for each in schools) < len(children):
        schools[0] = replace(schools[0], places=len(children))
    plan = admit(schools, children, RULES, SEED)

    metres = distances_m(*(_spots(each) for each in (children, schools)))
    best = min(sum(int(metres[i, j]) for i, j in enumerate(way)) for way in product(range(3), repeat=len(children))
               if all(way.count(j) <= schools[j].places for j in range(3)))  # fmt: skip
    assert plan.total_m == plan.bound_m == best


def _spots(each: list[Child] | list[School]):  # type: ignore[no-untyped-def]
    import numpy as np

    return np.array([(one.longitude, one.latitude) for one in each])


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6))
def test_twins_go_to_one_school_wherever_one_has_places(seed: int) -> None:
    schools, children = a_county(seed, private=0, places=1.5)
    children = [replace(each, private_choice="", zone_schools=() if each.siblings else each.zone_schools, elder_school="" if each.siblings else each.elder_school)
                for each in children]  # fmt: skip
    plan = admit(schools, children, RULES, SEED)

    place = by_number(plan)
    apart = {each.siblings for each in children if each.siblings
             and len({place[other.number] for other in children if other.siblings == each.siblings}) > 1}  # fmt: skip
    assert not apart or any("未能同校" in note for note in plan.notes)
    assert all(child.siblings for child, each in zip(children, plan.placements, strict=True) if each.nearer_open)


def test_a_private_school_with_places_for_all_takes_all() -> None:
    plan = admit([School("P", "民办甲", 3, True), School("S", "公办乙", 9)], [Child(f"B{n}", private_choice="P", zone_schools=("S",)) for n in range(3)], RULES, SEED)

    assert {each.way for each in plan.placements} == {Way.PRIVATE}
    assert next(reasons(plan)) == "民办“民办甲”报名 3 人，不超过计划 3 人，全部录取。"
    assert plan.lotteries == {}


def test_an_over_subscribed_private_school_draws_and_the_others_keep_their_zone() -> None:
    schools = [School("P", "民办甲", 2, True), School("S", "公办乙", 9)]
    children = [Child(f"B{n}", private_choice="P", zone_schools=("S",)) for n in range(5)]
    plan = admit(schools, children, RULES, SEED)

    assert Counter(each.way for each in plan.placements) == {Way.DRAWN: 2, Way.ZONED: 3}
    assert plan.waiting == []
    listed = lists_to_publish(schools, children, RULES)["P"]
    assert differences(plan.lotteries["P"], RULES.digest.of(listed), SEED, listed) == ()
    lost = next(text for text, each in zip(reasons(plan), plan.placements, strict=True) if each.way is Way.ZONED)
    assert lost.startswith("民办“民办甲”未抽中。划片学校“公办乙”计划 9 人，申请 3 人，本人（其他（材料未齐，统筹安排））排第")


def test_a_county_that_refills_private_places_keeps_a_waiting_list() -> None:
    schools = [School("P", "民办甲", 2, True), School("S", "公办乙", 9)]
    children = [Child(f"B{n}", private_choice="P", zone_schools=("S",)) for n in range(5)]
    plan = admit(schools, children, replace(RULES, private_waiting=True), SEED)

    assert [(each.school, each.rank) for each in plan.waiting] == [("P", 1), ("P", 2), ("P", 3)]


def test_household_and_home_come_first_and_longer_permits_before_shorter_ones() -> None:
    zone = ("S",)
    children = [
        Child("B1", permit_months=5, zone_schools=zone), Child("B2", permit_months=40, zone_schools=zone), Child("B3", zone_schools=zone),
        Child("B4", residence=True, zone_schools=zone), Child("B5", household=True, residence=True, zone_schools=zone),
        Child("B6", household=True, zone_schools=zone), Child("B7", permit_months=41, zone_schools=zone), Child("B8", permit_months=14, zone_schools=zone),
    ]  # fmt: skip
    plan = admit([School("S", "甲小学", 8)], children, RULES, SEED)

    ranks = sorted((each.rank, each.number) for each in plan.placements)
    assert [number for _, number in ranks] == ["B5", "B6", "B4", "B7", "B2", "B8", "B1", "B3"]


def test_a_child_refused_by_its_zone_waits_there_and_is_told_where_it_stands() -> None:
    schools = [School("S", "甲小学", 1, longitude=123.0, latitude=41.0), School("T", "乙小学", 5, longitude=123.1, latitude=41.0)]
    children = [Child("B1", household=True, residence=True, zone_schools=("S",)),
                Child("B2", permit_months=3, zone_schools=("S",), longitude=123.0, latitude=41.0)]  # fmt: skip
    plan = admit(schools, children, RULES, SEED)

    assert by_number(plan) == {"B1": "S", "B2": "T"}
    assert [(each.school, each.rank, each.number) for each in plan.waiting] == [("S", 1, "B2")]
    assert list(reasons(plan))[1] == (
        "“甲小学”计划 1 人，申请 2 人，本人（持有居住证）排第 2 位，未录取，候补第 1 位。"
        "统筹到“乙小学”，直线距离 8.4 公里；更近的 1 所公办学校学位已满。"
    )


def test_an_elder_sibling_counts_within_the_class_and_behind_the_zone() -> None:
    schools = [School("S", "甲小学", 2)]
    common = {"household": True, "residence": True}
    children = [Child("B1", **common, zone_schools=("S",)), Child("B2", **common, zone_schools=("S",), elder_school="S"),
                Child("B3", **common, elder_school="S", longitude=1, latitude=1), Child("B4", **common, zone_schools=("S",), points=99)]  # type: ignore[arg-type]  # fmt: skip
    plan = admit(schools, children, RULES, SEED)

    assert {number for number, school in by_number(plan).items() if school} == {"B2", "B4"}
    assert plan.refusals["B3"][0].rank == 4


def test_when_places_are_short_the_last_of_the_order_wait_and_the_shortage_is_told() -> None:
    schools = [School("S", "甲小学", 2, longitude=123, latitude=41)]
    children = [Child(f"B{n}", permit_months=n, longitude=123, latitude=41) for n in range(5)]
    plan = admit(schools, children, RULES, SEED)

    assert {number for number, school in by_number(plan).items() if school} == {"B3", "B4"}
    assert "公办学位不够：统筹阶段有 5 名儿童，只剩 2 个学位，3 名儿童待安排" in plan.notes[0]


def test_without_an_address_the_zone_school_stands_for_the_home() -> None:
    schools = [School("S", "甲", 0, longitude=123, latitude=41), School("T", "乙", 1, longitude=123.01, latitude=41)]
    plan = admit(schools, [Child("B1", zone_schools=("S",))], RULES, SEED)
    assert plan.placements[0].distance_m == pytest.approx(839, abs=2)


@pytest.mark.parametrize(("schools", "child", "said"), [
    ([School("S", "甲", 9)], Child("B1", zone_schools=("X",)), "划片学校“X”"),
    ([School("S", "甲", 9)], Child("B1", private_choice="S"), "民办志愿“S”"),
    ([School("S", "甲", 9), School("S", "乙", 9)], Child("B1"), "学校编号重复"),
    ([School("S", "甲", 9, longitude=1, latitude=1)], Child("B1"), "没有住址坐标"),
    ([School("S", "甲", 9)], Child("B1", longitude=1, latitude=1), "学校没有坐标"),
])  # fmt: skip
def test_what_cannot_be_planned_is_refused_in_words(schools: list[School], child: Child, said: str) -> None:
    with pytest.raises(UserError, match=said):
        admit(schools, [child], RULES, SEED)


def test_a_class_table_that_leaves_somebody_out_is_refused() -> None:
    only_first = (built_in_classes()[0],)
    with pytest.raises(UserError, match="不属于任何一类"):
        admit([School("S", "甲", 9)], [Child("B1")], replace(RULES, classes=only_first), SEED)


def test_the_built_in_classes_end_with_one_that_takes_everybody_and_say_what_is_unverified() -> None:
    first, *others = built_in_classes()

    assert first.unverified == ""
    assert all(each.unverified for each in others)
    assert PriorityClass("x", "", None, None, None, "", "").holds(Child("B1"))
    assert others[-1].holds(Child("B1"))
