"""Which edition of the public pages this is: it changes exactly when something the public reads changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from django.db.models import Count, Max, Sum
from django.utils import timezone

from junheng import __version__
from junheng.web.portal.models import DataRelease
from junheng.web.publicity.models import Announcement

_BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Edition:
    """key: short, equal in every process; changed_at: when the newest of what it shows was written."""

    key: str
    changed_at: datetime


def edition() -> Edition:
    """Of now. Windows for objections open and close with the day, so the day is part of it."""
    moving = Announcement.objects.aggregate(Count("pk"), Max("pk"), Sum("moves"), Max("entered_at"))
    data = DataRelease.objects.aggregate(Max("number"), Max("at"))
    told = repr((__version__, timezone.localdate(), *moving.values(), *data.values()))
    times = [each for each in (moving["entered_at__max"], data["at__max"]) if each]
    return Edition(sha256(told.encode()).hexdigest()[:16], max(times, default=_BEGINNING))
