"""Paper questionnaires, typed in from a workbook: all of it or nothing."""

from __future__ import annotations

import hashlib

from django.db import transaction
from django.utils import timezone

from junheng.common.errors import UserError
from junheng.web.accounts.models import User
from junheng.web.audit.actions import record
from junheng.web.survey.models import Answer, PaperEntry, Survey
from junheng.web.survey.paper import read


@transaction.atomic
def enter(survey: Survey, file_name: str, data: bytes, *, by: User) -> tuple[PaperEntry, int]:
    """The workbook's questionnaires as answers; returns how many. The same file twice is refused. Raises UserError, naming the cells."""
    locked = Survey.objects.select_for_update(of=("self",)).select_related("unit").get(pk=survey.pk)
    _refuse(locked)
    sha256 = hashlib.sha256(data).hexdigest()
    if locked.paper_entries.filter(sha256=sha256, withdrawn=False).exists():
        raise UserError("这个文件已经录入过", where=file_name, remedy="要更正，请先撤回原来的录入")
    sent, rows = read(locked, file_name, data)
    made = PaperEntry.objects.create(survey=locked, file_name=file_name[:200], sha256=sha256, sent=sent, by_name=by.name)
    today = timezone.localdate()
    Answer.objects.bulk_create(
        [Answer(survey=locked, group=each.group, school_id=each.school_id, day=today, overall=each.overall, more=each.more, entry=made) for each in rows],
        batch_size=500,
    )  # fmt: skip
    record(by=by.actor, action="survey.enter_paper", subject=locked.reference, unit_path=locked.unit.path,
           after={"entry": made.pk, "answers": len(rows), "sha256": sha256})  # fmt: skip
    return made, len(rows)


@transaction.atomic
def withdraw_entry(entry: PaperEntry, *, by: User) -> None:
    """Its questionnaires count no more. Raises UserError."""
    locked = Survey.objects.select_for_update(of=("self",)).select_related("unit").get(pk=entry.survey_id)
    _refuse(locked)
    if not PaperEntry.objects.filter(pk=entry.pk, withdrawn=False).update(withdrawn=True):
        raise UserError("这次录入已经撤回")
    record(by=by.actor, action="survey.withdraw_paper", subject=locked.reference, unit_path=locked.unit.path, before={"entry": entry.pk})


def _refuse(survey: Survey) -> None:
    if survey.state != "open":
        raise UserError("现在不能录入纸质问卷", why=f"调查现在是“{survey.state_shown.label}”", remedy="调查开始以后、截止以前录入")
