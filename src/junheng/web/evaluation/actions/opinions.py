"""What was issued is kept, word for word. The caller holds the transaction of the step."""

from __future__ import annotations

from django.utils import timezone

from junheng.web.accounts.models import User
from junheng.web.evaluation.models import Evaluation, IssuedOpinion
from junheng.web.evaluation.opinion import fingerprint


def keep_issued(evaluation: Evaluation, *, by: User) -> IssuedOpinion:
    assert evaluation.opinion is not None, "publicised with its opinion"
    return IssuedOpinion.objects.create(
        evaluation=evaluation, application=evaluation.application, announcement=evaluation.announcement, document=evaluation.opinion,
        fingerprint=fingerprint(evaluation.opinion), by_name=by.name,
    )  # fmt: skip


def withdraw_issued(evaluation: Evaluation) -> None:
    IssuedOpinion.objects.filter(evaluation=evaluation, withdrawn_on=None).update(withdrawn_on=timezone.localdate())
