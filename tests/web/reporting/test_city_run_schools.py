"""Schools that a city or the province runs: asked, checked by whoever runs them, counted with the county they lie in."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from django.urls import reverse

from junheng.reports.assess import Request, assess
from junheng.web.areas.actions import ensure_unit, place_school
from junheng.web.areas.models import Unit
from junheng.web.audit.models import AuditEvent
from junheng.web.evidence.models import Evidence
from junheng.web.evidence.queries import counts_by_criterion
from junheng.web.notices.actions import dispatch
from junheng.web.notices.models import Notice
from junheng.web.rectification.actions.from_release import raise_from_release
from junheng.web.rectification.models import Problem
from junheng.web.reporting import live
from junheng.web.reporting.actions import freeze_county, make_submissions
from junheng.web.reporting.models import Submission
from junheng.web.reporting.waiting import waiting
from junheng.web.rights.levels import UnitKind
from junheng.web.rights.roles import Role


@pytest.fixture
def city_run(world, tree, person) -> Unit:
    """The first school of the world is run by 沈阳市 and lies in 和平区; its round knows it so from the start."""
    school = world.schools[0]
    Submission.objects.filter(unit=school).delete()
    moved = ensure_unit(school.code, school.name, UnitKind.SCHOOL, tree.city)
    world.schools[0] = place_school(moved, tree.county, by=person(Role.SYSTEM_ADMIN).actor)
    make_submissions(world.round)
    return world.schools[0]


def _do(world, client, unit, step, **words):
    submission = world.submission(unit)
    return client.post(reverse("submission_do", args=[submission.pk, step]), {"seen_moves": submission.moves, **words})


def _board(world, unit):
    return reverse("reporting_unit", kwargs={"round_id": world.round.pk, "code": unit.code})


def test_a_city_run_school_reports_is_accepted_by_its_city_and_judged_with_its_county(world, tree, city_run, signed_in, person, tmp_path):
    world.hand_in_all()
    county, city = signed_in(Role.COUNTY_REVIEWER), signed_in(Role.CITY_REVIEWER)
    for unit in (*world.schools[1:], world.unit):
        _do(world, county, unit, "accept")
    assert _do(world, county, city_run, "accept").status_code == 404
    assert world.submission(city_run).state == "submitted"
    assert _do(world, city, world.schools[1], "return", reason="试").status_code == 404, "a county's school is the county's"
    _do(world, city, city_run, "return", reason="请核对校舍面积")
    assert "市里退回：请核对校舍面积。" in world.client(city_run).get(reverse("submission", args=[world.submission(city_run).pk])).content.decode()
    world.hand_in(city_run)
    _do(world, city, city_run, "accept")
    assert {world.submission(each).state for each in (*world.schools, world.unit)} == {"accepted"}

    frozen = freeze_county(world.round, world.unit, by=person(Role.COUNTY_ADMIN))
    folder = tmp_path / "in"
    folder.mkdir()
    for unit in (*world.schools, world.unit):
        (folder / f"{unit.name}.xlsx").write_bytes(world.workbook(unit))
    assess(Request((folder,), tmp_path / "out", world.round.policy, "duckdb", 2025, "某人", datetime.now(UTC)), lambda *said: None, lambda name: None)
    assert frozen.result == json.loads((tmp_path / "out" / "result.json").read_text("utf-8"))
    assert city_run.code in {each["code"] for each in frozen.result["stages"]["primary"]["schools"]}
    assert len(frozen.source_versions) == len(world.schools) + 1


def test_the_county_sees_what_its_verdict_rests_on_and_changes_nothing_of_it(world, tree, city_run, signed_in):
    world.hand_in(city_run)
    own = world.submission(city_run)
    for role in (Role.COUNTY_ADMIN, Role.COUNTY_REVIEWER):
        client = signed_in(role)
        assert client.get(reverse("submission", args=[own.pk])).status_code == 200
        assert "市直属" in client.get(_board(world, tree.county)).content.decode()
        assert client.get(reverse("evidence", args=[world.round.pk, city_run.code])).status_code == 200
        for step in ("withdraw", "accept", "return", "submit"):
            assert _do(world, client, city_run, step, reason="试").status_code in (403, 404)
        assert client.post(reverse("submission_save", args=[own.pk, "school-0-0"]), {"school-0-students": "1"}).status_code == 404
        assert client.get(reverse("submission_exception", args=[own.pk])).status_code == 404
    other = signed_in(Role.COUNTY_ADMIN, tree.other_county)
    assert other.get(reverse("submission", args=[own.pk])).status_code == 404
    assert signed_in(Role.CITY_REVIEWER, tree.other_city).get(reverse("submission", args=[own.pk])).status_code == 404
    assert signed_in(Role.SCHOOL_CLERK, world.schools[1]).get(reverse("submission", args=[own.pk])).status_code == 404
    assert world.submission(city_run).moves == own.moves


def test_one_that_has_not_reported_keeps_the_county_open(world, tree, city_run):
    for unit in (*world.schools[1:], world.unit):
        world.hand_in(unit)
    now = live.verdict(world.round, tree.county)
    assert [each.code for each in now.at.silent] == [city_run.code]
    assert str(now.judged.verdict.verdict) == "insufficient"
    world.hand_in(city_run)
    assert live.verdict(world.round, tree.county).at.silent == ()


def test_accepting_everything_takes_what_is_ones_own_to_accept(world, tree, city_run, signed_in, person, run_jobs):
    world.hand_in_all()
    accept = {"round_id": world.round.pk}
    assert "全部已提交的 3 所" in signed_in(Role.COUNTY_REVIEWER).get(_board(world, tree.county)).content.decode()
    city = signed_in(Role.CITY_REVIEWER)
    page = city.get(_board(world, tree.city)).content.decode()
    assert "接收沈阳市直属学校全部已提交的 1 所" in page
    assert "沈阳市直属学校（1 所，已计入所在的县）" in page
    assert {each.title.split("：")[1]: each.count for each in waiting(person(Role.CITY_REVIEWER))} == {"待接收的填报": 1}
    assert {each.title.split("：")[1]: each.count for each in waiting(person(Role.COUNTY_REVIEWER))} == {"待接收的填报": 3}
    city.post(reverse("reporting_accept", kwargs={**accept, "code": tree.city.code}))
    run_jobs()
    assert [world.submission(each).state for each in world.schools] == ["accepted", "submitted", "submitted", "submitted"]
    signed_in(Role.COUNTY_REVIEWER).post(reverse("reporting_accept", kwargs={**accept, "code": tree.county.code}))
    run_jobs()
    assert {world.submission(each).state for each in (*world.schools, world.unit)} == {"accepted"}


def test_every_board_counts_it_once_with_the_county_it_lies_in(world, tree, city_run, signed_in):
    for role, unit, below in ((Role.CITY_REVIEWER, tree.city, tree.county), (Role.PROVINCE_ADMIN, tree.province, tree.city)):
        response = signed_in(role).get(_board(world, unit))
        assert response.context["all"] == 4
        assert {row.unit: row.all for row in response.context["rows"]}[below] == 4
    assert signed_in(Role.COUNTY_REVIEWER).get(_board(world, tree.county)).context["all"] == 4


def test_whoever_is_concerned_is_told(world, tree, city_run, person):
    world.clerk(city_run)
    for role in (Role.CITY_REVIEWER, Role.COUNTY_REVIEWER):
        person(role)
    assert AuditEvent.objects.filter(action="reporting.asked", unit_path=city_run.path).count() == 1
    world.hand_in(city_run)
    dispatch(None)
    told = {notice.user.role: notice.title for notice in Notice.objects.select_related("user").filter(title__contains="待审核")}
    assert told == {Role.CITY_REVIEWER: "填报已提交，待审核"}
    assert Notice.objects.filter(user=world.clerk(city_run), title__contains="填报任务").exists()


def test_one_of_which_nobody_said_where_it_lies_is_named_and_not_asked(world, tree, signed_in):
    lost = ensure_unit("2121000007", "沈阳市直属某校", UnitKind.SCHOOL, tree.city)
    make_submissions(world.round)
    assert not Submission.objects.filter(unit=lost).exists()
    for url in (_board(world, tree.city), reverse("round", args=[world.round.pk])):
        assert "沈阳市直属某校" in signed_in(Role.PROVINCE_ADMIN).get(url).content.decode()


def test_one_run_by_the_province_is_accepted_by_the_province_alone(world, tree, signed_in, person):
    school = world.schools[0]
    Submission.objects.filter(unit=school).delete()
    world.schools[0] = place_school(ensure_unit(school.code, school.name, UnitKind.SCHOOL, tree.province), tree.county, by=person(Role.SYSTEM_ADMIN).actor)
    make_submissions(world.round)
    world.hand_in(world.schools[0])
    city, province = signed_in(Role.CITY_REVIEWER), signed_in(Role.PROVINCE_ADMIN)
    assert city.get(reverse("submission", args=[world.submission(world.schools[0]).pk])).status_code == 200
    assert _do(world, city, world.schools[0], "accept").status_code == 404
    _do(world, province, world.schools[0], "return", reason="请核对")
    world.hand_in(world.schools[0])
    _do(world, province, world.schools[0], "accept")
    assert world.submission(world.schools[0]).state == "accepted"


def test_its_shortfalls_are_laid_upon_the_school_and_are_its_citys_to_have_mended(world, tree, city_run, person):
    for unit in (*world.schools[1:], world.unit):
        world.hand_in(unit)
    assert world.hand_in(city_run, sport_field_area_m2=1, gym_area_m2=0).state == "submitted"
    frozen = freeze_county(world.round, world.unit, by=person(Role.COUNTY_ADMIN), formal=False)
    raise_from_release(frozen, by=person(Role.COUNTY_ADMIN))
    assert {each.owner for each in Problem.objects.filter(unit=city_run)} == {"city_school"}


def test_evidence_of_the_school_stands_among_the_countys(world, tree, city_run, signed_in):
    Evidence.objects.create(unit=city_run, round=world.round, criterion="class_size", title="班额统计", latest=1)
    assert counts_by_criterion(world.round, tree.county) == {"class_size": 1}
    assert counts_by_criterion(world.round, tree.other_county) == {}
