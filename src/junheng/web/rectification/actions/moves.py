"""One function per transition of a problem. Each keeps the clock of its escalation in the same transaction.

Locks are taken in one order everywhere: escalation, problem, then the audit chain (inside `take`).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from junheng.web.accounts.models import User
from junheng.web.flow.actions import take
from junheng.web.flow.fields import cleaned
from junheng.web.rectification import parameters
from junheng.web.rectification.models import MENDING, Escalation, Problem
from junheng.web.rectification.process import RECTIFICATION

Entered = Mapping[str, Any] | None


def assign(problem: Problem, *, by: User, data: Entered = None, seen_moves: int | None = None) -> Problem:
    return _take(problem, "assign", by, data, seen_moves)


def withdraw(problem: Problem, *, by: User, data: Entered = None, seen_moves: int | None = None) -> Problem:
    return _take(problem, "withdraw", by, data, seen_moves)


def withdraw_gone(problem: Problem, *, by: User, data: Entered = None, seen_moves: int | None = None) -> Problem:
    """The judgement it was raised from was taken back: wherever it stands, it need not be mended."""
    return _take(problem, "withdraw_gone", by, data, seen_moves)


def plan(problem: Problem, *, by: User, data: Entered = None, seen_moves: int | None = None) -> Problem:
    """The unit's own day becomes the deadline."""
    transition = RECTIFICATION.transition("plan")
    assert transition is not None
    entered = cleaned(transition.fields, data or {})
    return _take(problem, "plan", by, entered, seen_moves, entered["finish_on"])


def submit(problem: Problem, *, by: User, data: Entered = None, seen_moves: int | None = None) -> Problem:
    return _take(problem, "submit", by, data, seen_moves)


def verify(problem: Problem, *, by: User, data: Entered = None, seen_moves: int | None = None) -> Problem:
    return _take(problem, "verify", by, data, seen_moves)


def send_back(problem: Problem, *, by: User, data: Entered = None, seen_moves: int | None = None) -> Problem:
    return _take(problem, "send_back", by, data, seen_moves, _rework_until(problem))


def close(problem: Problem, *, by: User, data: Entered = None, seen_moves: int | None = None) -> Problem:
    return _take(problem, "close", by, data, seen_moves)


def recheck_fails(problem: Problem, *, by: User, data: Entered = None, seen_moves: int | None = None) -> Problem:
    return _take(problem, "recheck_fails", by, data, seen_moves, _rework_until(problem))


ACTIONS = {
    "assign": assign, "withdraw": withdraw, "withdraw_gone": withdraw_gone, "plan": plan, "submit": submit, "verify": verify, "send_back": send_back,
    "close": close, "recheck_fails": recheck_fails,
}  # fmt: skip
"""Transition → function, for the pages of the process."""


@transaction.atomic
def _take(problem: Problem, transition: str, by: User, data: Entered, seen_moves: int | None, due_on: date | None = None) -> Problem:
    escalation = Escalation.objects.select_for_update().get(problem=problem)
    moved = take(problem, transition, by=by, data=data, seen_moves=seen_moves, due_on=due_on)
    set_clock(escalation, moved)
    return moved


def set_clock(escalation: Escalation, problem: Problem) -> None:
    """When the next level is reached by itself: after the problem's deadline, and not before the present level has
    lasted its time; never while others are at work, nor after the last level. The caller has locked the escalation.

    A clock that was set anew counts as a move, so that whoever is about to escalate by the old one is refused.
    """
    lasts = {"none": 0, "talk": problem.days(parameters.NOTICE), "notice": problem.days(parameters.ACCOUNTABILITY)}.get(escalation.state)
    due_on = None
    if problem.state in MENDING and problem.due_on is not None and lasts is not None:
        began = timezone.localtime(escalation.entered_at).date()
        due_on = max(problem.due_on, began + timedelta(days=lasts))
    if due_on != escalation.due_on:
        escalation.due_on = due_on
        escalation.moves += 1
        escalation.save(update_fields=["due_on", "moves"])


def _rework_until(problem: Problem) -> date:
    least = timezone.localdate() + timedelta(days=problem.days(parameters.REWORK))
    return max(problem.finish_on or least, least)
