"""Rotation plans: gaps first, the shares of the policy, nobody made short, limits kept, the best there is on small counties."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import product
from math import ceil, floor

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from junheng.common.errors import UserError
from junheng.common.stages import Stage
from junheng.judging.result import Verdict
from junheng.planning.geography import distances_m
from junheng.planning.parameters import built_in
from junheng.planning.rotation.circuits import circuits
from junheng.planning.rotation.model import RotationPlan, RotationRequest, RotationSchool, Teacher
from junheng.planning.rotation.plan import plan_rotation
from junheng.planning.rotation.program import GAP, MISSING, NOT_WEAK, SPREAD, TIMES
from junheng.planning.staffing.careers import Career
from junheng.planning.staffing.subjects import Need

P = built_in("rotation")
BOTH = (Stage.PRIMARY, Stage.JUNIOR)


def own(**values: float) -> dict[str, object]:
    return {"parameters": P.with_overrides([{"id": id, "value": value, "source": None, "unverified": None} for id, value in values.items()])}


def school(code: str, x: float = 0.0, *, weak: bool = False, stages: tuple[Stage, ...] = (Stage.PRIMARY,)) -> RotationSchool:
    return RotationSchool(code, f"{code}校", stages, weak, 123 + x * 0.012, 41.0)


def teacher(number: int, at: str, subject: str = "pe", **more: object) -> Teacher:
    return Teacher(f"T{number:03d}", at, Stage.PRIMARY, subject, **({"years_here": 8.0} | more))  # type: ignore[arg-type]


def county(seed: int, teachers: int = 60, schools: int = 6, years: int = 1, **parameters: float) -> RotationRequest:
    draw = random.Random(seed)
    all_schools = [school(f"S{at}", draw.uniform(0, 40), weak=draw.random() < 0.5, stages=draw.choice([BOTH, (Stage.PRIMARY,)])) for at in range(schools)]
    people = [
        Teacher(f"T{at:03d}", f"S{draw.randrange(schools)}", Stage.PRIMARY if draw.random() < 0.7 else Stage.JUNIOR, draw.choice(["pe", "art", "chinese"]),
                draw.choice([2.0, 6.0, 9.0, None]), draw.random() < 0.3, "孕哺期" if draw.random() < 0.05 else "", f"T{at ^ 1:03d}" if at % 10 < 2 else "",
                draw.randrange(3))
        for at in range(teachers)
    ]  # fmt: skip
    have = Counter((each.school, each.subject) for each in people)
    needs = []
    for each in all_schools:
        for subject in ("pe", "art", "chinese"):
            low = max(0.0, have[each.code, subject] + draw.uniform(-3, 2))
            if draw.random() < 0.9:
                needs.append(Need(each.code, subject, low, low * 1.1, have[each.code, subject]))
    return RotationRequest(people, all_schools, needs, 2026, **own(**parameters), seconds=20, years=years)  # type: ignore[arg-type]


def check(plan: RotationPlan) -> None:
    """Everything the plan promises, told anew, year by year."""
    request = plan.request
    people = {each.number: each for each in request.teachers}
    schools = {each.code: each for each in request.schools}
    assert len({each.number for each in plan.moves}) == len(plan.moves)
    have = Counter((each.school, each.subject) for each in request.teachers)
    staff = Counter(each.school for each in request.teachers)
    for move in plan.moves:
        who = people[move.number]
        assert who.years_here is not None
        assert who.years_here + move.school_year - request.school_year >= 6
        assert not who.exempt
        assert move.to_school != who.school
        assert who.stage in schools[move.to_school].stages
        assert move.distance_km <= request.parameters.number("commute_km")
    lasts = request.parameters.whole("rotation_term_years")
    for reached in plan.years:
        away = [each for each in plan.moves if each.school_year <= reached.school_year < each.school_year + lasts]
        assert not {people[each.number].spouse for each in away} & {each.number for each in away}
        after = have.copy()
        for move in away:
            after[move.from_school, move.subject] -= 1
            after[move.to_school, move.subject] += 1
        needs = {(each.school, each.subject): each for each in request.needs}
        for key in have | after:
            need = needs.get(key)
            if need is None or need.low is None or need.high is None:
                assert after[key] == have[key]
            else:
                assert after[key] >= min(have[key], ceil(need.low))
                assert after[key] <= max(have[key], ceil(need.low), floor(need.high))
        sent = Counter(each.from_school for each in away)
        assert all(sent[code] <= request.parameters.number("school_most_share") * staff[code] for code in sent)
        later = reached.school_year - request.school_year
        may = {each.number for each in request.teachers if not each.exempt and each.years_here is not None and each.years_here + later >= 6}
        assert reached.eligible == len(may - {each.number for each in plan.moves if each.school_year < reached.school_year})
        assert reached.target == ceil(reached.eligible * 0.1 - 1e-9)
        going = [each for each in plan.moves if each.school_year == reached.school_year]
        assert reached.reached == (len(going) >= reached.target and sum(each.is_backbone for each in going) >= 0.2 * len(going) - 1e-9)
    assert plan.reached or any("达不到" in note for note in plan.notes)
    assert plan.objective >= plan.bound - 1e-6


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10**6))
def test_every_rule_holds_in_every_plan(seed: int) -> None:
    plan = plan_rotation(county(seed))
    check(plan)
    assert plan.gap < 1.0


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from([1, 3]))
def test_every_rule_holds_in_every_year_of_a_plan_of_three(seed: int, term: int) -> None:
    plan = plan_rotation(county(seed, teachers=40, years=3, rotation_term_years=term))
    check(plan)
    assert [each.school_year for each in plan.years] == [2026, 2027, 2028]
    assert plan.gap < 1.0


Way = tuple[int, int]
"""(school, year), school −1 = stays"""


def by_trying(request: RotationRequest, eligible: list[Teacher]) -> float:
    """The least objective of `model` over all ways to send these teachers, all of whom are eligible in every year."""
    homes = {each.code: (each.longitude, each.latitude) for each in request.schools}
    km = distances_m(np.array([homes[each.school] for each in eligible]), np.array(list(homes.values()))) / 1000
    options = [(-1, 0), *product(range(len(request.schools)), range(request.years))]
    costs = [cost for ways in product(options, repeat=len(eligible)) if (cost := cost_of(request, eligible, km, ways)) is not None]
    return min(costs)


def cost_of(request: RotationRequest, eligible: list[Teacher], km: np.ndarray, ways: tuple[Way, ...]) -> float | None:
    sent = [(each, request.schools[s], km[t, s], y) for t, (each, (s, y)) in enumerate(zip(eligible, ways, strict=True)) if s >= 0]
    if any(s.code == each.school or d > 30 for each, s, d, _ in sent):
        return None
    have, staff = Counter((each.school, each.subject) for each in request.teachers), Counter(each.school for each in request.teachers)
    lasts, total = request.parameters.whole("rotation_term_years"), 0.0
    for year in range(request.years):
        there = [(each, s) for each, s, _, y in sent if y <= year < y + lasts]
        going = [each for each, _, _, y in sent if y == year]
        change = Counter[tuple[str, str]]()
        for each, s in there:
            change[s.code, each.subject] += 1
            change[each.school, each.subject] -= 1
        away = {each.number for each, _ in there}
        if any(each.spouse in away for each, _ in there) or any(Counter(e.school for e, _ in there)[code] > 0.5 * staff[code] for code in staff):
            return None
        for need in request.needs:
            key = need.school, need.subject
            low, least, net = need.low or 0.0, ceil((need.low or 0.0) - 1e-3), change[key]
            if net < min(have[key], least) - have[key] or net > max(0, max(least, floor((need.high or 0) + 1e-3)) - have[key]):
                return None
            total -= GAP * max(0, min(net, ceil(max(0.0, low - have[key]) - 1e-3)))
        share = 0.5 * (len(eligible) - sum(y < year for _, _, _, y in sent))
        wanted = ceil(share) if year == 0 else share - 1e-3
        total += MISSING * (max(0.0, wanted - len(going)) + max(0.0, 0.2 * len(going) - sum(each.is_backbone for each in going)))
    for each, s, d, y in sent:
        gained = min(lasts, request.years - y)
        wish = each.career is not None and each.career.years is not None and each.career.years < 1 <= each.career.years + gained and s.is_weak
        total += TIMES * (each.times or 0) + (0 if s.is_weak else NOT_WEAK) + d - 150 * wish
    return total + SPREAD * max(Counter(each.school for each, *_ in sent)[code] / staff[code] for code in staff)


def small_county(seed: int, teachers: int, years: int) -> RotationRequest:
    draw = random.Random(seed)
    schools = [school("A"), school("B", draw.uniform(1, 40), weak=True), school("C", draw.uniform(1, 40))]
    people = [teacher(at, draw.choice("ABC"), draw.choice(["pe", "art"]), is_backbone=draw.random() < 0.4, times=draw.randrange(2),
                      spouse="T001" if at == 0 else "T000" if at == 1 else "",
                      career=Career(f"T{at:03d}", Decimal(draw.randrange(2)), applies_senior=draw.random() < 0.5, principal=False)) for at in range(teachers)]  # fmt: skip
    have = Counter((each.school, each.subject) for each in people)
    needs = [Need(each.code, subject, low := draw.choice([0.0, 0.6, 1.0, 1.8]), low + 0.5, have[each.code, subject]) for each in schools for subject in ("pe", "art")]
    more = own(rotation_share=0.5, county_most_share=1.0, school_most_share=0.5, rotation_term_years=draw.choice([1, 2]))
    # Senior applicants without a year at a weak school: one year there is worth 150 kilometres.
    people = [replace(each, career=each.career if each.career and each.career.applies_senior else None) for each in people]
    return RotationRequest(people, schools, needs, 2026, **more, years=years)  # type: ignore[arg-type]


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10**6))
def test_small_counties_get_what_trying_everything_finds(seed: int) -> None:
    request = small_county(seed, teachers=5, years=1)
    assert plan_rotation(request).objective == pytest.approx(by_trying(request, list(request.teachers)), abs=1e-2)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10**6))
def test_small_counties_get_the_best_two_years_there_are(seed: int) -> None:
    request = small_county(seed, teachers=4, years=2)
    plan = plan_rotation(request)
    # What is missing of a share in a later year is counted from a fraction: a thousandth of a teacher is worth 100.
    assert plan.objective == pytest.approx(by_trying(request, list(request.teachers)), abs=1.0)


def test_in_three_years_the_burden_is_spread_over_teachers_and_schools() -> None:
    """Everybody may go; 3 of 30 in each year, nobody twice, no school more than its share."""
    people = [teacher(at, "ABC"[at % 3], is_backbone=True) for at in range(30)]
    needs = [Need(code, "pe", 10.0, 10.9, 10) for code in "ABC"]
    plan = plan_rotation(RotationRequest(people, [school("A"), school("B", 3), school("C", 5)], needs, 2026, P, years=3))

    assert [(each.eligible, each.target, each.sent) for each in plan.years] == [(30, 3, 3), (27, 3, 3), (24, 3, 3)]
    assert len({each.number for each in plan.moves}) == 9
    assert Counter(each.from_school for each in plan.moves) == {"A": 3, "B": 3, "C": 3}


def test_who_needs_years_at_a_weak_school_goes_first_and_early_enough() -> None:
    """T005 wants to be a principal: three years at a weak school, so the first year of the plan or none."""
    people = [teacher(at, "AB"[at % 2], is_backbone=True, career=Career(f"T{at:03d}", Decimal(0), False, at == 5)) for at in range(20)]
    needs = [Need(code, "pe", 10.0, 10.9, 10) for code in "AB"]
    plan = plan_rotation(RotationRequest(people, [school("A", weak=True), school("B", 3)], needs, 2026, P, years=3))

    assert [each.school_year for each in plan.moves if each.number == "T005"] == [2026]
    (career,) = plan.careers
    assert (career.gained, career.before.priority, career.after.priority) == (3, Verdict.FAIL, Verdict.PASS)


def test_who_becomes_eligible_later_counts_from_then_on() -> None:
    people = [teacher(at, "AB"[at % 2], is_backbone=True, years_here=5.0 if at < 10 else 8.0) for at in range(20)]
    needs = [Need(code, "pe", 10.0, 10.9, 10) for code in "AB"]
    plan = plan_rotation(RotationRequest(people, [school("A"), school("B", 3)], needs, 2026, P, years=2))

    assert [each.eligible for each in plan.years] == [10, 20 - plan.years[0].sent]
    assert plan.left_out == {}


def test_a_gap_is_closed_before_anything_else() -> None:
    """One PE teacher too many at A, one missing at far-off B; near C needs nobody."""
    request = RotationRequest([teacher(1, "A"), teacher(2, "A"), teacher(3, "A", is_backbone=True), teacher(4, "C")],
                              [school("A"), school("B", 25, weak=True), school("C", 1)],
                              [Need("A", "pe", 2.0, 2.2, 3), Need("B", "pe", 1.0, 1.1, 0), Need("C", "pe", 1.0, 1.1, 1)], 2026, **own(school_most_share=0.5))  # type: ignore[arg-type]  # fmt: skip
    plan = plan_rotation(request)

    assert [(each.number, each.from_school, each.to_school, each.closes_gap) for each in plan.moves] == [("T003", "A", "B", True)]
    assert (plan.years[0].closed, plan.gaps, plan.reached) == (1, 1, True)
    assert plan.moves[0].why == "填补B校体育与健康缺口；本校任教 8 年，以往轮岗 0 次，距原校 25.2 公里"


def test_without_gaps_schools_exchange_and_those_go_who_went_least() -> None:
    people = [teacher(at, "AB"[at % 2], times=at // 2, is_backbone=True) for at in range(20)]
    needs = [Need(code, "pe", 10.0, 10.9, 10) for code in "AB"]
    plan = plan_rotation(RotationRequest(people, [school("A"), school("B", 3)], needs, 2026, P))

    assert [each.number for each in plan.moves] == ["T000", "T001"]
    assert {each.closes_gap for each in plan.moves} == {False}


def test_who_did_not_tell_how_often_stands_between_and_is_told() -> None:
    people = [teacher(at, "AB"[at % 2], times=(2, None, 0)[at // 2 % 3], is_backbone=True) for at in range(12)]
    needs = [Need(code, "pe", 6.0, 6.5, 6) for code in "AB"]
    plan = plan_rotation(RotationRequest(people, [school("A"), school("B", 3)], needs, 2026, **own(rotation_share=0.5, county_most_share=0.6, school_most_share=0.6)))  # type: ignore[arg-type]

    assert Counter(people[int(each.number[1:])].times for each in plan.moves) == {0: 4, None: 2}
    assert any("4 名符合条件的教师未报以往轮岗次数，排序时按 1 次处理" in note for note in plan.notes)


def test_the_commuting_limit_is_counted_from_home_where_it_is_told() -> None:
    people = [teacher(at, "AB"[at % 2], is_backbone=True) for at in range(4)]
    people[0] = replace(people[0], longitude=124.0, latitude=41.0)  # 84 km from both schools
    needs = [Need(code, "pe", 2.0, 2.2, 2) for code in "AB"]
    plan = plan_rotation(RotationRequest(people, [school("A"), school("B", 3)], needs, 2026, **own(school_most_share=0.5, county_most_share=0.5)))  # type: ignore[arg-type]

    assert "T000" not in {each.number for each in plan.moves}
    assert "T002" in {each.number for each in plan.moves}


def test_when_the_share_cannot_be_reached_the_plan_says_why() -> None:
    people = [teacher(at, "A") for at in range(20)]
    plan = plan_rotation(RotationRequest(people, [school("A"), school("B", 90)], [Need("A", "pe", 1.0, 1.1, 20)], 2026, P))

    assert not plan.reached
    assert plan.moves == []
    assert plan.notes[0].startswith("达不到 10%：须轮岗 2 人，最多只能安排 0 人。符合条件的 20 人中，0 人在通勤上限内")


def test_without_backbone_teachers_the_second_share_is_told() -> None:
    needs = [Need("A", "pe", 1.0, 1.1, 20), Need("B", "pe", 5.0, 5.5, 0)]
    plan = plan_rotation(RotationRequest([teacher(at, "A") for at in range(20)], [school("A"), school("B", 3)], needs, 2026, P))

    assert not plan.reached
    assert any("骨干教师达不到 20%：符合条件的骨干教师 0 人" in note for note in plan.notes)


def test_who_is_not_eligible_is_told_why() -> None:
    people = [teacher(1, "A", years_here=5.9), teacher(2, "A", years_here=None), teacher(3, "A", exempt="重病"), teacher(4, "X"), teacher(5, "A"),
              teacher(6, "A", born=date(1969, 1, 1), sex="1"), teacher(7, "A", born=date(1971, 1, 1), sex="1")]  # fmt: skip
    plan = plan_rotation(RotationRequest(people, [school("A")], [], 2026, P))

    assert plan.left_out == {
        "T001": "本校连续任教 5.9 年，不满 6 年", "T002": "未报本校连续任教年数", "T003": "豁免：重病", "T004": "所在学校不在学校表中",
        "T006": "豁免：2030 年 2 月退休，不足 5 年",
    }  # fmt: skip
    assert plan.years[0].eligible == 2
    assert any("1 名教师未报本校连续任教年数" in note for note in plan.notes)


def test_repeated_numbers_are_refused() -> None:
    with pytest.raises(UserError, match="编号重复：T001"):
        plan_rotation(RotationRequest([teacher(1, "A"), teacher(1, "A")], [school("A")], [], 2026, P))


def test_nobody_eligible_is_a_plan_without_moves() -> None:
    plan = plan_rotation(RotationRequest([teacher(1, "A", years_here=1)], [school("A")], [], 2026, P))
    assert (plan.moves, plan.years[0].eligible, plan.reached) == ([], 0, True)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10**6))
def test_circuits_are_as_few_and_short_as_trying_every_partition_finds(seed: int) -> None:
    draw = random.Random(seed)
    small = [school(f"V{at}", draw.uniform(0, 25)) for at in range(5)]
    bases = [school(f"B{at}", draw.uniform(0, 25)) for at in range(2)]
    needs = {each.code: draw.choice([0.2, 0.3, 0.5, 0.7, 0.0]) for each in small}
    found = circuits("pe", needs, small, bases, P)

    km = distances_m(*(np.array([(each.longitude, each.latitude) for each in table]) for table in (bases, small))) / 1000

    def way(group: list[int]) -> float | None:
        if sum(needs[small[at].code] for at in group) > 1 + 1e-6 or len(group) > 4:
            return None
        reach = [2 * float(km[b, group].sum()) for b in range(2) if (km[b, group] <= 20).all()]
        return min(reach) if reach else 10_000.0 if len(group) == 1 else None

    wanted = [at for at in range(5) if needs[small[at].code]]
    best = float("inf")
    for marks in product(range(len(wanted)), repeat=len(wanted)):
        ways = [way([at for at, mark in zip(wanted, marks, strict=True) if mark == group]) for group in set(marks)]
        if None not in ways:
            best = min(best, sum(10_000 + (each or 0.0) for each in ways))
    assert sum(10_000 + (each.km if each.base else 10_000) for each in found) == pytest.approx(best if wanted else 0, abs=1e-3)
    assert sorted(code for each in found for code in each.schools) == [small[at].code for at in wanted]


def test_a_school_out_of_reach_stands_alone_without_a_base() -> None:
    found = circuits("pe", {"V": 0.4}, [school("V", 60)], [school("B")], P)
    assert [(each.base, each.schools) for each in found] == [("", ("V",))]


def test_whole_teachers_are_not_for_circuits() -> None:
    found = circuits("pe", {"V": 2.0, "W": 1.5}, [school("V"), school("W")], [school("B")], P)
    assert [(each.schools, each.need) for each in found] == [(("W",), 0.5)]


def test_many_small_schools_are_served_within_the_limits() -> None:
    small = [school(f"V{at:02d}", at * 0.8) for at in range(30)]
    bases = [school(f"B{at}", at * 8) for at in range(4)]
    found = circuits("art", {each.code: 0.3 for each in small}, small, bases, P)

    assert sorted(code for each in found for code in each.schools) == [each.code for each in small]
    assert all(len(each.schools) <= 4 and each.need <= 1 + 1e-6 and each.base for each in found)
    assert len(found) == 10  # three of 0.3 fit into one teacher
