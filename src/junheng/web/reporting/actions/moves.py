"""One function per transition of a submission."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from junheng.web.accounts.models import User
from junheng.web.audit.actions import record
from junheng.web.flow.actions import take
from junheng.web.flow.errors import NotAllowed, Refused
from junheng.web.flow.fields import cleaned
from junheng.web.reporting.models import LockException, Submission
from junheng.web.reporting.permissions import EXCEPT
from junheng.web.reporting.process import FILLABLE, SUBMISSION

Entered = Mapping[str, Any] | None


def begin(submission: Submission, *, by: User, data: Entered = None, seen_moves: int | None = None) -> Submission:
    return take(submission, "begin", by=by, data=data, seen_moves=seen_moves, due_on=_due(submission))


def submit(submission: Submission, *, by: User, data: Entered = None, seen_moves: int | None = None) -> Submission:
    return take(submission, "submit", by=by, data=data, seen_moves=seen_moves)


def withdraw(submission: Submission, *, by: User, data: Entered = None, seen_moves: int | None = None) -> Submission:
    return take(submission, "withdraw", by=by, data=data, seen_moves=seen_moves, due_on=_due(submission))


def accept(submission: Submission, *, by: User, data: Entered = None, seen_moves: int | None = None) -> Submission:
    return take(submission, "accept", by=by, data=data, seen_moves=seen_moves, due_on=_due(submission))


def send_back(submission: Submission, *, by: User, data: Entered = None, seen_moves: int | None = None) -> Submission:
    return take(submission, "return", by=by, data=data, seen_moves=seen_moves, due_on=_due(submission))


@transaction.atomic
def unlock(submission: Submission, *, by: User, data: Entered = None, seen_moves: int | None = None) -> Submission:
    """A named exception, and the submission may be filled until then."""
    transition = SUBMISSION.transition("unlock")
    assert transition is not None
    entered = cleaned(transition.fields, data or {})
    moved = take(submission, "unlock", by=by, data=entered, seen_moves=seen_moves, due_on=entered["until"])
    _note(moved, entered["until"], entered["reason"], by)
    return moved


@transaction.atomic
def grant_exception(submission: Submission, until: date, reason: str, *, by: User) -> LockException:
    """Before the deadline, or for what waits to be reviewed: it will not lock before `until`."""
    locked = Submission.objects.select_for_update(of=("self",)).select_related("unit", "round").get(pk=submission.pk)
    if not EXCEPT.allows(by, locked):
        raise NotAllowed("您没有“截止后例外”的权限", remedy="县属学校的由县级管理员办理，直属学校和县级填报表的由上级办理")
    if locked.state == "locked":
        raise Refused("已经锁定", remedy="请用“准许继续填报”")
    if not reason.strip():
        raise Refused("没有写理由", fields={"reason": "请写明理由"})
    if locked.state in (*FILLABLE, "accepted"):
        locked.due_on = max(until, locked.due_on or until)
        locked.save(update_fields=["due_on"])
    return _note(locked, until, reason.strip(), by)


def _note(submission: Submission, until: date, reason: str, by: User) -> LockException:
    exception = LockException.objects.create(submission=submission, until=until, reason=reason, by_id=by.pk, by_name=by.name)
    record(by=by.actor, action="reporting.exception", subject=submission.reference, unit_path=submission.unit_path,
           after={"until": str(until)}, detail={"reason": reason, "until": str(until)})  # fmt: skip
    return exception


def _due(submission: Submission) -> date | None:
    until = submission.fill_until
    return None if until == date.max else until


ACTIONS = {"begin": begin, "submit": submit, "withdraw": withdraw, "accept": accept, "return": send_back, "unlock": unlock}
"""Transition → function, for the pages of the process."""
