"""Many submissions accepted in one act."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.db import transaction

from junheng.web.accounts.models import User
from junheng.web.flow.errors import Refused
from junheng.web.flow.turns import give_way
from junheng.web.reporting.actions.moves import accept
from junheng.web.reporting.models import Submission

BATCH = 50


def accept_many(pks: Sequence[int], *, by: User, on_step: Callable[[int], None] = lambda done: None) -> int:
    """Accept what is still submitted; one transaction per 50, so that a stop or a crash leaves whole batches and the
    rest is taken up when it runs again. Each has its own step and audit event. Returns how many were accepted now."""
    accepted = 0
    for start in range(0, len(pks), BATCH):
        accepted += _batch(pks[start : start + BATCH], by)
        on_step(min(start + BATCH, len(pks)))
        give_way()
    return accepted


@transaction.atomic
def _batch(pks: Sequence[int], by: User) -> int:
    accepted = 0
    for each in Submission.objects.filter(pk__in=pks, state="submitted").select_related("unit", "round").order_by("pk"):
        try:
            accept(each, by=by)
        except Refused:
            continue  # withdrawn by its school meanwhile, or not this account's to accept
        accepted += 1
    return accepted
