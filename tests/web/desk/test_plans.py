"""Plans asked for, solved, stopped, refused and impossible, through the pages and the worker's job."""

from __future__ import annotations

import contextlib

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from junheng.web.audit.models import AuditEvent
from junheng.web.desk.answer import read
from junheng.web.desk.jobs import solve
from junheng.web.desk.models import Plan
from junheng.web.desk.states import PlanState
from junheng.web.jobs.actions import recover
from junheng.web.jobs.models import Job, JobState
from junheng.web.rights.roles import Role

QUICK = {"seconds": "20"}


def _again(plan: Plan) -> Plan:
    return Plan.objects.select_related("unit", "job").get(pk=plan.pk)


def _page(world, plan: Plan, role: Role = Role.COUNTY_ADMIN) -> str:
    return world.signed_in(role).get(reverse("plan", args=[plan.pk])).content.decode()


def _acts() -> list[str]:
    return list(AuditEvent.objects.filter(action__startswith="desk.").order_by("seq").values_list("action", flat=True))


def test_the_cheapest_plan_is_asked_for_solved_in_the_background_and_read(world, asked, run_jobs):
    plan = asked("improvement", QUICK, name="两年完成")
    assert "正在排队" in _page(world, plan)
    run_jobs()
    plan = _again(plan)
    assert plan.state is PlanState.SOLVED, plan.refused or plan.job.message
    page = _page(world, plan)
    assert plan.headline in page
    assert "已证明" in page
    assert {each.school_code for each in read(plan.result).tasks} >= {world.school.code}
    assert _acts() == ["desk.make", "desk.start", "desk.answered"]


def test_the_files_are_saved_and_the_page_runs_no_script(world, asked, run_jobs):
    plan = asked("improvement", QUICK)
    run_jobs()
    client = world.signed_in(Role.COUNTY_REVIEWER)
    shown = client.get(reverse("plan_page", args=[plan.pk]))
    assert shown.status_code == 200
    assert shown["Content-Security-Policy"].startswith("sandbox;")
    assert "script-src" not in shown["Content-Security-Policy"]
    packed = client.get(reverse("plan_files", args=[plan.pk]))
    assert packed["Content-Disposition"].startswith("attachment")
    assert packed.content.startswith(b"PK")
    for each in plan.files.all():
        assert client.get(reverse("plan_file", args=[plan.pk, each.pk])).status_code == 200


def test_an_answer_is_kept_once_though_the_job_runs_twice(world, asked, run_jobs):
    plan = asked("improvement", QUICK)
    run_jobs()
    first = _again(plan)
    Job.objects.filter(pk=plan.job_id).update(state=JobState.RUNNING, heartbeat_at="2020-01-01T00:00Z")
    assert recover() == 1
    run_jobs()
    again = _again(plan)
    assert (again.solved_at, again.files.count()) == (first.solved_at, first.files.count())
    assert _acts().count("desk.answered") == 1


def test_a_worker_that_dies_while_solving_leaves_a_plan_that_is_solved_by_the_next(world, asked, run_jobs, monkeypatch):
    plan = asked("improvement", QUICK)

    def die(*args: object, **kwargs: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("junheng.web.desk.jobs.keep_answer", die)
        with contextlib.suppress(KeyboardInterrupt):
            run_jobs()
    assert _again(plan).state is PlanState.SOLVING
    Job.objects.filter(pk=plan.job_id).update(heartbeat_at="2020-01-01T00:00Z")
    recover()
    run_jobs()
    assert _again(plan).state is PlanState.SOLVED


def test_stopping_ends_the_solving_within_seconds_and_it_can_be_asked_for_again(world, asked, run_jobs):
    plan = asked("improvement", {"seconds": "1500"})
    client = world.signed_in(Role.COUNTY_ADMIN)
    seen = []

    def progress(done: int, total: int, message: str = "") -> None:
        from junheng.web.jobs.actions.run import Cancelled

        seen.append(message)
        if len(seen) == 2:
            client.post(reverse("plan_stop", args=[plan.pk]))
            raise Cancelled

    from junheng.web.jobs.actions.run import Cancelled

    with contextlib.suppress(Cancelled):
        solve(Job.objects.get(pk=plan.job_id), progress)
    assert _again(plan).state is PlanState.STOPPED
    assert "再求一次" in _page(world, plan)
    client.post(reverse("plan_start", args=[plan.pk]))
    assert _again(plan).state is PlanState.QUEUED
    assert _acts() == ["desk.make", "desk.start", "desk.stop", "desk.start"]


def test_what_cannot_be_done_says_what_fights_and_the_least_that_would_do(world, asked, run_jobs):
    pins = "学校标识码,校区,学段,措施,调出,最少,最多,固定,优先次序,说明\n,,,建设网络多媒体教室,,,3,,,用地不足\n"
    plan = asked("improvement", QUICK, pins=SimpleUploadedFile("约束表.csv", pins.encode(), "text/csv"))
    run_jobs()
    plan = _again(plan)
    assert plan.state is PlanState.IMPOSSIBLE, plan.refused
    page = _page(world, plan)
    assert "为什么没有方案" in page
    for reason in read(plan.result).reasons:
        assert reason in page
    assert any("3" in reason for reason in read(plan.result).reasons)


def test_a_table_that_cannot_be_read_says_so_where_the_plan_stands(world, asked, run_jobs):
    plan = asked("improvement", QUICK, costs=SimpleUploadedFile("单价表.csv", "不是,单价\n1,2\n".encode(), "text/csv"))
    run_jobs()
    plan = _again(plan)
    assert plan.state is PlanState.FAILED
    assert plan.refused
    assert "单价表" in _page(world, plan)


def test_nobody_outside_the_area_sees_a_plan(world, tree, asked, signed_in):
    plan = asked("improvement", start=False)
    for role, unit in ((Role.COUNTY_ADMIN, tree.other_county), (Role.CITY_REVIEWER, tree.other_city), (Role.SCHOOL_CLERK, None), (Role.AUDITOR, None)):
        client = signed_in(role, unit)
        assert client.get(reverse("plan", args=[plan.pk])).status_code == 404
        assert plan.name not in client.get(reverse("plans")).content.decode()
    assert signed_in(Role.CITY_REVIEWER).get(reverse("plan", args=[plan.pk])).status_code == 200
    assert signed_in(Role.PROVINCE_ADMIN).get(reverse("plan", args=[plan.pk])).status_code == 200


def test_a_reviewer_reads_and_changes_nothing(world, asked, signed_in):
    plan = asked("improvement", start=False)
    client = signed_in(Role.COUNTY_REVIEWER)
    assert client.get(reverse("plan", args=[plan.pk])).status_code == 200
    for name in ("plan_start", "plan_stop", "plan_delete", "plan_change"):
        assert client.post(reverse(name, args=[plan.pk])).status_code == 404
    assert client.get(reverse("plan_new")).status_code == 404


def test_a_county_takes_its_turns_and_no_solving_is_asked_for_hours(world, asked):
    for _ in range(3):
        assert asked("improvement", QUICK).state is PlanState.QUEUED
    assert asked("improvement", QUICK).state is PlanState.DRAFT
    answer = world.signed_in(Role.COUNTY_ADMIN).post(reverse("plan_make", args=[world.unit.code, "improvement"]), {"b-name": "试", "v-seconds": "7200"})
    assert "最多求解 1,800 秒" in answer.content.decode()
