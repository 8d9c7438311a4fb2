"""The URLs of the audit log."""

from __future__ import annotations

from junheng.web.audit import views
from junheng.web.audit.models import AuditEvent
from junheng.web.audit.permissions import READ
from junheng.web.pages.table import Page


def _event(seq: int) -> AuditEvent:
    return AuditEvent.objects.get(seq=seq)


PAGES = (
    Page("audit/", "audit_events", views.events, READ, nav="审计", order=95),
    Page("audit/export/", "audit_export", views.exported, READ),
    Page("audit/<int:seq>/", "audit_event", views.event, READ, _event),
    Page("audit/verify/", "audit_verify", views.verification, READ, methods=("GET", "POST")),
)
