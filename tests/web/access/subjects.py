"""One of each thing a URL can be about, in a given unit; the URL's parts that name it."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from typing import Any

from django.utils import timezone

from junheng.web.accounts.actions.invitations import hash_of
from junheng.web.accounts.models import Invitation, User
from junheng.web.areas.models import Unit
from junheng.web.jobs.models import Job
from junheng.web.rights.roles import Role

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


SUBJECTS: Mapping[str, Callable[[Unit, Any], Parts]] = {
    "": lambda unit, world: {},
    "clerk": lambda unit, world: {"pk": _clerk(unit).pk},
    "invitation": lambda unit, world: {"token": _token(unit)},
    "unit": lambda unit, world: {"code": unit.code},
    "job": lambda unit, world: {"job_id": Job.objects.create(kind="test", label="试", unit=unit).pk},
}
"""Kind → makes it at a unit (the world remembers what was made) and names it."""
