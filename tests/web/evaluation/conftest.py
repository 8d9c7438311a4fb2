"""A county with a frozen, passing release in an open round, and its evaluation."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from evaluation_steps import measured_release_of, nothing_more_to_say, press, release_of, up_to
from photographs import photograph

from junheng.web.evaluation.actions import (
    Found,
    assign,
    correct,
    judge,
    judge_material,
    make_problem,
    start,
    state_case,
)
from junheng.web.evaluation.criteria import items_of
from junheng.web.evaluation.models import Evaluation
from junheng.web.evidence.actions import attach
from junheng.web.publicity.models import Announcement, Objection
from junheng.web.rights.roles import Role
from junheng.web.rounds.models import Participation, Round


@pytest.fixture
def round(tree):
    made = Round.objects.create(name="2025 年评估", school_year=2025, unit=tree.province, state="open", opens_on=date(2025, 9, 1))
    Participation.objects.create(round=made, unit=tree.county)
    return made


@pytest.fixture
def release(round, tree):
    return release_of(round, tree.county)


@pytest.fixture
def evaluation(round, tree, person):
    start(round, by=person(Role.PROVINCE_ADMIN))
    return Evaluation.objects.get(unit=tree.county)


STAGES = ("draft", "prov_materials", "prov_visit", "prov_conclusion", "publicised", "monitoring", "revoked")


@pytest.fixture
def reached(evaluation, round, tree, signed_in, person, tmp_path):
    """reached(stage): the evaluation there, with something of everything that leaves links behind on the way."""
    province = person(Role.PROVINCE_ADMIN)

    def visited() -> None:
        expert = person(Role.PROVINCE_EXPERT)
        assign(evaluation, expert, by=province)
        found = Found(items_of(evaluation)["class_size"], "fail", "47 人")
        at = Evaluation.objects.get(pk=evaluation.pk)
        judge(at, tree.school, found, uuid.uuid4(), by=expert, photos=[photograph()])
        wrong = judge(at, tree.school, Found(found.item, "fail", "五年级一班 48 人"), uuid.uuid4(), by=expert, photos=[photograph(shade=7)])
        correct(wrong, found.item, "pass", "五年级一班 44 人", "把旁听的 4 人算了进去。", uuid.uuid4(), by=expert)

    def materials() -> None:
        attach(unit=tree.county, round=round, criterion="layout", upload=photograph(shade=3), by=person(Role.COUNTY_ADMIN))
        at, item = Evaluation.objects.get(pk=evaluation.pk), items_of(evaluation)["layout"]
        make_problem(judge_material(at, item, "fail", "没有规划", uuid.uuid4(), by=province), item, by=province)
        judge_material(at, item, "pass", "规划已补", uuid.uuid4(), by=province)

    def objected() -> None:
        Client().post(reverse("announcement", args=[Announcement.objects.get().pk]), {"text": "班额与公示不符。", "client_id": str(uuid.uuid4())})

    def monitored() -> None:
        Announcement.objects.update(closes_on=timezone.localdate() - timedelta(days=1))
        admin = signed_in(Role.PROVINCE_ADMIN)
        for each in Objection.objects.all():
            press(admin, each, "review")
            press(admin, each, "uphold", {"answer": "属实。", "problem": "三年级班额超标"})
        assert press(admin, evaluation, "accept").status_code == 302
        press(admin, evaluation, "monitor")
        release_of(Round.objects.create(name="监测", school_year=2026, unit=tree.province, state="open"), tree.county, 7, "fail")
        assert press(admin, evaluation, "warn", {"opinion": "整改"}).status_code == 302

    def go(stage: str) -> Evaluation:
        measured_release_of(round, tree.county, tmp_path)
        for each in STAGES[1 : STAGES.index(stage) + 1]:
            if each == "publicised":
                state_case(Evaluation.objects.get(pk=evaluation.pk), "另有说明。", by=person(Role.COUNTY_ADMIN))
                statement = evaluation.statements.get()
                signed_in(Role.PROVINCE_ADMIN).post(
                    reverse("evaluation_statement", args=[evaluation.pk]), {"answer_to": statement.pk, "decision": "upheld", "answer": "采纳。"}
                )
                nothing_more_to_say(evaluation, signed_in)
            if each == "revoked":
                press(signed_in(Role.PROVINCE_ADMIN), evaluation, "revoke", {"reason": "不合格", "approval": "1 号"})
            elif each == "monitoring":
                monitored()
            else:
                up_to(evaluation, each, signed_in, person)
            {"prov_materials": materials, "prov_visit": visited, "publicised": objected}.get(each, lambda: None)()
        evaluation.refresh_from_db()
        return evaluation

    return go
