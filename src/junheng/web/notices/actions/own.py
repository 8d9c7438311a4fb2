"""What a person does with their own notices."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from junheng.web.accounts.models import User
from junheng.web.audit.actions import record
from junheng.web.notices.models import Notice, Preference


def mark_read(notice: Notice) -> None:
    Notice.objects.filter(pk=notice.pk, read_at=None).update(read_at=timezone.now())


def mark_all_read(*, by: User) -> int:
    """How many were still unread."""
    return Notice.objects.filter(user=by, read_at=None).update(read_at=timezone.now())


@transaction.atomic
def choose_ways(*, by: User, email: bool, sms: bool) -> Preference:
    preference, _ = Preference.objects.get_or_create(user=by)
    before = {"email": preference.email, "sms": preference.sms}
    preference.email, preference.sms = email, sms
    preference.save()
    record(by=by.actor, action="notices.choose_ways", subject=f"user:{by.pk}", unit_path=by.unit.path, before=before,
           after={"email": email, "sms": sms})  # fmt: skip
    return preference
