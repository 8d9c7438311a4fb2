"""Pages of the auditor: search, one event, verification."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from junheng.web.audit.exported import MOST_ROWS, workbook
from junheng.web.audit.models import AuditEvent, ChainHead
from junheng.web.audit.units import paths_called, unit_names
from junheng.web.audit.verify import verify
from junheng.web.audit.words import action_in_words, actions_with, subject_in_words
from junheng.web.pages.download import XLSX, download
from junheng.web.pages.listing import link_to, page_of, table
from junheng.web.pages.templatetags.marks import when

_SHOWN_BREAKS = 20
_ASKED = ("actor", "action", "unit", "subject", "from", "to")


def events(request: HttpRequest) -> HttpResponse:
    """The log, newest first, by time, person, act, unit and subject."""
    asked = {name: request.GET.get(name, "").strip() for name in _ASKED}
    page = page_of(request, _searched(asked).only("seq", "at", "actor_name", "actor_role", "action", "subject", "unit_path", "origin"))
    rows = [
        (link_to("audit_event", each.seq, str(each.seq)), when(each.at), f"{each.actor_name}（{each.actor_role}）", action, subject, unit, each.origin)
        for each, action, subject, unit in _spoken(page.object_list)
    ]
    listed = table("审计记录", ("序号", "时间", "用户", "动作", "对象", "单位", "来源"), rows) if rows else ""
    return render(request, "audit/events.html", {"page": page, "listed": listed, "asked": asked, "most": MOST_ROWS})


def exported(request: HttpRequest) -> HttpResponse:
    """What was searched for, as a workbook."""
    asked = {name: request.GET.get(name, "").strip() for name in _ASKED}
    found = _searched(asked)[:MOST_ROWS]
    return download(workbook(_spoken(found)), "审计记录.xlsx", XLSX)


def _spoken(found: Iterable[AuditEvent]) -> list[tuple[AuditEvent, str, str, str]]:
    """(event, act, what it acted upon, unit) in words."""
    events = list(found)
    names = unit_names({each.unit_path for each in events})
    return [(each, action_in_words(each.action), subject_in_words(each.subject), names.get(each.unit_path, each.unit_path)) for each in events]


def _searched(asked: dict[str, str]) -> QuerySet[AuditEvent]:
    found = AuditEvent.objects.order_by("-seq")
    if asked["actor"]:
        found = found.filter(actor_name__contains=asked["actor"])
    if asked["action"]:
        found = found.filter(Q(action__startswith=asked["action"]) | Q(action__in=actions_with(asked["action"])))
    if asked["unit"]:
        found = found.filter(Q(unit_path__contains=asked["unit"]) | Q(unit_path__in=paths_called(asked["unit"])))
    if asked["subject"]:
        found = found.filter(subject=asked["subject"])
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
    said = {name: getattr(event, name) for name in ("before", "after", "detail")}
    shown = {name: json.dumps(each, ensure_ascii=False, indent=1) if each else "" for name, each in said.items()}
    (spoken,) = _spoken([event])
    return render(request, "audit/event.html", {"event": event, "shown": shown, "action": spoken[1], "subject": spoken[2], "unit": spoken[3]})


def verification(request: HttpRequest) -> HttpResponse:
    """Check the whole chain now; for a long log `junheng audit verify` does the same."""
    found = list(verify()) if request.method == "POST" else None
    head = ChainHead.objects.filter(pk=1).first()
    context = {"head": head, "checked": found is not None, "breaks": (found or [])[:_SHOWN_BREAKS], "count": len(found or [])}
    return render(request, "audit/verification.html", context)
