"""Which events of the audit log are told to other systems, to whose subscriptions, and what is said.

A message says what happened to what, and the state: never who acted, never a text somebody wrote.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from junheng.web.accounts.models import User
from junheng.web.api import scopes
from junheng.web.api.scopes import Scope
from junheng.web.audit.models import AuditEvent
from junheng.web.desk.models import Plan
from junheng.web.notices.told import subject_of

SCHEMA = "junheng.event/1"


@dataclass(frozen=True)
class EventKind:
    """subject: the word before the number in the log ("rectification:12"). scope: what a subscription must be for.
    operation: the operation that shows the subject. number: its number there, from the log's reference. from_above: events of a
    unit above the account's own are told too (a round is the province's). open: whether what the reference names is on the API at all.
    """

    subject: str
    scope: Scope
    operation: str
    number: Callable[[str], int | None] = lambda reference: int(reference.partition(":")[2])
    from_above: bool = False
    open: Callable[[str], bool] = lambda reference: True

    @property
    def shown_as(self) -> str:
        """What it is called in a message: "problem"."""
        return self.operation.removeprefix("api_")

    def is_for(self, event: AuditEvent, user: User) -> bool:
        """Whether the account may see what it is about."""
        if not any(right.held_by(user) for right in self.scope.rights) or not self.open(event.subject):
            return False
        return user.reaches(event.unit_path) or (self.from_above and user.unit.path.startswith(event.unit_path))


def _problem_of(reference: str) -> int | None:
    """The problem an escalation or extension belongs to."""
    subject: Any = subject_of(reference)
    return None if subject is None else subject.problem_id


def _about_nobody(reference: str) -> bool:
    """Of a plan: it is there, and not made from a list of people."""
    return Plan.objects.filter(pk=int(reference.partition(":")[2]), personal=False).exists()


KINDS: dict[str, EventKind] = {
    each.subject: each
    for each in (
        EventKind("round", scopes.ROUNDS, "api_round", from_above=True),
        EventKind("submission", scopes.SUBMISSIONS, "api_submission"),
        EventKind("release", scopes.RELEASES, "api_release"),
        EventKind("acceptance", scopes.EVALUATIONS, "api_evaluation"),
        EventKind("survey", scopes.SURVEYS, "api_survey"),
        EventKind("plan", scopes.PLANS, "api_plan", open=_about_nobody),
        EventKind("announcement", scopes.EVALUATIONS, "api_announcement"),
        EventKind("rectification", scopes.PROBLEMS, "api_problem"),
        EventKind("escalation", scopes.PROBLEMS, "api_problem", _problem_of),
        EventKind("extension", scopes.PROBLEMS, "api_problem", _problem_of),
    )
}
TOLD_OF = tuple(dict.fromkeys(kind.scope for kind in KINDS.values()))
"""The scopes a subscription may be for."""


def kind_of(event: AuditEvent) -> EventKind | None:
    return KINDS.get(event.subject.partition(":")[0])


def said(event: AuditEvent, kind: EventKind) -> dict[str, Any]:
    """The message. state, before, due_on: null where the event has none."""
    number = kind.number(event.subject)
    return {
        "schema": SCHEMA, "id": event.seq, "type": event.action, "at": event.at.isoformat(),
        "unit": event.unit_path.rstrip("/").rpartition("/")[2],
        "subject": {"kind": kind.shown_as, "id": number,
                    "url": reverse(f"api-v1:{kind.operation}", kwargs={"pk": number}) if number else None},
        "before": (event.before or {}).get("state"), "state": (event.after or {}).get("state"), "due_on": (event.after or {}).get("due_on"),
    }  # fmt: skip
