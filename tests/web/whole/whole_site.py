"""The demonstration site inside the tests' database, small: every role's account, counties in every state of an evaluation,
and something of every kind to look at."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from evaluation.photographs import photograph
from rectification.steps import go

from junheng.intake.official_forms import write_school_form
from junheng.reports.assess import evaluate_releases
from junheng.synth.province import POLICY, synthesise
from junheng.synth.write import checked, write_release
from junheng.web.accounts.models import User
from junheng.web.accounts.session import SECOND_FACTOR
from junheng.web.api.models import Hook
from junheng.web.areas.models import Unit
from junheng.web.dashboards.actions import save_scenario
from junheng.web.dashboards.changes import FigureChange
from junheng.web.evaluation.actions import Found, assign, draw_sample, judge
from junheng.web.evaluation.criteria import items_of
from junheng.web.evaluation.models import Evaluation
from junheng.web.evidence.actions import attach
from junheng.web.notices.actions import dispatch
from junheng.web.portal.actions import disclose
from junheng.web.publicity.actions import object_to
from junheng.web.publicity.models import Announcement
from junheng.web.rectification.actions import raise_problem
from junheng.web.rectification.actions.extend import ask_extension
from junheng.web.rectification.models import Problem
from junheng.web.reporting.models import CountyRelease, Submission
from junheng.web.reporting.queries import UnitInRound
from junheng.web.rights.roles import Department, Role
from junheng.web.rounds.models import Round
from junheng.web.site.actions import demonstrate

RunJobs = Callable[[], list[Any]]
Site = Mapping[str, User | None]
PUBLIC = ""
"""Whoever is not signed in."""
ORDER = (Role.COUNTY_ADMIN, Role.SCHOOL_CLERK, Role.PROVINCE_ADMIN)
"""Those whose pictures of a page tell most; the others come after them."""
PROVINCES_DEPARTMENT = "department of the province"


def signed_in(user: User) -> Client:
    """With the second factor given."""
    client = Client()
    client.force_login(user, backend="junheng.web.accounts.backend.AccountBackend")
    session = client.session
    session[SECOND_FACTOR] = user.pk
    session.save()
    return client


def whole_site(folder: Path, run_jobs: RunJobs, *, counties: int, scale: float) -> dict[str, User]:
    """What `junheng demo` fills a site with, and more, made here and now; its accounts by what they are. scale: of a county's
    schools and pupils. The department stands twice: that of a county, and that of the province, which leads commitments."""
    synthetic = synthesise(counties, scale=scale)
    intakes = {each.population.code: checked(each) for each in synthetic}
    evaluate_releases(
        folder, lambda store: {code: (intake, write_release(intake, store)) for code, intake in intakes.items()}, POLICY, lambda name: None
    )
    users = {str(user.role): user for user in demonstrate(folder, lambda name: None)}
    round, county = Round.objects.get(), users[Role.COUNTY_ADMIN].unit
    rows = {str(row["school_code"]): row for row in next(each for each in synthetic if each.population.code == county.code).facts.school}
    _reported(users, round, rows, folder, run_jobs)
    _frozen_again(users, round, county, run_jobs)
    _looked_into(users, round, county)
    _planned(users, county, run_jobs)
    _visited(users)
    _problems(users, round, county)
    _objected()
    users[PROVINCES_DEPARTMENT] = _department(users[Role.PROVINCE_ADMIN].unit)
    for user in users.values():
        Hook.objects.create(user=user, name="数据中心", url="https://example.org/", secret="-", after=0, role=user.role, unit=user.unit)
    dispatch(timezone.localdate())
    return users


def _reported(users: Mapping[str, User], round: Round, rows: Mapping[str, Any], folder: Path, run_jobs: RunJobs) -> None:
    """The clerk's school has uploaded a form that has to be mended; the county uploaded a second one, which was accepted."""
    clerk, admin = users[Role.SCHOOL_CLERK], users[Role.COUNTY_ADMIN]
    waiting = Submission.objects.filter(round=round, unit__parent=admin.unit, latest=None).exclude(unit=clerk.unit).select_related("unit")
    form = folder / "学校填报表格.xlsx"
    write_school_form(form, rows[clerk.unit.code] | {"classrooms": 1})
    own = Submission.objects.get(round=round, unit=clerk.unit)
    signed_in(clerk).post(reverse("submission_upload", args=[own.pk]), {"file": SimpleUploadedFile(form.name, form.read_bytes())})
    for submission in waiting[:1]:
        write_school_form(form, rows[submission.unit.code])
        signed_in(admin).post(reverse("reporting_upload", args=[round.pk, admin.unit.code]), {"files": SimpleUploadedFile(form.name, form.read_bytes())})
    run_jobs()


def _frozen_again(users: Mapping[str, User], round: Round, county: Unit, run_jobs: RunJobs) -> None:
    client = signed_in(users[Role.COUNTY_ADMIN])
    client.post(reverse("reporting_freeze", args=[round.pk, county.code]))
    run_jobs()
    for release in CountyRelease.objects.filter(round=round, unit=county):
        client.post(reverse("county_release_build", args=[release.pk]))
    run_jobs()


def _looked_into(users: Mapping[str, User], round: Round, county: Unit) -> None:
    """A what-if that was saved; evidence of the county and of a school; figures of schools shown to the public."""
    disclose(by=users[Role.PROVINCE_ADMIN], document="辽教发〔2026〕1号（演示）")
    admin, clerk = users[Role.COUNTY_ADMIN], users[Role.SCHOOL_CLERK]
    release = CountyRelease.objects.get(unit=county, number=1)
    school = county.children.order_by("-code").first()
    assert school is not None
    save_scenario(UnitInRound(round, county), "多媒体教室补齐", [FigureChange(school.code, "", "multimedia_rooms", 40.0)], [release], by=admin)
    for unit, by in ((county, admin), (clerk.unit, clerk)):
        attach(unit=unit, round=round, criterion="class_size", upload=photograph("班额台账.jpg"), by=by, title="班额台账")


def _planned(users: Mapping[str, User], county: Unit, run_jobs: RunJobs) -> None:
    """On the first release, in which everybody had reported: two plans to compare, and one that was not started."""
    client, release = signed_in(users[Role.COUNTY_ADMIN]), CountyRelease.objects.get(unit=county, number=1)
    for name, years, start in (("一年补齐", "1", "1"), ("三年补齐", "3", "1"), ("草稿", "2", "")):
        asked = {"b-name": name, "b-release": release.pk, "v-years": years, "v-seconds": "3", "start": start}
        answer = client.post(reverse("plan_make", args=[county.code, "improvement"]), {key: value for key, value in asked.items() if value})
        assert answer.status_code == 302, answer.content.decode()
    run_jobs()


def _visited(users: Mapping[str, User]) -> None:
    """The expert looked at one school, found one thing in order and one not, and has others to see, in the counties being assessed."""
    province, expert = users[Role.PROVINCE_ADMIN], users[Role.PROVINCE_EXPERT]
    for evaluation in Evaluation.objects.filter(state__in=("prov_materials", "prov_recognition", "prov_visit")):
        assign(evaluation, expert, by=province)
        if evaluation.state == "prov_visit":
            drawn = draw_sample(evaluation, 3, by=province, seed="2026").drawn
            school, items = Unit.objects.get(code=drawn[0]), list(items_of(evaluation).values())
            judge(evaluation, school, Found(items[0], "pass", "台账与现场相符。"), uuid.uuid4(), by=expert, photos=[photograph()])
            judge(evaluation, school, Found(items[1], "fail", "实验室没有药品柜。"), uuid.uuid4(), by=expert)


def _problems(users: Mapping[str, User], round: Round, county: Unit) -> None:
    """Of the clerk's school and of the county, found, assigned, planned (one asks for more time), and laid upon a department."""
    admin, city, clerk, province = (users[role] for role in (Role.COUNTY_ADMIN, Role.CITY_REVIEWER, Role.SCHOOL_CLERK, Role.PROVINCE_ADMIN))
    for title, unit in (("体育运动场馆面积不足", clerk.unit), ("音乐、美术专用教室不足", clerk.unit), ("超大班额未消除", county), ("教师培训经费占比不足", county), ("骨干教师交流不足", county)):
        raise_problem(by=province, unit=unit, round=round, title=title, criterion="class_size", clause="教督〔2017〕6号 第七条（五）",
                      current="6.9 ㎡", required="≥ 7.5 ㎡", gap="还差 444 ㎡", source="manual")  # fmt: skip
    made = {each.title: each for each in Problem.objects.filter(source="manual")}
    go(made["音乐、美术专用教室不足"], "assign", admin)
    go(made["超大班额未消除"], "assign", city, department=Department.FINANCE)
    go(made["教师培训经费占比不足"], "assign", city)
    own = go(go(made["体育运动场馆面积不足"], "assign", admin), "plan", clerk)
    planned = go(go(made["骨干教师交流不足"], "assign", city), "plan", admin)
    for problem, by in ((own, clerk), (planned, admin)):
        assert problem.due_on is not None
        later = max(problem.due_on, timezone.localdate()) + timedelta(days=30)
        ask_extension(problem, by=by, data={"wished": str(later), "reason": "材料进场晚了一个月，主体已完工。"})


def _objected() -> None:
    announcement = Announcement.objects.filter(state="open").latest("pk")
    object_to(announcement, "第三小学操场不够用，学生只能分批上体育课。", "")


def _department(province: Unit) -> User:
    return User.objects.create(username="shengcaizheng", name="演示部门用户", role=Role.DEPARTMENT, unit=province, department=Department.FINANCE, must_change_password=False)

