"""One of each thing a URL can be about, in a given unit; the URL's parts that name it."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from junheng.planning.admission.lottery import Applicant, Terms, canonical_list
from junheng.planning.admission.lottery_record import record_of
from junheng.web.accounts.actions.invitations import hash_of
from junheng.web.accounts.models import Invitation, User
from junheng.web.api.actions.tokens import hash_of as secret_hash
from junheng.web.api.models import Hook, Token
from junheng.web.api.scopes import SCOPES
from junheng.web.areas.models import Unit
from junheng.web.audit.actions import Actor, record
from junheng.web.commitments.models import Commitment
from junheng.web.dashboards.models import Scenario
from junheng.web.desk.models import Plan, PlanFile
from junheng.web.evaluation.models import Assignment, Evaluation, NationalRecognition, Visit, VisitJudgement
from junheng.web.evidence.models import Evidence, EvidenceVersion
from junheng.web.jobs.models import Job
from junheng.web.notices.models import Delivery, Notice
from junheng.web.portal.models import DataRelease, Disclosure, Lottery, ZoneLine, Zoning
from junheng.web.publicity.models import Announcement, Objection
from junheng.web.rectification.actions import raise_problem
from junheng.web.rectification.models import ExtensionRequest, Problem
from junheng.web.reporting.models import CountyRelease, Submission, Version
from junheng.web.rights.roles import Department, Role
from junheng.web.rounds.models import Round
from junheng.web.store import keep_content
from junheng.web.survey.actions import issue
from junheng.web.survey.models import Stratum, Survey
from junheng.web.survey.questionnaire import newest

Parts = dict[str, Any]


def _clerk(unit: Unit) -> User:
    username = f"clerk-{unit.code}"
    return User.objects.get_or_create(username=username, defaults={"name": "填报员乙", "role": Role.SCHOOL_CLERK, "unit": unit})[0]


def _token(unit: Unit) -> str:
    """The token of a new invitation to a clerk's place."""
    token = secrets.token_urlsafe()
    Invitation.objects.create(unit=unit, role=Role.SCHOOL_CLERK, name="填报员丙", token_hash=hash_of(token), invited_by=_clerk(unit),
                              expires_at=timezone.now() + Invitation.LASTS)  # fmt: skip
    return token


def api_token(user: User, secret: str = "") -> Token:
    """A token of every scope, whatever its owner may; secret: what a program shows, "" = nobody knows."""
    return Token.objects.get_or_create(
        secret_hash=secret_hash(secret or f"unknown {user.pk}"),
        defaults={"user": user, "name": "试", "hint": "jh_", "scopes": list(SCOPES), "role": user.role, "unit": user.unit, "made_by_name": "试",
                  "expires_at": timezone.now() + timedelta(days=1)},
    )[0]  # fmt: skip


def _hook(user: User) -> Hook:
    return Hook.objects.create(user=user, name="试", url="https://example.org/", secret="试", after=0, role=user.role, unit=user.unit)


def _round(unit: Unit) -> Round:
    province = Unit.objects.get(parent=None)
    return Round.objects.get_or_create(unit=province, school_year=2025, defaults={"name": "一轮", "state": "open"})[0]


def _problem(unit: Unit) -> Problem:
    """Laid upon the department that the tests' 部门用户 belongs to."""
    return raise_problem(by=None, unit=unit, round=_round(unit), title="试", criterion="", clause="", current="", required="", gap="", source="manual",
                         department=Department.FINANCE)  # fmt: skip


def _county_release(unit: Unit) -> CountyRelease:
    """A release of the county a school lies in."""
    return CountyRelease.objects.get_or_create(
        round=_round(unit), unit=unit.parent, number=1, defaults={"hash": "sha256:0", "key": "", "policy": "", "as_of": date(2025, 9, 1), "engine": "",
                                                                  "engine_version": "", "verdict": "fail", "result": {}, "detail": {}, "is_formal": True},
    )[0]  # fmt: skip


def _extension(unit: Unit) -> ExtensionRequest:
    problem = _problem(unit)
    return ExtensionRequest.objects.get_or_create(problem=problem, unit=unit, defaults={"wished": timezone.localdate(), "reason": "试"})[0]


def _evaluation(unit: Unit) -> Evaluation:
    """Of the county a school lies in, with an expert at work."""
    made = Evaluation.objects.get_or_create(round=_round(unit), unit=unit.parent)[0]
    for expert in User.objects.filter(role=Role.PROVINCE_EXPERT):
        Assignment.objects.get_or_create(evaluation=made, user=expert)
    return made


def _commitment(unit: Unit) -> Commitment:
    """Of the province: no other unit makes any."""
    return Commitment.objects.get_or_create(unit=Unit.objects.get(parent=None), target="t1_ledger", defaults={"title": "试", "department": Department.FINANCE})[0]


def _survey(unit: Unit) -> Survey:
    """Of the county a school lies in, with its deputies to be asked."""
    evaluation = _evaluation(unit)
    made = Survey.objects.get_or_create(
        evaluation=evaluation, defaults={"unit": unit.parent, "questionnaire_key": newest().key, "confidence": "0.95", "margin": "0.05", "response": "0.7"},
    )[0]  # fmt: skip
    Stratum.objects.get_or_create(survey=made, group="deputies", school=None, defaults={"population": 30, "quota": 28})
    return made


def _code(unit: Unit) -> str:
    return issue(_survey(unit).strata.get(), 1, by=_clerk(unit))[1][0]


def _judgement(unit: Unit) -> VisitJudgement:
    expert = User.objects.filter(role=Role.PROVINCE_EXPERT).first() or _clerk(unit)
    visit = Visit.objects.get_or_create(evaluation=_evaluation(unit), school=unit, expert=expert)[0]
    return VisitJudgement.objects.get_or_create(visit=visit, criterion="class_size", outcome="pass", defaults={"client_id": uuid.uuid4()})[0]


def _announcement(unit: Unit) -> Announcement:
    return Announcement.objects.create(unit=unit.parent, round=_round(unit), about="", title="试", body="试", closes_on=timezone.localdate())


def _objection(unit: Unit) -> Objection:
    return Objection.objects.create(announcement=_announcement(unit), unit=unit.parent, receipt=secrets.token_hex(8), text="试")


@transaction.atomic
def _event(unit: Unit) -> int:
    return record(by=Actor(None, "试", "试"), action="test.act", subject="x", unit_path=unit.path).seq


def _submission(unit: Unit) -> Submission:
    return Submission.objects.get_or_create(round=_round(unit), unit=unit, defaults={"state": "waiting"})[0]


def _version(unit: Unit) -> Version:
    submission = _submission(unit)
    return Version.objects.get_or_create(
        submission=submission, number=1, defaults={"origin": "upload", "file_name": "a.xlsx", "file_sha256": keep_content(b"x"), "rows": {},
                                                   "cells": [], "content_sha256": "", "by_name": "试"},
    )[0]  # fmt: skip


def _evidence(unit: Unit) -> EvidenceVersion:
    """A picture with its preview."""
    evidence = Evidence.objects.create(unit=unit, round=_round(unit), title="试", latest=1)
    kept = keep_content(b"x")
    return EvidenceVersion.objects.create(evidence=evidence, number=1, sha256=kept, preview=kept, name="a.png", size=1, media_type="image/png", by_name="试")


def _scenario(unit: Unit) -> Scenario:
    """Of the county a school lies in."""
    return Scenario.objects.get_or_create(round=_round(unit), unit=unit.parent, defaults={"title": "试", "changes": [], "releases": [], "by_id": 1, "by_name": "试"})[0]


def _plan(unit: Unit) -> Plan:
    """Of the county a school lies in, with a page among its results."""
    made = Plan.objects.create(unit=unit.parent, planner="improvement", name="试", by_id=1, by_name="试")
    PlanFile.objects.create(plan=made, name="index.html", size=1, sha256=keep_content(b"x"))
    return made


def _open_data() -> DataRelease:
    file = {"dataset": "results", "format": "csv", "rows": 0, "size": 1, "sha256": keep_content(b"x")}
    return DataRelease.objects.get_or_create(number=1, defaults={"by_name": "试", "files": [file]})[0]


def _lottery(unit: Unit) -> Lottery:
    text = canonical_list(Terms(unit.name, 1), [Applicant("001"), Applicant("002")])
    record = record_of(text, "1")
    return Lottery.objects.create(
        unit=unit.parent, school=unit.name, places=1, applicants=2, digest="sha256", list_sha256=keep_content(text.encode()), seed_from="试",
        list_hash=secrets.token_hex(32), seed_on=timezone.localdate(), record_sha256=keep_content(record.to_json().encode()), seed_text="1",
    )  # fmt: skip


def _zoning(unit: Unit) -> Zoning:
    made = Zoning.objects.create(unit=unit.parent, school_year=2025, document="试")
    ZoneLine.objects.create(zoning=made, place="第一小区", school=unit.name, code=unit.code)
    return made


def _in_round(unit: Unit) -> Parts:
    return {"round_id": _round(unit).pk, "code": unit.parent.code}


def _bulk_upload(unit: Unit) -> Parts:
    return _in_round(unit) | {"job_id": Job.objects.create(kind="reporting.bulk_upload", label="试", unit=unit.parent).pk}


SUBJECTS: Mapping[str, Callable[[Unit, Any], Parts]] = {
    "": lambda unit, world: {},
    "chapter": lambda unit, world: {"chapter": "school_clerk"},
    "clerk": lambda unit, world: {"pk": _clerk(unit).pk},
    "invitation": lambda unit, world: {"token": _token(unit)},
    "unit": lambda unit, world: {"code": unit.code},
    "county": lambda unit, world: {"code": unit.parent.code},
    "policy document": lambda unit, world: {"id": "jiaodu_2017_6"},
    "lottery": lambda unit, world: {"pk": _lottery(unit).pk},
    "lottery step": lambda unit, world: {"pk": _lottery(unit).pk, "transition_id": "draw"},
    "zoning": lambda unit, world: {"pk": _zoning(unit).pk},
    "zoning step": lambda unit, world: {"pk": _zoning(unit).pk, "transition_id": "withdraw"},
    "disclosure step": lambda unit, world: {"pk": Disclosure.objects.create(unit=Unit.objects.get(parent=None), document="试").pk, "transition_id": "withdraw"},
    "open data": lambda unit, world: {"number": _open_data().number},
    "open data file": lambda unit, world: {"number": _open_data().number, "dataset": "results", "format": "csv"},
    "job": lambda unit, world: {"job_id": Job.objects.create(kind="test", label="试", unit=unit).pk},
    "problem": lambda unit, world: {"pk": _problem(unit).pk},
    "problem list": lambda unit, world: {"code": unit.code, "kind": "tasks"},
    "county release": lambda unit, world: {"release_id": _county_release(unit).pk},
    "assigning": lambda unit, world: {"pk": _problem(unit).pk, "transition_id": "assign"},
    "escalation": lambda unit, world: {"pk": _problem(unit).escalation.pk, "transition_id": "talk"},
    "extension": lambda unit, world: {"pk": _extension(unit).pk, "transition_id": "grant"},
    "notice of somebody else": lambda unit, world: {"pk": Notice.objects.create(user=_clerk(unit), event_seq=0, title="试", text="试", at=timezone.now()).pk},
    "token of somebody else": lambda unit, world: {"pk": api_token(_clerk(unit)).pk},
    "hook of somebody else": lambda unit, world: {"pk": _hook(_clerk(unit)).pk},
    "delivery": lambda unit, world: {"pk": Delivery.objects.create(user=_clerk(unit), channel="email", upto_seq=0, count=1).pk},
    "audit event": lambda unit, world: {"seq": _event(unit)},
    "evaluation": lambda unit, world: {"pk": _evaluation(unit).pk},
    "evaluation, class_size": lambda unit, world: {"pk": _evaluation(unit).pk, "criterion": "class_size"},
    "evaluation step": lambda unit, world: {"pk": _evaluation(unit).pk, "transition_id": "begin"},
    "commitment": lambda unit, world: {"pk": _commitment(unit).pk},
    "commitment step": lambda unit, world: {"pk": _commitment(unit).pk, "transition_id": "report"},
    "survey": lambda unit, world: {"pk": _survey(unit).pk},
    "survey step": lambda unit, world: {"pk": _survey(unit).pk, "transition_id": "withdraw"},
    "code": lambda unit, world: {"code": _code(unit)},
    "visit": lambda unit, world: {"pk": _evaluation(unit).pk, "code": unit.code},
    "visit judgement": lambda unit, world: {"pk": _judgement(unit).visit.evaluation_id, "code": unit.code, "judgement_id": _judgement(unit).pk},
    "visit judgement, corrected": lambda unit, world: {"pk": _judgement(unit).visit.evaluation_id, "judgement_id": _judgement(unit).pk},
    "recognition step": lambda unit, world: {"pk": NationalRecognition.objects.get_or_create(unit=unit.parent)[0].pk, "transition_id": "submit"},
    "announcement": lambda unit, world: {"pk": _announcement(unit).pk},
    "announcement step": lambda unit, world: {"pk": _announcement(unit).pk, "transition_id": "withdraw"},
    "objection": lambda unit, world: {"pk": _objection(unit).pk},
    "objection step": lambda unit, world: {"pk": _objection(unit).pk, "transition_id": "review"},
    "round": lambda unit, world: {"pk": _round(unit).pk},
    "round step": lambda unit, world: {"pk": _round(unit).pk, "transition_id": "close"},
    "county in round": lambda unit, world: _in_round(unit),
    "city in round": lambda unit, world: {"round_id": _round(unit).pk, "code": unit.parent.parent.code},
    "county in round, L1": lambda unit, world: _in_round(unit) | {"item": "L1"},
    "plan": lambda unit, world: {"pk": _plan(unit).pk},
    "plan file": lambda unit, world: {"pk": (plan := _plan(unit)).pk, "file_id": plan.files.get().pk},
    "plan, costs": lambda unit, world: {"pk": _plan(unit).pk, "table": "costs"},
    "plan, stop": lambda unit, world: {"pk": _plan(unit).pk, "step": "stop"},
    "plan to be made": lambda unit, world: {"code": unit.parent.code, "planner": "improvement"},
    "scenario": lambda unit, world: {"pk": _scenario(unit).pk},
    "bulk upload": lambda unit, world: _bulk_upload(unit),
    "frozen": lambda unit, world: {"pk": _county_release(unit).pk},
    "frozen twice": lambda unit, world: {"pk": _county_release(unit).pk, "other": _county_release(unit).pk},
    "frozen, L1": lambda unit, world: {"pk": _county_release(unit).pk, "item": "L1"},
    "submission": lambda unit, world: {"pk": _submission(unit).pk},
    "submission step": lambda unit, world: {"pk": _submission(unit).pk, "transition_id": "begin"},
    "submission, submit": lambda unit, world: {"pk": _submission(unit).pk, "step": "submit"},
    "problem, plan": lambda unit, world: {"pk": _problem(unit).pk, "step": "plan"},
    "version": lambda unit, world: {"pk": _version(unit).submission.pk, "number": 1},
    "campus": lambda unit, world: {"pk": _submission(unit).pk, "number": 0},
    "section": lambda unit, world: {"pk": _submission(unit).pk, "section": "basic"},
    "unit in round": lambda unit, world: {"round_id": _round(unit).pk, "code": unit.code},
    "unit in round, L1": lambda unit, world: {"round_id": _round(unit).pk, "code": unit.code, "item": "L1"},
    "evidence": lambda unit, world: {"pk": _evidence(unit).evidence.pk},
    "evidence version": lambda unit, world: {"pk": _evidence(unit).pk},
    "picture": lambda unit, world: {"pk": _evidence(unit).pk},
}
"""Kind → makes it at a unit (the world remembers what was made) and names it."""
