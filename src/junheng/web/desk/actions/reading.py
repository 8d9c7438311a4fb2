"""Somebody takes a file of a plan that is about people."""

from __future__ import annotations

from django.db import transaction

from junheng.web.accounts.models import User
from junheng.web.audit.actions import record_reading
from junheng.web.desk.models import Plan


@transaction.atomic
def record_fetched(plan: Plan, *, by: User, purpose: str) -> None:
    """Raises UserError without a purpose."""
    record_reading(by=by.actor, action="desk.fetched", subject=plan.reference, unit_path=plan.unit_path, purpose=purpose)
