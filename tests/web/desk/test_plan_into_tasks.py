"""From a plan's page measures become tasks of their schools: chosen, filtered, all at once; never twice; for whoever may raise problems."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from junheng.planners.model import Planned, Task
from junheng.web.audit.models import AuditEvent
from junheng.web.desk.answer import as_text, read
from junheng.web.desk.models import Plan
from junheng.web.rectification.models import Problem
from junheng.web.rights.roles import Role
from junheng.web.rounds.models import Round


def _tasks(tree, schools=1):
    return (
        Task(tree.school.code, tree.school.name, "招聘体育、艺术专任教师（小学）", Decimal(3), "人", 2027, "L3", Decimal("360000.00")),
        Task(tree.school.code, tree.school.name, "新建网络多媒体教室", Decimal(2), "间", 2028, "L7", None),
        Task(tree.school_beside.code, tree.school_beside.name, "调配教师（初中），从第二中学调入", Decimal(1), "人", None, None, Decimal(0)),
        *(Task("S900", "城北新建学校", "新建学校", None, "", 2029, "layout", Decimal(50_000_000)) for _ in range(schools)),
    )  # fmt: skip


@pytest.fixture
def solved(tree, person):
    """solved("名称"): a plan that was found, as the desk keeps it, for the tests' county."""
    Round.objects.create(name="2026 年度", unit=tree.province, school_year=2026, state="open")

    def make(name="两年完成", **more):
        given = {"unit": tree.county, "planner": "improvement", "name": name, "by_id": 1, "by_name": "县级管理员甲", "possible": True, "solved_at": timezone.now(), "version": "0",
                 "headline": "4 项措施。", "result": as_text(Planned("4 项措施。", tasks=_tasks(tree)))}  # fmt: skip
        return Plan.objects.create(**(given | more))

    return make


def _post(client, plan, **data):
    return client.post(reverse("plan_tasks", args=[plan.pk]), data, follow=True).content.decode()


def test_chosen_measures_become_tasks_with_day_and_source_and_the_page_shows_which(solved, signed_in, tree):
    plan, county = solved(), signed_in(Role.COUNTY_REVIEWER)
    assert "2 项措施已转为任务" in _post(county, plan, place=[0, 3])
    first, built = Problem.objects.order_by("pk")
    assert (first.unit, first.title, first.gap, str(first.mend_by), first.round.name) == (tree.school, "招聘体育、艺术专任教师（小学）", "3 人", "2027-08-31", "2026 年度")
    assert (built.unit, built.title) == (tree.county, "城北新建学校：新建学校")
    page = county.get(reverse("plan_tasks", args=[plan.pk])).content.decode()
    assert "2 项已转为任务" in page
    assert reverse("problem", args=[first.pk]) in page
    assert page.count('type="checkbox" name="place"') == 2
    assert reverse("plan", args=[plan.pk]) in county.get(reverse("problem", args=[first.pk])).content.decode()


def test_all_that_the_filters_leave_is_done_at_once_and_doing_it_again_makes_nothing_twice(solved, signed_in, tree):
    plan, county = solved(), signed_in(Role.COUNTY_ADMIN)
    assert "2 项措施已转为任务" in _post(county, plan, all="1", school=tree.school.code)
    assert "2 项措施已转为任务" in _post(county, plan, all="1")
    assert "没有选中措施" in _post(county, plan, all="1")
    assert "0 项措施已转为任务，等待分派；1 项早已是任务，没有重复" in _post(county, plan, place=[0])
    assert Problem.objects.count() == 4
    assert AuditEvent.objects.filter(action="rectification.raise_from_plan").count() == 2


def test_the_same_measure_in_another_plan_is_another_task_and_the_replaced_plans_tasks_say_so(solved, signed_in):
    old, county = solved(), signed_in(Role.COUNTY_ADMIN)
    _post(county, old, all="1")
    new = solved("三年完成")
    assert "替换“两年完成”：它还有 4 项任务没有完成" in county.get(reverse("plan_tasks", args=[new.pk])).content.decode()
    _post(county, new, place=[0], replaces=[old.pk])
    told = Problem.objects.exclude(cause_gone_at=None)
    assert {each.source.split(":")[1] for each in told} == {str(old.pk)}
    assert told.count() == 4
    assert "由方案“三年完成”" in told[0].cause_gone_words
    assert "替换“两年完成”" not in county.get(reverse("plan_tasks", args=[new.pk])).content.decode()


def test_whoever_may_not_raise_problems_there_gets_nothing(solved, signed_in, tree):
    plan = solved()
    for client in (signed_in(Role.SCHOOL_CLERK), signed_in(Role.PROVINCE_EXPERT), signed_in(Role.COUNTY_ADMIN, tree.other_county), signed_in(Role.DEPARTMENT)):
        assert client.get(reverse("plan_tasks", args=[plan.pk])).status_code == 404
        assert client.post(reverse("plan_tasks", args=[plan.pk]), {"all": "1"}).status_code == 404
    assert not Problem.objects.exists()


def test_a_plan_about_people_or_one_that_was_not_found_has_no_tasks(solved, signed_in):
    county = signed_in(Role.COUNTY_ADMIN)
    for plan in (solved(personal=True), solved(possible=False), solved(possible=None, result="")):
        assert county.post(reverse("plan_tasks", args=[plan.pk]), {"all": "1"}).status_code == 404
    assert not Problem.objects.exists()


def test_a_school_reads_where_its_task_comes_from_without_a_link_it_may_not_open(solved, signed_in):
    plan = solved()
    _post(signed_in(Role.COUNTY_ADMIN), plan, place=[0])
    page = signed_in(Role.SCHOOL_CLERK).get(reverse("problem", args=[Problem.objects.get().pk])).content.decode()
    assert f"规划方案（{plan.pk} 号，版本 " in page
    assert f'href="{reverse("plan", args=[plan.pk])}"' not in page


def test_a_plan_that_tasks_stand_on_is_not_deleted(solved, signed_in):
    plan, county = solved(), signed_in(Role.COUNTY_ADMIN)
    _post(county, plan, place=[0])
    assert "它有 1 项任务还没有完成" in county.post(reverse("plan_delete", args=[plan.pk]), follow=True).content.decode()
    assert Plan.objects.filter(pk=plan.pk).exists()
    Problem.objects.update(state="closed")
    county.post(reverse("plan_delete", args=[plan.pk]))
    assert "方案已经删除" in county.get(reverse("problem", args=[Problem.objects.get().pk])).content.decode()


def test_without_a_round_it_says_what_is_missing(solved, signed_in):
    plan = solved()
    Round.objects.all().delete()
    assert "还没有评估轮次" in _post(signed_in(Role.COUNTY_ADMIN), plan, place=[0])


def test_the_page_takes_the_same_queries_for_one_measure_and_for_fifty(solved, signed_in, tree):
    client, counts = signed_in(Role.COUNTY_ADMIN), []
    for schools in (1, 60):
        plan = solved(f"{schools}", result=as_text(Planned("", tasks=_tasks(tree, schools))))
        client.get(reverse("plan_tasks", args=[plan.pk]))
        with CaptureQueriesContext(connection, ) as asked:
            client.get(reverse("plan_tasks", args=[plan.pk]))
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_real_plans_measures_become_the_tasks_of_its_schools(world, asked, run_jobs):
    plan = asked("improvement", {"seconds": "20"})
    run_jobs()
    client = world.signed_in(Role.COUNTY_ADMIN)
    answer = client.post(reverse("plan_tasks", args=[plan.pk]), {"all": "1"}, follow=True)
    tasks = read(Plan.objects.get(pk=plan.pk).result).tasks
    assert f"{len(tasks)} 项措施已转为任务" in answer.content.decode()
    assert {each.unit.code for each in Problem.objects.select_related("unit")} == {each.school_code for each in tasks}
    assert {each.round_id for each in Problem.objects.all()} == {world.round.pk}
