"""催报: the notice leaves later, out of the audit event."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from junheng.web.accounts.models import User
from junheng.web.audit.actions import record
from junheng.web.audit.models import AuditEvent
from junheng.web.flow.errors import Refused
from junheng.web.reporting.models import Submission
from junheng.web.reporting.permissions import REMIND
from junheng.web.reporting.process import FILLABLE


@transaction.atomic
def remind(submissions: Sequence[Submission], words: str, *, by: User) -> int:
    """Remind everyone of these who still has to hand in and was not reminded today; returns how many."""
    open_ones = [each for each in submissions if each.state in FILLABLE and REMIND.allows(by, each)]
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    reminded = set(
        AuditEvent.objects.filter(action="reporting.remind", at__gte=today, subject__in=[each.reference for each in open_ones])
        .values_list("subject", flat=True)
    )
    found = [each for each in open_ones if each.reference not in reminded]
    if not found:
        raise Refused("没有需要催报的单位", why="今天都已催过" if open_ones else "都已提交，或不在您的辖区")
    for each in found:
        record(by=by.actor, action="reporting.remind", subject=each.reference, unit_path=each.unit_path,
               detail={"words": words.strip()[:500], "due_on": str(each.due_on or ""), "state": each.state})  # fmt: skip
    return len(found)
