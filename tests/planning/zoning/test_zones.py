"""Zones: contiguous, within the places, the cheapest there are; and words when nothing fits."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from junheng.common.errors import UserError
from junheng.planning.zoning import plan as plan_module
from junheng.planning.zoning.ground import ground_of
from junheng.planning.zoning.layered import layered
from junheng.planning.zoning.model import Block, ZonePlan, ZoneRequest, ZoneSchool
from junheng.planning.zoning.neighbourhood import polished
from junheng.planning.zoning.plan import plan_zones
from junheng.planning.zoning.search import grown


def on_a_grid(seed: int, wide: int, high: int, schools: int, *, room: float = 1.2, change_m: int = 500, seconds: float = 10.0) -> ZoneRequest:
    """A map of squares of about 1 km; children, places and last year's zones are drawn. room: places per child."""
    draw = random.Random(seed)
    at = [(x, y) for y in range(high) for x in range(wide)]
    spots = draw.sample(at, schools)
    blocks = [
        Block(f"{x},{y}", f"{x}-{y} 村", draw.randint(0, 30), 123 + x * 0.012, 41 + y * 0.009,
              tuple(f"{x + dx},{y + dy}" for dx, dy in ((1, 0), (0, 1)) if x + dx < wide and y + dy < high), f"S{draw.randrange(schools)}")
        for x, y in at
    ]  # fmt: skip
    total = sum(each.children for each in blocks)
    share = [draw.uniform(0.6, 1.4) for _ in spots]
    return ZoneRequest(blocks, [
        ZoneSchool(f"S{j}", f"第{j}小学", round(total * room * share[j] / sum(share)), 123 + x * 0.012, 41 + y * 0.009, f"{x},{y}")
        for j, (x, y) in enumerate(spots)
    ], change_m=change_m, seconds=seconds)  # fmt: skip


def joined(request: ZoneRequest, school: ZoneSchool, members: set[str]) -> bool:
    """Contiguity told anew: walking from the school over members reaches all of them."""
    touching: dict[str, set[str]] = {each.id: set() for each in request.blocks}
    for each in request.blocks:
        for other in each.neighbours:
            touching[each.id].add(other)
            touching[other].add(each.id)
    seen, walk = {school.block}, [school.block]
    while walk:
        for other in touching[walk.pop()] & members - seen:
            seen.add(other)
            walk.append(other)
    return members <= seen


def zone(plan: ZonePlan, code: str) -> set[str]:
    return {block for block, own in plan.school_of.items() if own == code}


def check(plan: ZonePlan) -> None:
    request = plan.request
    assert set(plan.school_of) == {each.id for each in request.blocks}
    children = {each.id: each.children for each in request.blocks}
    for school in request.schools:
        own = zone(plan, school.code)
        assert joined(request, school, own)
        assert sum(children[each] for each in own) == school.places + plan.excess[school.code] if school.code in plan.excess else \
            sum(children[each] for each in own) <= school.places  # fmt: skip
    assert 0 <= plan.bound <= plan.cost
    assert set(plan.why) == set(children)


def by_trying(request: ZoneRequest) -> tuple[int, int]:
    """(excess, cost) of the best plan of all."""
    ground, codes = ground_of(request), range(len(request.schools))
    best = (10**9, 10**9)
    for way in product(codes, repeat=len(request.blocks)):
        key = (int(ground.excess(way).sum()), ground.cost(way))
        if key < best and all(joined(request, school, {each.id for each, own in zip(request.blocks, way, strict=True) if own == j})
                              for j, school in enumerate(request.schools)):  # fmt: skip
            best = key
    return best


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from([0.8, 1.0, 1.1, 1.4]), st.sampled_from([0, 500, 5000]))
def test_small_counties_get_what_trying_everything_finds(seed: int, room: float, change_m: int) -> None:
    request = on_a_grid(seed, 3, 3, 2, room=room, change_m=change_m)
    plan = plan_zones(request)

    check(plan)
    assert (sum(plan.excess.values()), plan.cost) == by_trying(request) or plan.excess
    assert sum(plan.excess.values()) == by_trying(request)[0] == plan.excess_bound
    assert plan.gap == 0 or plan.excess


@settings(max_examples=3, deadline=None)
@given(st.integers(0, 10**6))
def test_a_town_of_some_size_is_proven_best(seed: int) -> None:
    plan = plan_zones(on_a_grid(seed, 6, 6, 4, room=1.2, seconds=6))

    check(plan)
    assert plan.gap < 0.02


@settings(max_examples=3, deadline=None)
@given(st.integers(0, 10**6))
def test_the_search_for_large_counties_comes_near_the_proven_best(seed: int) -> None:
    request = on_a_grid(seed, 6, 6, 4, room=1.25, seconds=3)
    exact = plan_zones(request)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plan_module, "_EXACT", 0)
        found = plan_zones(request)

    check(found)
    assert found.bound <= exact.cost
    assert sum(found.excess.values()) <= sum(exact.excess.values()) + 3
    if not found.excess:
        assert found.cost <= 1.08 * exact.cost


@pytest.mark.parametrize(("wide", "schools", "seconds", "room"), [
    (14, 11, 5.0, 1.3), pytest.param(20, 24, 40.0, 1.25, marks=pytest.mark.long),
])  # fmt: skip
def test_a_county_of_hundreds_of_villages_gets_a_plan_with_its_gap(wide: int, schools: int, seconds: float, room: float) -> None:
    plan = plan_zones(on_a_grid(2, wide, wide, schools, room=room, seconds=seconds))

    check(plan)
    assert sum(plan.excess.values()) <= 0.002 * sum(each.children for each in plan.request.blocks)
    assert plan.gap < 0.05


@pytest.mark.parametrize("seed", [2, pytest.param(1, marks=pytest.mark.long), pytest.param(3, marks=pytest.mark.long)])
def test_a_county_with_a_tenth_of_its_places_to_spare_has_room_for_everybody(seed: int) -> None:
    plan = plan_zones(on_a_grid(seed, 20, 15, 20, room=1.1, seconds=30))

    check(plan)
    assert plan.excess == {}
    assert plan.gap < 0.02


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from([0.9, 1.05, 1.3]))
def test_zones_by_layers_are_contiguous_and_never_worse_than_their_start(seed: int, room: float) -> None:
    ground = ground_of(on_a_grid(seed, 6, 5, 4, room=room))
    start = grown(ground, np.zeros(4))
    place = layered(ground, start, 2.0)

    assert all(ground.is_contiguous(j, {u for u, own in enumerate(place) if own == j}) for j in range(4))
    assert (ground.excess(place).sum(), ground.cost(place)) <= (ground.excess(start).sum(), ground.cost(start))


def test_schools_that_stand_in_zones_of_others_are_polished_all_the_same() -> None:
    """On a line a–b–c–d: A stands in a, which is B's; B stands in b, which is C's."""
    at = {name: 123 + n * 0.01 for n, name in enumerate("abcd")}
    blocks = [Block(name, name, 5, x, 41, (chr(ord(name) + 1),) if name < "d" else ()) for name, x in at.items()]
    schools = [ZoneSchool(f"S{name}", name, 10, at[name], 41, name) for name in "abc"]
    ground = ground_of(ZoneRequest(blocks, schools))
    place = polished(ground, [1, 2, 2, 2], 5.0)

    assert all(ground.is_contiguous(j, {u for u, own in enumerate(place) if own == j}) for j in range(3))
    assert ground.excess(place).sum() <= ground.excess([1, 2, 2, 2]).sum()


def test_phases_of_one_neighbourhood_stay_together() -> None:
    request = on_a_grid(3, 4, 3, 2, room=1.5)
    marked = replace(request, blocks=[replace(each, together="幸福小区" if each.id in ("1,1", "2,1", "3,0") else "") for each in request.blocks])
    plan = plan_zones(marked)

    assert len({plan.school_of[each] for each in ("1,1", "2,1", "3,0")}) == 1


def test_the_dearer_a_change_is_the_fewer_children_change() -> None:
    def changed(change_m: int) -> int:
        request = on_a_grid(11, 5, 4, 3, room=1.3, change_m=change_m, seconds=3)
        plan = plan_zones(request)
        return sum(each.children for each in request.blocks if plan.school_of[each.id] != each.last_school)

    numbers = [changed(metres) for metres in (0, 1000, 100_000)]
    assert numbers == sorted(numbers, reverse=True)
    assert numbers[-1] < numbers[0]


def test_an_island_without_a_school_is_joined_to_the_nearest_land_and_said_so() -> None:
    request = on_a_grid(5, 3, 2, 1, room=2)
    island = Block("岛", "海岛村", 5, 123.1, 41.0)
    plan = plan_zones(replace(request, blocks=[*request.blocks, island]))

    assert plan.school_of["岛"] == "S0"
    assert plan.bridged == [("海岛村", "2-0 村")]


def test_two_schools_in_one_block_both_get_a_zone() -> None:
    request = on_a_grid(2, 4, 4, 2, room=1.2)
    schools = [replace(each, block="1,1", longitude=123.012, latitude=41.009, places=140) for each in request.schools]
    plan = plan_zones(replace(request, schools=schools))

    assert set(plan.school_of.values()) == {"S0", "S1"}


def test_without_room_the_least_excess_is_given_and_proven() -> None:
    request = on_a_grid(9, 3, 3, 2, room=0.7)
    plan = plan_zones(request)

    short = sum(each.children for each in request.blocks) - sum(each.places for each in request.schools)
    assert sum(plan.excess.values()) == plan.excess_bound >= short > 0


def test_a_village_too_large_for_any_school_is_no_plan_although_there_are_places_enough() -> None:
    blocks = [Block("a", "甲村", 30, 123, 41, ("b",)), Block("b", "乙村", 1, 123.01, 41)]
    schools = [ZoneSchool("S0", "甲校", 20, 123, 41, "a"), ZoneSchool("S1", "乙校", 20, 123.01, 41, "b")]
    plan = plan_zones(ZoneRequest(blocks, schools))

    assert sum(plan.excess.values()) == plan.excess_bound == 10


def test_every_block_is_told_why() -> None:
    blocks = [Block("a", "甲村", 10, 123, 41, ("b",)), Block("b", "乙村", 10, 123.01, 41, ("c",)), Block("c", "丙村", 10, 123.03, 41)]
    schools = [ZoneSchool("S0", "甲校", 10, 123, 41, "a"), ZoneSchool("S1", "丙校", 20, 123.03, 41, "c")]
    plan = plan_zones(ZoneRequest(blocks, schools, change_m=0))

    assert plan.why == {
        "a": "距甲校 0.0 公里，是最近的学校",
        "b": "距丙校 1.7 公里；最近的是甲校（0.8 公里），其学位 10 个，已划入 10 人，容不下本片 10 人",
        "c": "距丙校 0.0 公里，是最近的学校",
    }


def test_roads_may_be_longer_than_straight_lines() -> None:
    blocks = [Block("a", "甲村", 10, 123, 41, ("b",)), Block("b", "乙村", 10, 123.01, 41)]
    schools = [ZoneSchool("S0", "甲校", 20, 123, 41, "a"), ZoneSchool("S1", "乙校", 20, 123.01, 41, "b")]
    plan = plan_zones(ZoneRequest(blocks, schools, np.array([[0, 900], [500, 700]])))
    assert plan.school_of == {"a": "S0", "b": "S0"}


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10**6))
def test_zones_grow_contiguous_from_the_schools(seed: int) -> None:
    request = on_a_grid(seed, 7, 5, 5)
    ground = ground_of(request)
    place = grown(ground, np.zeros(5))
    assert all(ground.is_contiguous(j, {u for u, own in enumerate(place) if own == j}) for j in range(5))
    assert min(place) >= 0


@pytest.mark.parametrize(("change", "said"), [
    (lambda r: replace(r, blocks=[*r.blocks, r.blocks[0]]), "片区编号重复"), (lambda r: replace(r, schools=[]), "不能划片"),
    (lambda r: replace(r, blocks=[replace(r.blocks[0], neighbours=("X",)), *r.blocks[1:]]), "相邻片区“X”"),
    (lambda r: replace(r, schools=[replace(r.schools[0], block="X")]), "所在的片区“X”"), (lambda r: replace(r, schools=[*r.schools, r.schools[0]]), "学校编号重复"),
])  # fmt: skip
def test_tables_that_contradict_themselves_are_refused(change, said: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(UserError, match=said):
        plan_zones(change(on_a_grid(1, 3, 3, 2)))
