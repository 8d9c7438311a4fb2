"""The ledger comes into being, and takes up what a later plan adds."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from junheng.common.errors import UserError
from junheng.web.accounts.models import User
from junheng.web.areas.models import Unit
from junheng.web.audit.actions import record
from junheng.web.commitments.models import Commitment
from junheng.web.commitments.parameters import REPORT_DAYS
from junheng.web.commitments.plan import promises
from junheng.web.rights.levels import UnitKind


@transaction.atomic
def open_ledger(province: Unit, *, by: User) -> int:
    """Ask for a report on every commitment that is not measured and not in the ledger; returns how many. Raises UserError."""
    if province.kind != UnitKind.PROVINCE:
        raise UserError("政策落实台账由省里建立")
    Unit.objects.select_for_update().get(pk=province.pk)
    today = timezone.localdate()
    known = set(Commitment.objects.filter(unit=province).values_list("target", flat=True))
    new = [each for id, each in promises(province, today).items() if id not in known and not each.measured]
    due_on = today + timedelta(days=REPORT_DAYS.days)
    made = [Commitment(unit=province, target=each.target.id, title=each.target.title[:200], department=each.department, due_on=due_on) for each in new]
    Commitment.objects.bulk_create(made)
    record(by=by.actor, action="commitments.open", subject=f"unit:{province.pk}", unit_path=province.path, after={"asked": len(made)},
           detail={"due_on": str(due_on), "asked": len(made)})  # fmt: skip
    return len(made)
