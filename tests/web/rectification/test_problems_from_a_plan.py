"""The measures of a plan become tasks of their schools, once; when the plan is replaced they say so."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from rectification.steps import go

from junheng.web.audit.models import AuditEvent
from junheng.web.flow.errors import NotAllowed
from junheng.web.rectification.actions import plan_replaced, raise_from_plan
from junheng.web.rectification.actions.from_plan import Measure, PlanSource, places_raised
from junheng.web.rectification.causes import Standing, look_up
from junheng.web.rectification.models import Escalation, Problem
from junheng.web.rights.roles import Department, Role

PLAN = PlanSource(17, "ab12cd34" * 8, "2027 年达标方案")
FAR = timezone.localdate() + timedelta(days=700)


@pytest.fixture
def measures(tree):
    return [
        Measure(0, tree.school.code, tree.school.name, "补充体育、艺术教师", "3 人", FAR, "L3", "36.00 万元"),
        Measure(1, tree.school_beside.code, tree.school_beside.name, "新建网络多媒体教室", "2 间", date(2020, 8, 31), "L7"),
        Measure(2, "S099", "城北新建九年一贯制学校", "新建"),
    ]


@pytest.fixture
def admin(person):
    return person(Role.COUNTY_ADMIN)


def _raise(measures, admin, round, tree):
    return raise_from_plan(PLAN, measures, by=admin, unit=tree.county, round=round)


def test_each_measure_is_laid_upon_its_school_with_what_how_much_and_by_when(measures, admin, round, tree):
    assert _raise(measures, admin, round, tree).raised == Problem.objects.count() == Escalation.objects.count() == 3
    first = Problem.objects.get(cause__endswith="/plan/0")
    assert (first.unit, first.title, first.gap, first.criterion, first.mend_by) == (tree.school, "补充体育、艺术教师", "3 人", "L3", FAR)
    assert (first.department, first.source) == (Department.EDUCATION, "plan:17:ab12cd34ab12cd34")
    assert "36.00 万元" in first.suggestion
    assert "方案版本 ab12cd34" in first.place
    built = Problem.objects.get(cause__endswith="/plan/2")
    assert (built.unit, built.title, built.mend_by) == (tree.county, "城北新建九年一贯制学校：新建", None)


def test_doing_it_twice_makes_nothing_twice_and_one_event_tells_of_each_press(measures, admin, round, tree):
    assert _raise(measures[:2], admin, round, tree).raised == 2
    again = _raise(measures, admin, round, tree)
    assert (again.raised, again.known) == (1, 2)
    assert _raise(measures, admin, round, tree).raised == 0
    assert set(places_raised(PLAN)) == {0, 1, 2}
    assert [event.detail["raised"] for event in AuditEvent.objects.filter(action="rectification.raise_from_plan")] == [2, 1]


def test_only_who_may_raise_problems_there_may_and_a_refusal_raises_nothing(measures, person, round, tree):
    for who in (person(Role.SCHOOL_CLERK), person(Role.COUNTY_ADMIN, tree.other_county), person(Role.PROVINCE_EXPERT)):
        with pytest.raises(NotAllowed):
            _raise(measures, who, round, tree)
    assert not Problem.objects.exists()


def test_the_plans_day_holds_and_a_day_gone_by_gives_the_usual_time(measures, admin, round, tree):
    _raise(measures, admin, round, tree)
    far, past = (go(Problem.objects.get(cause__endswith=f"/plan/{place}"), "assign", admin) for place in (0, 1))
    assert far.mend_by == FAR
    assert past.mend_by == timezone.localdate() + timedelta(days=90)


def test_a_newer_release_is_not_asked_about_a_measure_and_it_can_be_withdrawn(measures, admin, round, tree):
    _raise(measures, admin, round, tree)
    task = Problem.objects.get(cause__endswith="/plan/0")
    assert look_up(task).standing is Standing.UNKNOWN
    assert go(task, "withdraw", admin).state == "withdrawn"


def test_the_tasks_of_a_replaced_plan_say_so_and_may_be_withdrawn_at_once(measures, admin, round, tree, signed_in):
    _raise(measures, admin, round, tree)
    done = Problem.objects.get(cause__endswith="/plan/1")
    Problem.objects.filter(pk=done.pk).update(state="closed")
    assert plan_replaced(PLAN, "2026年12月1日由方案“新的”替换。", by=admin, unit=tree.county) == 2
    assert plan_replaced(PLAN, "2026年12月1日由方案“新的”替换。", by=admin, unit=tree.county) == 0
    assert Problem.objects.get(pk=done.pk).cause_gone_at is None
    task = Problem.objects.get(cause__endswith="/plan/0")
    county = signed_in(Role.COUNTY_ADMIN)
    page = county.get(reverse("problem", args=[task.pk])).content.decode()
    assert "这项任务所依据的方案已被替换：2026年12月1日由方案“新的”替换。" in page
    assert "方案已替换" in county.get(reverse("problems")).content.decode()
    assert go(task, "withdraw_gone", admin).state == "withdrawn"
    assert AuditEvent.objects.filter(action="rectification.plan_replaced").count() == 1
