"""Deadlines coming up: an event in the log each, once three days before and once on the day; notices follow from it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.db import transaction

from junheng.web.audit.actions import record
from junheng.web.audit.actions.record import SYSTEM
from junheng.web.flow.models import Subject
from junheng.web.flow.turns import give_way
from junheng.web.notices.models import Reminder
from junheng.web.notices.rules import RULES
from junheng.web.notices.told import subject_models

DAYS_BEFORE = 3
_AT_ONCE = 50


def remind_deadlines(today: date) -> list[str]:
    """Returns the references of the subjects reminded of. Safe to repeat: a deadline is reminded of once per stage."""
    wanted = {each.action.removesuffix(".due") for each in RULES if each.action.endswith(".due")}
    reminded: list[str] = []
    for kind, model in subject_models().items():
        if kind in wanted:
            near = model._base_manager.filter(due_on__gte=today, due_on__lte=today + timedelta(days=DAYS_BEFORE))
            due = list(near.select_related("unit").order_by("pk"))
            for start in range(0, len(due), _AT_ONCE):
                if new := _remind(due[start : start + _AT_ONCE], today):
                    reminded += new
                    give_way()
    return reminded


@transaction.atomic
def _remind(subjects: Sequence[Subject], today: date) -> list[str]:
    reminded = []
    for each in subjects:
        assert each.due_on is not None
        stage = "today" if each.due_on == today else "soon"
        _, new = Reminder.objects.get_or_create(subject=each.reference, due_on=each.due_on, stage=stage)
        if new:
            days = (each.due_on - today).days
            detail = {"state": each.state, "due_on": str(each.due_on), "left": f"还有 {days} 天" if days else "今天到期",
                      "department": getattr(each, "department", "")}  # fmt: skip
            record(by=SYSTEM, action=f"{each.process.id}.due", subject=each.reference, unit_path=each.unit_path, detail=detail)
            reminded.append(each.reference)
    return reminded
