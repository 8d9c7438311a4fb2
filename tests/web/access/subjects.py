"""One of each thing a URL can be about, in a given unit; the URL's parts that name it."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from junheng.web.accounts.actions.invitations import hash_of
from junheng.web.accounts.models import Invitation, User
from junheng.web.areas.models import Unit
from junheng.web.jobs.models import Job
from junheng.web.notices.models import Delivery, Notice
from junheng.web.rectification.actions import raise_problem
from junheng.web.rectification.models import ExtensionRequest, Problem
from junheng.web.reporting.models import CountyRelease
from junheng.web.rights.roles import Department, Role
from junheng.web.rounds.models import Round

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


SUBJECTS: Mapping[str, Callable[[Unit, Any], Parts]] = {
    "": lambda unit, world: {},
    "clerk": lambda unit, world: {"pk": _clerk(unit).pk},
    "invitation": lambda unit, world: {"token": _token(unit)},
    "unit": lambda unit, world: {"code": unit.code},
    "job": lambda unit, world: {"job_id": Job.objects.create(kind="test", label="试", unit=unit).pk},
    "problem": lambda unit, world: {"pk": _problem(unit).pk},
    "problem list": lambda unit, world: {"code": unit.code, "kind": "tasks"},
    "county release": lambda unit, world: {"release_id": _county_release(unit).pk},
    "assigning": lambda unit, world: {"pk": _problem(unit).pk, "transition_id": "assign"},
    "escalation": lambda unit, world: {"pk": _problem(unit).escalation.pk, "transition_id": "talk"},
    "extension": lambda unit, world: {"pk": _extension(unit).pk, "transition_id": "grant"},
    "notice of somebody else": lambda unit, world: {"pk": Notice.objects.create(user=_clerk(unit), event_seq=0, title="试", text="试", at=timezone.now()).pk},
    "delivery": lambda unit, world: {"pk": Delivery.objects.create(user=_clerk(unit), channel="email", upto_seq=0, count=1).pk},
}
"""Kind → makes it at a unit (the world remembers what was made) and names it."""
