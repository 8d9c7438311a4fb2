"""The first page says whose turn an evaluation is, and leads there."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from evaluation_steps import press, up_to

from junheng.web.evaluation.actions import assign, close_statements, start, state_case
from junheng.web.evaluation.waiting import waiting
from junheng.web.publicity.models import Announcement
from junheng.web.publicity.waiting import waiting as publicity
from junheng.web.rights.roles import Role
from junheng.web.rounds.models import Participation


def _titles(user) -> list[str]:
    return [line.title for line in waiting(user)]


@pytest.mark.parametrize(("state", "role", "title"), [
    ("county_self", Role.COUNTY_REVIEWER, "待提交的县级自评"), ("city_review", Role.CITY_REVIEWER, "待复核的县级自评"),
    ("prov_qualification", Role.PROVINCE_ADMIN, "待资格审查的县"), ("prov_materials", Role.PROVINCE_ADMIN, "待审核材料的县"),
    ("prov_recognition", Role.PROVINCE_ADMIN, "待登记社会认可度的县"), ("prov_conclusion", Role.PROVINCE_ADMIN, "待形成结论的县"),
])  # fmt: skip
def test_whoever_has_to_act_finds_it_on_the_first_page_and_nobody_else_does(evaluation, release, signed_in, person, tree, state, role, title):
    up_to(evaluation, state, signed_in, person)
    assert title in _titles(person(role))
    page = signed_in(role).get("/").content.decode()
    assert reverse("evaluation", args=[evaluation.pk]) in page
    others = [each for each in (Role.COUNTY_ADMIN, Role.COUNTY_REVIEWER, Role.CITY_REVIEWER, Role.PROVINCE_ADMIN, Role.DEPARTMENT) if each is not role]
    assert not any(title in _titles(person(each)) for each in others)
    assert _titles(person(Role.CITY_REVIEWER, tree.other_city)) == []


def test_an_expert_is_led_to_the_schools(evaluation, release, signed_in, person):
    up_to(evaluation, "prov_visit", signed_in, person)
    expert = person(Role.PROVINCE_EXPERT)
    assert waiting(expert) == []
    assign(evaluation, expert, by=person(Role.PROVINCE_ADMIN))
    (line,) = waiting(expert)
    assert (line.title, line.url) == ("要入校核查的县", reverse("my_visits"))


def test_a_draft_waits_for_the_county_until_it_has_no_more_to_say_and_a_statement_for_the_province(evaluation, release, signed_in, person):
    up_to(evaluation, "prov_conclusion", signed_in, person)
    county, province = person(Role.COUNTY_ADMIN), person(Role.PROVINCE_ADMIN)
    assert "督导意见书征求意见，可以申辩" in _titles(county)
    state_case(evaluation, "另有说明。", by=county)
    assert "待答复的申辩" in _titles(province)
    close_statements(evaluation, by=county)
    assert _titles(county) == []


def test_what_the_public_objects_and_a_closed_window_wait_for_the_province(evaluation, release, signed_in, person):
    up_to(evaluation, "publicised", signed_in, person)
    province = person(Role.PROVINCE_ADMIN)
    assert publicity(province) == []
    assert "公示期满，待公告的县" not in _titles(province)
    Client().post(reverse("announcement", args=[Announcement.objects.get().pk]), {"text": "不符", "client_id": str(uuid.uuid4())})
    (line,) = publicity(province)
    assert (line.title, line.url) == ("待受理的异议", f"{reverse('objections')}?state=received")
    assert publicity(person(Role.COUNTY_ADMIN)) == []
    press(signed_in(Role.PROVINCE_ADMIN), Announcement.objects.get().objections.get(), "review")
    assert [each.title for each in publicity(province)] == ["待答复的异议"]
    Announcement.objects.update(closes_on=timezone.localdate() - timedelta(days=1))
    assert "公示期满，待公告的县" in _titles(province)


def test_the_first_page_asks_as_often_for_many_counties_as_for_one(evaluation, round, tree, person):
    user = person(Role.PROVINCE_ADMIN)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            waiting(user)
        return len(captured)

    queries()  # the account's own reach is asked for once
    few = queries()
    Participation.objects.create(round=round, unit=tree.other_county)
    start(round, by=user)
    assert queries() == few
