"""Lay a problem upon a unit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from junheng.common.errors import UserError
from junheng.web.accounts.models import User
from junheng.web.areas.models import Unit
from junheng.web.audit.actions import record
from junheng.web.audit.actions.record import SYSTEM
from junheng.web.rectification.models import FINISHED, Escalation, Problem, Severity
from junheng.web.rectification.permissions import owner_of
from junheng.web.rounds.models import Round


@transaction.atomic
def raise_problem(
    *, by: User | None, unit: Unit, round: Round, title: str, criterion: str, clause: str, current: str, required: str, gap: str,
    source: str, severity: str = Severity.NORMAL, department: str = "",
) -> Problem:  # fmt: skip
    """The new problem, or the open one that was raised with the same source, unit, criterion and title before.

    by: None = the system. unit: a school or a county. source: "visit:<pk>", "objection:<pk>" or "manual"; problems
    of a release are raised by raise_from_release. Whoever calls has checked the right to what led here. Raises
    UserError.
    """
    title = title.strip()
    if not title:
        raise UserError("没有写明问题", remedy="请用一句话写明问题")
    if owner_of(unit.kind, unit.path) is None:
        raise UserError(f"问题不能落到“{unit.name}”", why="整改由学校或县（市、区）承担", remedy="请选择学校或县（市、区）")
    Unit.objects.select_for_update().get(pk=unit.pk)  # two presses of one button wait for each other here
    same = Problem.objects.filter(unit=unit, round=round, source=source, criterion=criterion, title=title[:200])
    known = same.exclude(state__in=FINISHED).first()
    if known is not None:
        return known
    problem = create(
        by=by, unit=unit, round=round, source=source,
        said={"title": title, "criterion": criterion, "clause": clause, "current": current, "required": required, "gap": gap,
              "severity": Severity(severity).value, "department": department},
    )  # fmt: skip
    record(
        by=by.actor if by else SYSTEM, action="rectification.raise", subject=problem.reference, unit_path=unit.path,
        after={"state": problem.state}, detail={"title": problem.title, "source": source, "department": department},
    )  # fmt: skip
    return problem


def create(*, by: User | None, unit: Unit, round: Round, source: str, said: Mapping[str, Any]) -> Problem:
    """A new problem's rows; the caller holds the transaction and writes the audit event."""
    problem = prepared(by=by, unit=unit, round=round, source=source, said=said)
    problem.save(force_insert=True)
    Escalation.objects.create(problem=problem, unit=unit)
    return problem


def prepared(
    *, by: User | None, unit: Unit, round: Round, source: str, said: Mapping[str, Any], cause: str = "", came_back_from: Problem | None = None
) -> Problem:
    """A problem not saved yet. Texts are cut to fit."""
    actor = by.actor if by else SYSTEM
    problem = Problem(unit=unit, round=round, source=source, cause=cause, came_back_from=came_back_from, raised_by_id=actor.id, raised_by_name=actor.name)
    for name, value in said.items():
        setattr(problem, name, cut_to_fit(name, value))
    return problem


def cut_to_fit(name: str, value: str) -> str:
    """A text for a field of a problem."""
    limit = getattr(Problem._meta.get_field(name), "max_length", None)
    return value if limit is None or len(value) <= limit else f"{value[: limit - 1]}…"
