"""One function for every transition of a commitment."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from junheng.web.accounts.models import User
from junheng.web.commitments.models import Commitment
from junheng.web.flow.actions import take
from junheng.web.flow.pages import Action

Data = Mapping[str, Any] | None


def report(commitment: Commitment, *, by: User, data: Data = None, seen_moves: int | None = None) -> Commitment:
    return take(commitment, "report", by=by, data=data, seen_moves=seen_moves)


def accept(commitment: Commitment, *, by: User, data: Data = None, seen_moves: int | None = None) -> Commitment:
    return take(commitment, "accept", by=by, data=data, seen_moves=seen_moves)


def finish(commitment: Commitment, *, by: User, data: Data = None, seen_moves: int | None = None) -> Commitment:
    return take(commitment, "finish", by=by, data=data, seen_moves=seen_moves)


def send_back(commitment: Commitment, *, by: User, data: Data = None, seen_moves: int | None = None) -> Commitment:
    return take(commitment, "send_back", by=by, data=data, seen_moves=seen_moves)


def ask(commitment: Commitment, *, by: User, data: Data = None, seen_moves: int | None = None) -> Commitment:
    """A finished commitment is asked about again."""
    return take(commitment, "ask", by=by, data=data, seen_moves=seen_moves)


COMMITMENT_ACTIONS: Mapping[str, Action] = {each.__name__: each for each in (report, accept, finish, send_back, ask)}
