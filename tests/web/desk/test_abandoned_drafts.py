"""A plan nobody ever had solved is forgotten after its days; one that was solved, or is younger, stays."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from junheng.web.audit.models import AuditEvent
from junheng.web.desk.actions import forget_plans
from junheng.web.desk.actions.forget import DRAFTS_LAST
from junheng.web.desk.models import Plan


def test_a_draft_is_forgotten_after_its_days_and_what_was_asked_for_stays(asked):
    old, young, begun = (asked("improvement", name=name, start=start) for name, start in (("旧稿", False), ("新稿", False), ("求解过", True)))
    Plan.objects.filter(pk__in=(old.pk, begun.pk)).update(at=timezone.now() - DRAFTS_LAST - timedelta(days=1))
    for _ in range(2):
        forget_plans(timezone.localdate())
    assert set(Plan.objects.values_list("pk", flat=True)) == {young.pk, begun.pk}
    (event,) = AuditEvent.objects.filter(action="desk.forget")
    assert event.subject == old.reference
