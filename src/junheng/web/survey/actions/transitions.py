"""One function for every transition of a survey."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from junheng.web.accounts.models import User
from junheng.web.flow.actions import take
from junheng.web.flow.pages import Action
from junheng.web.survey.models import Survey

Data = Mapping[str, Any] | None


def open_survey(survey: Survey, *, by: User, data: Data = None, seen_moves: int | None = None) -> Survey:
    return take(survey, "open", by=by, data=data, seen_moves=seen_moves)


def close(survey: Survey, *, by: User, data: Data = None, seen_moves: int | None = None) -> Survey:
    return take(survey, "close", by=by, data=data, seen_moves=seen_moves)


def reopen(survey: Survey, *, by: User, data: Data = None, seen_moves: int | None = None) -> Survey:
    return take(survey, "reopen", by=by, data=data, seen_moves=seen_moves)


def confirm(survey: Survey, *, by: User, data: Data = None, seen_moves: int | None = None) -> Survey:
    """The result becomes the county's 社会认可度."""
    return take(survey, "confirm", by=by, data=data, seen_moves=seen_moves)


def withdraw(survey: Survey, *, by: User, data: Data = None, seen_moves: int | None = None) -> Survey:
    return take(survey, "withdraw", by=by, data=data, seen_moves=seen_moves)


SURVEY_ACTIONS: Mapping[str, Action] = {"open": open_survey, "close": close, "reopen": reopen, "confirm": confirm, "withdraw": withdraw}
