"""Lockout after failed sign-ins: what django-axes keeps and shows, and who is locked out now."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.crypto import salted_hmac


def kept_name(username: str) -> str:
    """How a typed name is kept: people type passwords there, and names that are nobody's are nobody's business."""
    return salted_hmac("junheng.accounts.lockout", username.strip().lower(), algorithm="sha256").hexdigest()


def name_kept(request: HttpRequest, credentials: Mapping[str, Any] | None = None) -> str | None:
    """AXES_USERNAME_CALLABLE."""
    typed = (credentials or {}).get("username")
    return kept_name(typed) if typed else None


def attempts_now(**narrowed: Any) -> QuerySet[AccessAttempt]:
    """The counts of failures that still hold."""
    found: QuerySet[AccessAttempt] = AccessAttempt.objects.filter(attempt_time__gte=timezone.now() - settings.AXES_COOLOFF_TIME, **narrowed)
    return found


def locked_names() -> frozenset[str]:
    """The kept names locked out from some address now."""
    return frozenset(attempts_now(failures_since_start__gte=settings.AXES_FAILURE_LIMIT).values_list("username", flat=True))


def locked_page(request: HttpRequest, response: HttpResponse, credentials: Mapping[str, Any] | None = None) -> HttpResponse:
    """AXES_LOCKOUT_CALLABLE: says for how long."""
    last = attempts_now(username=name_kept(request, credentials)).order_by("-attempt_time").first()
    left = last.attempt_time + settings.AXES_COOLOFF_TIME - timezone.now() if last else settings.AXES_COOLOFF_TIME
    minutes = max(1, -(-left // timedelta(minutes=1)))
    return render(request, "accounts/locked.html", {"minutes": minutes, "limit": settings.AXES_FAILURE_LIMIT}, status=429)
