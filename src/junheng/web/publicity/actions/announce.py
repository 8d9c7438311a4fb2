"""公示, 公告, 撤回."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from junheng.web.accounts.models import User
from junheng.web.areas.models import Unit
from junheng.web.audit.actions import record
from junheng.web.flow.actions import take
from junheng.web.publicity.guard import refuse_personal
from junheng.web.publicity.models import Announcement
from junheng.web.rounds.models import Round


@transaction.atomic
def announce(
    *, by: User, unit: Unit, round: Round, about: str, title: str, body: str, result: Sequence[Mapping[str, Any]],
    hashes: Mapping[str, Any], days: int, conclusion: str = "",
) -> Announcement:  # fmt: skip
    """Open a 公示 for `days` days from today. conclusion: pass or fail, "" where it concludes nothing. Raises Refused when the
    text holds personal data."""
    refuse_personal(f"{title}\n{body}", "body")
    today = timezone.localdate()
    closes_on = today + timedelta(days=days)
    announcement = Announcement.objects.create(
        unit=unit, round=round, about=about, title=title, body=body, conclusion=conclusion, result=list(result), hashes=dict(hashes),
        opens_on=today, closes_on=closes_on, due_on=closes_on,
    )  # fmt: skip
    record(by=by.actor, action="announcement.open", subject=announcement.reference, unit_path=unit.path,
           after={"title": title, "closes_on": str(closes_on)}, detail={"about": about, "hashes": dict(hashes)})  # fmt: skip
    return announcement


def proclaim(announcement: Announcement, *, by: User, data: Mapping[str, Any] | None = None, seen_moves: int | None = None) -> Announcement:
    return take(announcement, "proclaim", by=by, data=data, seen_moves=seen_moves)


def withdraw(announcement: Announcement, *, by: User, data: Mapping[str, Any] | None = None, seen_moves: int | None = None) -> Announcement:
    return take(announcement, "withdraw", by=by, data=data, seen_moves=seen_moves)


def revoke(announcement: Announcement, *, by: User, data: Mapping[str, Any] | None = None, seen_moves: int | None = None) -> Announcement:
    """What was announced no longer holds; the announcement stays, and says so."""
    return take(announcement, "revoke", by=by, data=data, seen_moves=seen_moves)
