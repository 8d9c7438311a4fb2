"""One function per transition of a round."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from junheng.web.accounts.models import User
from junheng.web.flow.actions import take
from junheng.web.rounds.actions.tell import tell
from junheng.web.rounds.models import Round

Entered = Mapping[str, Any] | None


@transaction.atomic
def open_round(round: Round, *, by: User, data: Entered = None, seen_moves: int | None = None) -> Round:
    """Its schools and counties are asked in the background, exactly when the round is open."""
    moved = take(round, "open", by=by, data=data, seen_moves=seen_moves)
    tell(moved, by)
    return moved


def close_round(round: Round, *, by: User, data: Entered = None, seen_moves: int | None = None) -> Round:
    return take(round, "close", by=by, data=data, seen_moves=seen_moves)


@transaction.atomic
def reopen_round(round: Round, *, by: User, data: Entered = None, seen_moves: int | None = None) -> Round:
    """Schools that came meanwhile are asked too."""
    moved = take(round, "reopen", by=by, data=data, seen_moves=seen_moves)
    tell(moved, by)
    return moved


ACTIONS = {"open": open_round, "close": close_round, "reopen": reopen_round}
