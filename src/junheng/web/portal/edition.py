"""Which edition of the public pages this is: it changes exactly when something the public reads changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from django.db.models import Count, Max, Sum
from django.utils import timezone

from junheng import __version__
from junheng.web.flow.models import Subject
from junheng.web.portal.models import DataRelease, Disclosure, Lottery, Zoning
from junheng.web.publicity.models import Announcement

_MOVING: tuple[type[Subject], ...] = (Announcement, Lottery, Zoning, Disclosure)
_BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Edition:
    """key: short, equal in every process; changed_at: when the newest of what it shows was written."""

    key: str
    changed_at: datetime


def edition() -> Edition:
    """Of now. Windows for objections open and close with the day, so the day is part of it."""
    moving = [model._base_manager.aggregate(Count("pk"), Max("pk"), Sum("moves"), Max("entered_at")) for model in _MOVING]
    data = DataRelease.objects.aggregate(Max("number"), Max("at"))
    told = repr((__version__, timezone.localdate(), *(tuple(each.values()) for each in (*moving, data))))
    times = [each for each in (data["at__max"], *(of["entered_at__max"] for of in moving)) if each]
    return Edition(sha256(told.encode()).hexdigest()[:16], max(times, default=_BEGINNING))
