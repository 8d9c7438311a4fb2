"""A criterion that is asked of every school: a mended school is told and closed by itself, whatever the others do."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

import pytest
from rectification.county_facts import GOOD, JUNIOR, SMALL, county
from rectification.steps import go, until

from junheng.web.areas.actions import ensure_unit
from junheng.web.rectification.actions.from_release import raise_from_release
from junheng.web.rectification.causes import Standing, look_up, schools_named
from junheng.web.rectification.models import Problem
from junheng.web.rectification.rechecks import counted, rechecks_of
from junheng.web.rights.levels import UnitKind
from junheng.web.rights.roles import Role

_NONE = dict.fromkeys(("to_25", "26_30", "31_35", "41_45", "46_50", "51_55", "56_60", "61_65", "from_66"), 0)
MENDED = {f"classes_{band}": number for band, number in _NONE.items()} | {"classes_36_40": 14}
TOO_LARGE = MENDED | {"classes_36_40": 12, "classes_51_55": 2}
UNSAID = dict.fromkeys(MENDED)


def _county(**schools: dict[str, object]):
    """_county(good=…, small=…, junior=…): figures bent; whoever is not named has two classes too large."""
    made = county()
    for row in made.facts.school:
        row.update(schools.get({GOOD: "good", SMALL: "small", JUNIOR: "junior"}[row["school_code"]], TOO_LARGE))
    made.sources[:] = [replace(made.sources[0], sha256=sha256(repr(schools).encode()).hexdigest())]
    return made


@pytest.fixture
def raised(freeze, person, tree):
    """Three schools whose classes are too large, each with its problem: school code → problem."""
    ensure_unit(SMALL, "和平区第三小学", UnitKind.SCHOOL, tree.county)
    raise_from_release(freeze(_county()), by=person(Role.COUNTY_ADMIN))
    found = {each.unit.code: each for each in Problem.objects.filter(criterion="class_size")}
    assert set(found) == {GOOD, SMALL, JUNIOR}
    return found


def test_a_mended_school_is_told_though_others_still_fall_short(raised, freeze):
    release = freeze(_county(good=MENDED, small=UNSAID))
    assert release.result["criteria"]["class_size"]["verdict"] == "fail"
    assert {code: look_up(each).standing for code, each in raised.items()} == {
        GOOD: Standing.GONE, SMALL: Standing.UNDECIDED, JUNIOR: Standing.STILL,
    }  # fmt: skip


def test_its_problem_is_closed_on_its_own_recheck(raised, freeze, people):
    freeze(_county(good=MENDED))
    of_school = people[UnitKind.SCHOOL]
    closed = go(until(raised[GOOD], people, "close"), "close", of_school["close"])
    assert closed.state == "closed"


def _as_frozen_before_schools_were_named(release):
    release.detail = {name: said for name, said in release.detail.items() if name != "by_school"}
    release.save()
    return release


def test_a_release_frozen_before_it_named_the_schools_is_judged_again(raised, freeze, django_assert_num_queries):
    release = freeze(_county(good=MENDED, small=UNSAID))
    named = release.detail["by_school"]
    _as_frozen_before_schools_were_named(release)
    assert {code: look_up(each).standing for code, each in raised.items()} == {
        GOOD: Standing.GONE, SMALL: Standing.UNDECIDED, JUNIOR: Standing.STILL,
    }  # fmt: skip
    assert schools_named(release) == named
    release.refresh_from_db()
    assert "by_school" not in release.detail, "a release never changes"


def test_where_its_bytes_are_lost_or_say_otherwise_now_the_whole_criterion_is_asked(raised, freeze):
    release = _as_frozen_before_schools_were_named(freeze(_county(good=MENDED)))
    release.result["criteria"]["class_size"]["failing"] = []
    release.save()
    assert look_up(raised[GOOD]).standing is Standing.UNDECIDED
    lost = _as_frozen_before_schools_were_named(freeze(_county(good=MENDED, small=MENDED)))
    lost.key = "releases/lost"
    lost.save()
    assert look_up(raised[SMALL]).standing is Standing.UNDECIDED


def test_a_school_that_is_no_more_is_not_undecided_for_ever(raised, freeze):
    without = _county(good=MENDED)
    without.facts.school[:] = [row for row in without.facts.school if row["school_code"] != SMALL]
    freeze(without)
    assert look_up(raised[SMALL]).standing is Standing.UNKNOWN


def test_schools_are_counted_by_how_each_stands(raised, freeze, people, tree, django_assert_num_queries):
    freeze(_county(good=MENDED, small=MENDED))
    go(until(raised[GOOD], people, "close"), "close", people[UnitKind.SCHOOL]["close"])
    with django_assert_num_queries(2):
        found = rechecks_of(tree.county, "class_size")
    assert counted(found) == "3 所学校：仍未达到 1 所；重新判定达到，可以销号 1 所；已销号 1 所"
    assert [each.verdict for each in found] == ["pass", "pass", "fail"]
    assert counted([]) == ""
