"""An evaluation whose turn it is to ask the public, and a survey of it."""

from __future__ import annotations

import sys
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.utils import timezone

sys.path.append(str(Path(__file__).parent.parent / "evaluation"))
from evaluation_steps import release_of, up_to

from junheng.web.evaluation.actions import assign, start
from junheng.web.evaluation.models import Evaluation
from junheng.web.rights.roles import Role
from junheng.web.rounds.models import Participation, Round
from junheng.web.survey.actions import plan, prepare
from junheng.web.survey.actions.planning import Wanted
from junheng.web.survey.actions.transitions import open_survey
from junheng.web.survey.models import Survey

PEOPLE = {"students": 400, "parents": 400, "teachers": 60, "principals": 12, "deputies": 30, "advisers": 30, "others": 1000}


@pytest.fixture
def evaluation(tree, person, signed_in):
    """At 社会认可度调查, with an expert at work."""
    round = Round.objects.create(name="2025 年评估", school_year=2025, unit=tree.province, state="open", opens_on=date(2025, 9, 1))
    Participation.objects.create(round=round, unit=tree.county)
    start(round, by=person(Role.PROVINCE_ADMIN))
    release = release_of(round, tree.county)
    release.result["stages"]["primary"]["schools"] = [{"code": tree.school.code, "students": 300}, {"code": tree.school_beside.code, "students": 100}]
    release.save()
    made = Evaluation.objects.get(unit=tree.county)
    up_to(made, "prov_recognition", signed_in, person)
    assign(made, person(Role.PROVINCE_EXPERT), by=person(Role.PROVINCE_ADMIN))
    return made


@pytest.fixture
def planned(evaluation, tree, person) -> Survey:
    """Not begun; pupils and parents are asked at two schools, everybody else in the whole county."""
    by = person(Role.PROVINCE_ADMIN)
    survey = prepare(evaluation, by=by)
    schools = {tree.school.code: 300, tree.school_beside.code: 100}
    others = {group: people for group, people in PEOPLE.items() if group not in ("students", "parents")}
    plan(survey, Wanted(Decimal("0.95"), Decimal("0.05"), Decimal("0.7"), others, {"students": schools, "parents": schools}), by=by)
    return Survey.objects.get(pk=survey.pk)


@pytest.fixture
def survey(planned, person) -> Survey:
    """Begun, for a week."""
    return open_survey(planned, by=person(Role.PROVINCE_ADMIN), data={"closes_on": str(timezone.localdate() + timedelta(days=7))})
