"""Take a transition: lock, check, act, change state, time, write the step and the audit event, all or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, TypeVar

from django.db import transaction
from django.utils import timezone

from junheng.web.accounts.models import User
from junheng.web.audit.actions import record
from junheng.web.audit.actions.record import SYSTEM
from junheng.web.flow.errors import Moved, NotAllowed, Refused
from junheng.web.flow.fields import cleaned, storable
from junheng.web.flow.models import Step, Subject
from junheng.web.flow.process import Taken, Transition

S = TypeVar("S", bound=Subject)


@transaction.atomic
def take(
    subject: S, transition_id: str, *, by: User | None, data: Mapping[str, Any] | None = None, seen_moves: int | None = None,
    due_on: date | None = None,
) -> S:  # fmt: skip
    """The subject after the transition.

    by: None = the system, which may take automatic transitions only. data: what was entered, as text or values.
    seen_moves: Subject.moves as the person saw it. due_on: overrides the declared deadline. Raises Refused.
    """
    locked = type(subject)._base_manager.select_for_update(of=("self",)).select_related("unit").get(pk=subject.pk)
    transition = locked.process.transition(transition_id)
    if transition is None:
        raise Refused(f"“{locked.process.label}”没有“{transition_id}”这一步")
    _check_state(locked, transition, seen_moves)
    _check_right(locked, transition, by)
    entered = cleaned(transition.fields, data or {})
    before = locked.state
    frozen = dict(transition.effect(locked, Taken(transition, by, entered)) or {}) if transition.effect else {}
    locked.state = transition.target
    locked.moves += 1
    locked.entered_at = timezone.now()
    locked.due_on = due_on or _due(locked, transition)
    locked.save()
    _write(locked, transition, by, before, storable(entered), frozen)
    return locked


def _check_state(subject: Subject, transition: Transition, seen_moves: int | None) -> None:
    if subject.state in transition.sources and (seen_moves is None or seen_moves == subject.moves):
        return
    last = Step.objects.filter(subject=subject.reference).last()
    now = subject.state_shown.label
    why = f"{last.by_name}（{last.by_role}）已于 {timezone.localtime(last.at):%Y-%m-%d %H:%M}“{last.label}”，现在是“{now}”" if last else f"现在是“{now}”"
    raise Moved(f"“{transition.label}”没有执行", why=why, remedy="请刷新页面，看过最新情况再决定")


def _check_right(subject: Subject, transition: Transition, by: User | None) -> None:
    if by is None:
        if not transition.automatic:
            raise NotAllowed(f"“{transition.label}”必须由人办理")
        return
    if transition.right is None or not transition.right.allows(by, subject):
        raise NotAllowed(f"您没有“{transition.label}”的权限", remedy="请由有权限的人员办理")


def _due(subject: Subject, transition: Transition) -> date | None:
    return timezone.localdate() + timedelta(days=subject.days(transition.deadline)) if transition.deadline else None


def _write(
    subject: Subject, transition: Transition, by: User | None, before: str, entered: Mapping[str, Any], frozen: Mapping[str, Any]
) -> None:
    actor = by.actor if by else SYSTEM
    Step.objects.create(
        subject=subject.reference, transition=transition.id, label=transition.label, from_state=before,
        to_state=subject.state, by_id=actor.id, by_name=actor.name, by_role=actor.role, at=subject.entered_at,
        data=dict(entered), frozen=dict(frozen),
    )  # fmt: skip
    record(
        by=actor, action=f"{subject.process.id}.{transition.id}", subject=subject.reference, unit_path=subject.unit_path,
        before={"state": before}, after={"state": subject.state, "due_on": str(subject.due_on) if subject.due_on else None},
        detail={**entered, **({"frozen": dict(frozen)} if frozen else {})},
    )  # fmt: skip
