"""延期: asked for by whoever has to mend, decided by the level above, both in the log."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from junheng.web.accounts.models import User
from junheng.web.audit.actions import record
from junheng.web.flow.actions import take
from junheng.web.flow.errors import NotAllowed, Refused
from junheng.web.flow.fields import cleaned
from junheng.web.flow.process import Field, Input
from junheng.web.rectification.actions.moves import set_clock
from junheng.web.rectification.effects import in_words
from junheng.web.rectification.models import MENDING, Escalation, ExtensionRequest, Problem
from junheng.web.rectification.permissions import ASK_EXTENSION

Entered = Mapping[str, Any] | None

FIELDS = (
    Field("wished", "申请延至", Input.DATE),
    Field("reason", "申请理由", help="写明为什么不能按期完成、现在做到哪一步。"),
)
"""What a request asks for."""


@transaction.atomic
def ask_extension(problem: Problem, *, by: User, data: Entered = None) -> ExtensionRequest:
    """Raises Refused: for a problem nobody is mending, an earlier day, or a request that still waits."""
    entered = cleaned(FIELDS, data or {})
    locked = Problem.objects.select_for_update().select_related("unit").get(pk=problem.pk)
    if not ASK_EXTENSION.allows(by, locked):
        raise NotAllowed("您没有“申请延期”的权限", remedy="请由责任单位或责任部门申请")
    _check(locked, entered["wished"])
    request = ExtensionRequest.objects.create(
        problem=locked, unit=locked.unit, wished=entered["wished"], reason=entered["reason"], asked_by_name=by.name
    )
    record(
        by=by.actor, action="extension.ask", subject=request.reference, unit_path=locked.unit_path, after={"state": request.state},
        detail={"problem": locked.reference, "wished": str(request.wished), "reason": request.reason},
    )  # fmt: skip
    return request


def _check(problem: Problem, wished: date) -> None:
    if problem.state not in MENDING or problem.due_on is None:
        raise Refused("现在不能申请延期", why=f"这个问题是“{problem.state_shown.label}”", remedy="只有待定措施和整改中的问题可以延期")
    if wished <= max(problem.due_on, timezone.localdate()):
        wrong = f"应晚于今天，也晚于现在的期限 {in_words(problem.due_on)}"
        raise Refused("申请的日期不对", why=wrong, fields={"wished": wrong})
    if problem.extensions.filter(state="asked").exists():
        raise Refused("已有一项延期申请待审批", remedy="请等审批后再申请")


@transaction.atomic
def grant(request: ExtensionRequest, *, by: User, data: Entered = None, seen_moves: int | None = None) -> ExtensionRequest:
    """The problem's deadline moves with it, and so does the clock of its escalation."""
    escalation = Escalation.objects.select_for_update().get(problem=request.problem_id)
    problem = Problem.objects.select_for_update().get(pk=request.problem_id)
    decided = take(request, "grant", by=by, data=data, seen_moves=seen_moves)
    problem.due_on = decided.until
    if problem.state == "planned":
        problem.finish_on = decided.until
    if problem.mend_by is not None and decided.until is not None:
        problem.mend_by = max(problem.mend_by, decided.until)
    problem.save()
    set_clock(escalation, problem)
    return decided


def refuse(request: ExtensionRequest, *, by: User, data: Entered = None, seen_moves: int | None = None) -> ExtensionRequest:
    return take(request, "refuse", by=by, data=data, seen_moves=seen_moves)


ACTIONS = {"grant": grant, "refuse": refuse}
"""Transition → function, for the pages of the process."""
