"""Codes: issued on a sheet, printed once, kept nowhere."""

from __future__ import annotations

import secrets

from django.db import transaction

from junheng.common.errors import UserError
from junheng.web.accounts.models import User
from junheng.web.audit.actions import record
from junheng.web.survey.code_hash import code_hash
from junheng.web.survey.models import Code, Sheet, Stratum, Survey

MOST_AT_ONCE = 2000
_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Without 0, O, 1 and I, which are mistaken for each other on paper."""
_LENGTH = 12


@transaction.atomic
def issue(stratum: Stratum, size: int, *, by: User) -> tuple[Sheet, list[str]]:
    """`size` new codes for those who are asked together, "ABCD-EFGH-JKMN": 60 random bits each. This is the only time they can be
    read. Raises UserError."""
    if not 1 <= size <= MOST_AT_ONCE:
        raise UserError(f"一次印 1 到 {MOST_AT_ONCE} 张", why=f"填的是 {size}", remedy="请分几次印")
    survey = Survey.objects.select_for_update(of=("self",)).select_related("unit").get(pk=stratum.survey_id)
    if survey.state not in ("draft", "open"):
        raise UserError("现在不能印答题码", why=f"调查现在是“{survey.state_shown.label}”")
    sheet = Sheet.objects.create(stratum=stratum, size=size, spent=bytes((size + 7) // 8), by_name=by.name)
    codes = [_new() for _ in range(size)]
    Code.objects.bulk_create([Code(sheet=sheet, position=at, hash=code_hash(survey.secret, code)) for at, code in enumerate(codes)], batch_size=500)
    record(by=by.actor, action="survey.issue", subject=survey.reference, unit_path=survey.unit.path,
           after={"sheet": sheet.pk, "size": size}, detail={"stratum": str(stratum)})  # fmt: skip
    return sheet, codes


@transaction.atomic
def void(sheet: Sheet, *, by: User) -> None:
    """The codes of a sheet that were not used yet are no longer taken: it was lost, or never printed. Raises UserError."""
    survey = Survey.objects.select_for_update(of=("self",)).select_related("unit").get(pk=sheet.stratum.survey_id)
    locked = Sheet.objects.select_for_update().get(pk=sheet.pk)
    if locked.voided:
        raise UserError("这张码单已经作废")
    Sheet.objects.filter(pk=locked.pk).update(voided=True)
    record(by=by.actor, action="survey.void", subject=survey.reference, unit_path=survey.unit.path,
           after={"sheet": locked.pk, "unused": locked.size - locked.used})  # fmt: skip


def _new() -> str:
    letters = "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))
    return "-".join(letters[at : at + 4] for at in range(0, _LENGTH, 4))
