"""Pages of the auditor: search, one event, verification."""

from __future__ import annotations

import json
from datetime import date, timedelta

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from junheng.web.audit.models import AuditEvent, ChainHead
from junheng.web.audit.verify import verify

ROWS = 50
_SHOWN_BREAKS = 20


def events(request: HttpRequest) -> HttpResponse:
    """The log, newest first, by time, person, act, unit and subject."""
    asked = {name: request.GET.get(name, "").strip() for name in ("actor", "action", "unit", "subject", "from", "to")}
    found = _searched(asked)
    page = Paginator(found, ROWS).get_page(request.GET.get("page"))
    return render(request, "audit/events.html", {"page": page, "asked": asked})


def _searched(asked: dict[str, str]) -> QuerySet[AuditEvent]:
    found = AuditEvent.objects.order_by("-seq")
    for name, lookup in (("actor", "actor_name__contains"), ("action", "action__startswith"), ("unit", "unit_path__contains"), ("subject", "subject")):
        if asked[name]:
            found = found.filter(**{lookup: asked[name]})
    since, until = _day(asked["from"]), _day(asked["to"])
    if since:
        found = found.filter(at__date__gte=since)
    if until:
        found = found.filter(at__date__lt=until + timedelta(days=1))
    return found


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def event(request: HttpRequest, event: AuditEvent) -> HttpResponse:
    shown = {name: json.dumps(getattr(event, name), ensure_ascii=False, indent=1) for name in ("before", "after", "detail")}
    return render(request, "audit/event.html", {"event": event, "shown": shown})


def verification(request: HttpRequest) -> HttpResponse:
    """Check the whole chain now; for a long log `junheng audit verify` does the same."""
    found = list(verify()) if request.method == "POST" else None
    head = ChainHead.objects.filter(pk=1).first()
    context = {"head": head, "checked": found is not None, "breaks": (found or [])[:_SHOWN_BREAKS], "count": len(found or [])}
    return render(request, "audit/verification.html", context)
