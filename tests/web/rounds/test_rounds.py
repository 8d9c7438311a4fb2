"""The province makes a round, says who takes part, opens it; its units are asked in the background."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from junheng.web.audit.models import AuditEvent
from junheng.web.flow.errors import NotAllowed, Refused
from junheng.web.jobs.models import Job, JobState
from junheng.web.reporting.models import Submission
from junheng.web.rights.roles import Role
from junheng.web.rounds.actions import ACTIONS, change_round, create_round, set_participants
from junheng.web.rounds.actions.keep import Plan
from junheng.web.rounds.forms import deadlines
from junheng.web.rounds.models import Round

TODAY = timezone.localdate()


def plan(**how) -> Plan:
    words = {"name": "2025 年优质均衡督导评估", "policy": "quality_balance_2017", "school_year": 2025, "opens_on": None,
             "reports_due_on": TODAY + timedelta(days=30), "self_due_on": TODAY + timedelta(days=60), "review_due_on": None, "parameters": {}}  # fmt: skip
    return Plan(**(words | how))


@pytest.fixture
def province(person):
    return person(Role.PROVINCE_ADMIN)


@pytest.fixture
def made(province) -> Round:
    return create_round(plan(), by=province)


def test_a_round_begins_in_preparation_with_every_county(made, tree):
    assert made.state == "planned"
    assert {each.unit for each in made.participations.all()} == {tree.county, tree.other_county}
    assert AuditEvent.objects.get(action="rounds.create").after["school_year"] == 2025


def test_the_form_makes_one_and_names_what_is_wrong(signed_in, tree):
    client = signed_in(Role.PROVINCE_ADMIN)
    words = {"name": "", "policy": "quality_balance_2017", "school_year": "2025", "reports_due_on": "2026-12-01", "self_due_on": "2026-11-01"}
    assert client.post(reverse("round_new"), words).status_code == 422
    page = client.post(reverse("round_new"), words | {"name": "甲"}).content.decode()
    assert "这一天早于前一步的日期" in page
    parameter = deadlines()[0][1].parameter
    field = "days_" + parameter.replace(".", "_")
    response = client.post(reverse("round_new"), words | {"name": "甲", "self_due_on": "2026-12-20", field: "7"})
    assert response.status_code == 302
    round = Round.objects.get()
    assert round.parameters == {parameter: 7}
    assert round.days(deadlines()[0][1]) == 7
    page = client.get(reverse("round", args=[round.pk])).content.decode()
    assert "7 天（原定" in page
    assert "2025—2026 学年" in page


def test_opening_asks_every_school_and_county_that_takes_part_exactly_once(made, province, tree, run_jobs, signed_in):
    set_participants(made, [tree.county.code], by=province)
    client = signed_in(Role.PROVINCE_ADMIN)
    assert client.post(reverse("round_do", args=[made.pk, "open"]), {"seen_moves": made.moves}).status_code == 302
    (job,) = run_jobs()
    assert (job.state, job.outcome) == (JobState.DONE, {"new": 3})
    asked = Submission.objects.filter(round=made)
    assert {each.unit for each in asked} == {tree.county, tree.school, tree.school_beside}
    assert {(each.state, each.due_on) for each in asked} == {("waiting", made.reports_due_on)}
    Job.objects.filter(pk=job.pk).update(state=JobState.QUEUED)
    run_jobs()
    assert asked.count() == 3


def test_a_round_without_a_deadline_or_without_counties_does_not_open(made, province):
    change_round(made, plan(reports_due_on=None, self_due_on=None), by=province)
    with pytest.raises(Refused, match="填报截止日"):
        ACTIONS["open"](made, by=province)
    change_round(made, plan(), by=province)
    set_participants(made, [], by=province)
    with pytest.raises(Refused, match="参加的县"):
        ACTIONS["open"](made, by=province)


def test_once_open_the_standard_the_year_and_who_takes_part_are_settled(made, province, tree, run_jobs):
    ACTIONS["open"](made, by=province)
    with pytest.raises(Refused, match="不能再改"):
        change_round(made, plan(policy="basic_balance_2012"), by=province)
    with pytest.raises(Refused, match="不能去掉"):
        set_participants(made, [tree.county.code], by=province)
    later = TODAY + timedelta(days=45)
    change_round(made, plan(reports_due_on=later), by=province)
    run_jobs()
    assert {each.due_on for each in Submission.objects.all()} == {later}


def test_a_county_that_joins_an_open_round_is_asked_too(made, province, tree, run_jobs):
    set_participants(made, [tree.county.code], by=province)
    ACTIONS["open"](made, by=province)
    run_jobs()
    assert not Submission.objects.filter(unit=tree.other_school).exists()
    set_participants(made, [tree.county.code, tree.other_county.code], by=province)
    run_jobs()
    assert Submission.objects.filter(unit=tree.other_school).exists()


def test_a_round_is_closed_and_opened_again(made, province, run_jobs):
    for step, state in (("open", "open"), ("close", "closed"), ("reopen", "open")):
        assert ACTIONS[step](Round.objects.get(pk=made.pk), by=province).state == state


def test_an_unknown_standard_is_refused(province):
    with pytest.raises(Refused):
        create_round(plan(policy="no_such_pack"), by=province)


@pytest.mark.parametrize("role", [each for each in Role if each is not Role.PROVINCE_ADMIN])
def test_nobody_but_the_province_keeps_rounds(role, made, person, signed_in):
    by = person(role)
    for act in (lambda: create_round(plan(), by=by), lambda: change_round(made, plan(), by=by), lambda: set_participants(made, [], by=by)):
        with pytest.raises(NotAllowed):
            act()
    client = signed_in(role)
    assert client.get(reverse("round", args=[made.pk])).status_code == 404
    assert client.get(reverse("round_new")).status_code == 404


def test_everybody_sees_an_open_round_and_only_the_province_one_in_preparation(made, province, signed_in):
    clerk = signed_in(Role.SCHOOL_CLERK)
    assert made.name not in clerk.get(reverse("rounds")).content.decode()
    assert made.name in signed_in(Role.PROVINCE_ADMIN).get(reverse("rounds")).content.decode()
    ACTIONS["open"](made, by=province)
    assert made.name in clerk.get(reverse("rounds")).content.decode()


def test_participants_are_chosen_by_city(made, signed_in, tree):
    client = signed_in(Role.PROVINCE_ADMIN)
    url = reverse("round_counties", args=[made.pk])
    page = client.get(url).content.decode()
    assert tree.city.name in page
    assert client.post(url, {"county": [tree.county.code]}).status_code == 302
    assert made.participations.count() == 1


def test_the_lists_take_the_same_number_of_queries_for_one_row_and_fifty(made, province, signed_in):
    client = signed_in(Role.PROVINCE_ADMIN)

    def queries(url: str) -> int:
        client.get(url)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200
        return len(captured)

    few = queries(reverse("rounds"))
    for number in range(50):
        create_round(plan(name=f"第 {number} 轮"), by=province)
    assert queries(reverse("rounds")) <= few
