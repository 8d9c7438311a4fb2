"""约谈 → 通报 → 问责: by itself when time runs out, or by whoever watches over it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from junheng.web.accounts.models import User
from junheng.web.flow.actions import take, take_overdue
from junheng.web.rectification.models import Escalation

Entered = Mapping[str, Any] | None


def escalate_overdue(today: date) -> list[str]:
    """Take every overdue problem one level up; returns the references of what moved ("escalation:7"). A problem of
    which nobody took note for months goes up a level at a time: each level lasts its days, so that it can be acted
    upon."""
    return take_overdue(Escalation, today)


def talk(escalation: Escalation, *, by: User, data: Entered = None, seen_moves: int | None = None) -> Escalation:
    return take(escalation, "talk", by=by, data=data, seen_moves=seen_moves)


def notice(escalation: Escalation, *, by: User, data: Entered = None, seen_moves: int | None = None) -> Escalation:
    return take(escalation, "notice", by=by, data=data, seen_moves=seen_moves)


def accountability(escalation: Escalation, *, by: User, data: Entered = None, seen_moves: int | None = None) -> Escalation:
    return take(escalation, "accountability", by=by, data=data, seen_moves=seen_moves)


ACTIONS = {"talk": talk, "notice": notice, "accountability": accountability}
"""Transition → function, for the pages of the process."""
