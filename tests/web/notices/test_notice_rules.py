"""What is told to whom: rules, their words, their readers, and the deadlines that come near."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.urls import resolve, reverse
from notices.conftest import TODAY
from rectification.steps import day, go, until

from junheng.web.audit.models import AuditEvent
from junheng.web.notices.actions import dispatch, remind_deadlines
from junheng.web.notices.audience import At, Below, Named, OfDepartment, WhoTook
from junheng.web.notices.models import Notice
from junheng.web.notices.rules import RULES
from junheng.web.notices.told import Told, subject_models, subject_of
from junheng.web.rectification.actions import ask_extension, escalate_overdue
from junheng.web.rectification.models import Problem
from junheng.web.rights.levels import UnitKind
from junheng.web.rights.roles import Department, Role


def _told() -> dict[str, set[str]]:
    """Title → the roles told, of everything not looked at before."""
    dispatch(TODAY)
    told: dict[str, set[str]] = {}
    for notice in Notice.objects.filter(read_at=None).select_related("user"):
        told.setdefault(notice.title, set()).add(notice.user.role)
    Notice.objects.all().delete()
    return told


def test_every_step_of_a_problem_is_told_to_whoever_comes_next(problem, people, person, tree):
    who = people[UnitKind.SCHOOL]
    person(Role.DEPARTMENT, tree.county)
    person(Role.SCHOOL_CLERK, tree.school_beside)
    found = problem()
    assert _told() == {"有新问题待分派": {Role.COUNTY_ADMIN}}
    found = go(found, "assign", who["assign"], department=Department.FINANCE)
    assert _told() == {"有问题需要整改": {Role.SCHOOL_CLERK, Role.DEPARTMENT}}
    found = go(found, "plan", who["plan"])
    assert _told() == {"整改措施已报送": {Role.COUNTY_ADMIN}}
    found = go(found, "submit", who["submit"])
    assert _told() == {"整改结果待核查": {Role.COUNTY_REVIEWER}}
    found = go(found, "send_back", who["send_back"])
    assert _told() == {"整改结果被退回": {Role.SCHOOL_CLERK, Role.DEPARTMENT}}
    found = go(go(found, "submit", who["submit"]), "verify", who["verify"])
    assert _told() == {"整改结果待核查": {Role.COUNTY_REVIEWER}, "整改待复查销号": {Role.CITY_REVIEWER}, "整改结果已通过核查": {Role.SCHOOL_CLERK}}
    go(found, "close", who["close"])
    assert _told() == {"问题已销号": {Role.SCHOOL_CLERK, Role.COUNTY_ADMIN}}


def test_escalation_and_extension_are_told(problem, people):
    found = until(problem(), people, "submit")
    Notice.objects.all().delete()
    request = ask_extension(found, by=people[UnitKind.SCHOOL]["plan"], data={"wished": str(day(90)), "reason": "雨季停工"})
    escalate_overdue(day(61))
    dispatch(TODAY)
    asked = Notice.objects.get(title="有延期申请待审批")
    assert asked.user.role == Role.COUNTY_ADMIN
    assert asked.url == reverse("problem", args=[found.pk])
    assert asked.text == f"{found}。申请延至 {request.wished.year}年{request.wished.month}月{request.wished.day}日：雨季停工"
    talks = Notice.objects.filter(title="问题转入约谈")
    assert {each.user.role for each in talks} == {Role.SCHOOL_CLERK, Role.COUNTY_ADMIN, Role.PROVINCE_ADMIN}
    assert "整改逾期，自动升级。" in talks[0].text


def test_a_deadline_is_reminded_of_three_days_before_and_on_the_day_and_once_each(problem, people):
    found = until(problem(), people, "submit")
    assert found.due_on == day(60)
    assert remind_deadlines(day(56)) == []
    assert remind_deadlines(day(58)) == [found.reference]
    assert remind_deadlines(day(58)) == []
    assert remind_deadlines(day(59)) == []
    assert remind_deadlines(day(60)) == [found.reference]
    assert remind_deadlines(day(60)) == []
    assert remind_deadlines(day(61)) == []
    dispatch(TODAY)
    soon, today = Notice.objects.filter(title="整改期限将到").order_by("event_seq")
    assert soon.user.role == today.user.role == Role.SCHOOL_CLERK
    assert "还有 2 天" in soon.text
    assert "整改中" in soon.text
    assert "今天到期" in today.text


def test_a_deadline_that_moved_is_reminded_of_again(problem, people):
    found = until(problem(), people, "submit")
    remind_deadlines(day(58))
    Problem.objects.update(due_on=day(70))
    assert remind_deadlines(day(68)) == [found.reference]


def test_whoever_checks_is_reminded_of_their_own_time(problem, people):
    found = until(problem(), people, "verify")
    remind_deadlines(found.due_on - timedelta(days=1))
    dispatch(TODAY)
    assert Notice.objects.get(title="核查期限将到").user.role == Role.COUNTY_REVIEWER


def _told_of(event: AuditEvent) -> Told:
    return Told(event, None, subject_of(event.subject))


def test_readers_are_found_by_level_department_deed_and_name(problem, people, person, tree, said):
    finance = person(Role.DEPARTMENT, tree.county)
    elsewhere = person(Role.DEPARTMENT, tree.other_county)
    clerk, beside = person(Role.SCHOOL_CLERK), person(Role.SCHOOL_CLERK, tree.school_beside)
    found = go(problem(), "assign", people[UnitKind.SCHOOL]["assign"], department=Department.FINANCE)
    found = go(go(found, "plan", people[UnitKind.SCHOOL]["plan"]), "submit", people[UnitKind.SCHOOL]["submit"])
    event = _told_of(said("x", subject=found.reference, expert=finance.pk))
    of_county = _told_of(said("x", unit=tree.county))
    assert set(At(0, (Role.SCHOOL_CLERK,)).of(event)) == {clerk}
    assert set(At(1, (Role.COUNTY_ADMIN, Role.CITY_REVIEWER)).of(event)) == {person(Role.COUNTY_ADMIN)}
    assert set(At(9, (Role.PROVINCE_ADMIN,)).of(event)) == {person(Role.PROVINCE_ADMIN)}
    assert set(Below((Role.SCHOOL_CLERK,)).of(of_county)) == {clerk, beside}
    assert set(OfDepartment().of(event)) == {finance}
    assert elsewhere not in set(OfDepartment().of(event))
    assert set(OfDepartment().of(of_county)) == set()
    assert set(WhoTook("submit").of(event)) == {people[UnitKind.SCHOOL]["submit"]}
    assert set(WhoTook("close").of(event)) == set()
    assert set(Named("expert").of(event)) == {finance}
    assert set(Named("nobody").of(event)) == set()


def test_every_rule_speaks_of_something_that_happens():
    """A transition, a deadline, or an action written somewhere in the code."""
    from pathlib import Path

    import junheng.web

    code = "\n".join(path.read_text("utf-8") for path in Path(junheng.web.__file__).parent.rglob("actions/*.py"))
    written = set(re.findall(r'action="([a-z_.]+)"', code))
    models = subject_models()
    happens = written | {f"{kind}.{each.id}" for kind, model in models.items() for each in model.process.transitions} | {f"{kind}.due" for kind in models}
    assert {rule.action for rule in RULES} - happens == set()


@dataclass(frozen=True)
class _AnySubject:
    pk: int = 1
    problem_id: int = 1
    evaluation_id: int = 1


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.action}-{rule.title}")
def test_every_notice_leads_to_a_page_that_is(rule):
    told = Told(AuditEvent(seq=1, action=rule.action, subject="x:1", unit_path="1/"), None, _AnySubject())  # type: ignore[arg-type]
    for url in (rule.link(told), reverse(rule.listed) if rule.listed else ""):
        assert url == "" or resolve(url)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.action}-{rule.title}")
def test_titles_leave_the_site_by_mail_and_hold_no_place_for_anything(rule):
    assert "{" not in rule.title
    assert 0 < len(rule.title) <= 20
