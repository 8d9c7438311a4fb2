"""试算: the same as judging a changed release, in a moment, kept nowhere but where somebody saves it."""

from __future__ import annotations

import pytest
from django.urls import reverse

from junheng.common.errors import UserError
from junheng.engine.measure import measure
from junheng.judging.county import judge
from junheng.tables import table
from junheng.web.dashboards.changes import FigureChange, LimitChange, all_of, read_change, stored_value
from junheng.web.dashboards.models import Scenario
from junheng.web.dashboards.prepared import prepared
from junheng.web.dashboards.whatif import what_if
from junheng.web.rights.roles import Role


@pytest.fixture
def before(frozen):
    return prepared([frozen])


def test_a_figure_changed_here_is_judged_as_if_it_had_been_reported(world, before):
    found = what_if(before, [FigureChange(world.school.code, "", "multimedia_rooms", 40.0), FigureChange(world.school.code, "", "equipment_value_yuan", 9e6)])
    row = next(row for row in before.facts.school if row["school_code"] == world.school.code)
    reported = before.only({world.unit.code})
    reported.school = [{**row, "multimedia_rooms": 40, "equipment_value_yuan": 9e6} if each is row else each for each in reported.school]
    policy = before.policies[world.unit.code]
    measured = measure(reported, policy, 2025, "polars")
    assert found.new.verdicts() == judge(measured, lambda _: policy, before.left_out).verdicts()
    assert ("school", world.school.code) in {(each.kind, each.id) for each in found.turned}


def test_a_figure_taken_away_is_missing_and_not_zero(world, before):
    mended = FigureChange(world.school.code, "", "multimedia_rooms", 40.0)  # else no completion could bring the CV down
    found = what_if(before, [mended, FigureChange(world.schools[1].code, "", "multimedia_rooms", None)])
    cv = next(each.new for each in found.cvs(world.unit.code) if each.code == "L7" and each.new.cv is None)
    assert cv.verdict == "insufficient"


def test_a_value_of_the_standard_changes_verdicts_and_measures_nothing_again(world, before):
    limit = before.policies[world.unit.code].balance.limit
    found = what_if(before, [LimitChange(limit, "primary", all_of([["limit", limit, "primary", "0"]])[0].value)])
    assert found.new.measured is before.measured
    assert all(each.new.verdict != "pass" for each in found.cvs(world.unit.code) if each.stage_label == "小学" and each.new.cv)
    assert before.policies[world.unit.code].limits[limit].at("primary").value > 0


def test_what_a_link_says_that_is_no_change_is_refused_in_words():
    for said in ("", "[]", '["limit", "a", "b", "−1"]', '["figure", "1", "", "school_name", "x"]', '["limit", "a", "b", "1e400"]', '{"a": 1}'):
        with pytest.raises(UserError):
            read_change(said)
    with pytest.raises(UserError, match="整数"):
        stored_value(table("school").column("multimedia_rooms"), "2.5")
    assert stored_value(table("school").column("equipment_value_yuan"), "12.5") == 125000
    assert stored_value(table("school").column("multimedia_rooms"), " ") is None


def test_a_scenario_is_saved_and_opened_by_others_within_the_reach_and_by_nobody_else(world, frozen, signed_in, tree):
    admin = signed_in(Role.COUNTY_ADMIN)
    url = reverse("whatif", args=[world.round.pk, world.unit.code])
    answer = admin.get(url, {"school": world.school.name, "column": "multimedia_rooms", "to": "40"})
    assert answer.status_code == 302
    page = admin.get(answer["Location"]).content.decode()
    assert "用时" in page
    saved = admin.post(answer["Location"], {"title": "多媒体教室补齐"})
    kept = Scenario.objects.get()
    assert saved["Location"] == reverse("scenario", args=[kept.pk])
    assert "多媒体教室补齐" in signed_in(Role.CITY_REVIEWER).get(saved["Location"]).content.decode()
    assert signed_in(Role.COUNTY_ADMIN, tree.other_county).get(saved["Location"]).status_code == 404
    assert signed_in(Role.SCHOOL_CLERK, world.school).get(saved["Location"]).status_code == 404


def test_a_school_nobody_knows_is_refused_on_the_page(world, frozen, signed_in):
    page = signed_in(Role.COUNTY_ADMIN).get(reverse("whatif", args=[world.round.pk, world.unit.code]), {"school": "没有这所", "column": "multimedia_rooms", "to": "4"})
    assert "认不出“没有这所”是哪所学校" in page.content.decode()
