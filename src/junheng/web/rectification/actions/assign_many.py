"""Assign many problems at once, each to the department it is laid upon already."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from junheng.web.accounts.models import User
from junheng.web.flow.errors import Refused
from junheng.web.rectification.actions.moves import assign
from junheng.web.rectification.models import Problem

_AT_ONCE = 200


def assign_many(pks: Sequence[int], demand: str, *, by: User, on_step: Callable[[int], object]) -> int:
    """How many were assigned. Each in its own transaction: one that has moved on meanwhile, or is not this account's to
    assign, is left alone. on_step: told how many were looked at."""
    done = 0
    for start in range(0, len(pks), _AT_ONCE):
        some = Problem.objects.filter(pk__in=pks[start : start + _AT_ONCE], state="found").select_related("unit").order_by("pk")
        for at, problem in enumerate(some, start):
            on_step(at)
            try:
                assign(problem, by=by, data={"department": problem.department, "demand": demand}, seen_moves=problem.moves)
            except Refused:
                continue
            done += 1
    return done
