"""现场访谈: what experts hear from people, entered by the experts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from junheng.common.errors import UserError
from junheng.web.accounts.models import User
from junheng.web.audit.actions import record
from junheng.web.publicity.guard import refuse_personal
from junheng.web.survey.models import Interview, Survey

MOST = 500


@dataclass(frozen=True)
class Spoken:
    """One occasion. asked: everybody of the group who was asked, whether they said anything or not; satisfied: of them."""

    group: str
    place: str
    on: date
    asked: int
    satisfied: int
    remark: str = ""


@transaction.atomic
def hear(survey: Survey, spoken: Spoken, client_id: UUID, *, by: User) -> Interview:
    """Record an interview; the same form sent twice counts once. Raises UserError."""
    locked = Survey.objects.select_for_update(of=("self",)).select_related("unit").get(pk=survey.pk)
    known = Interview.objects.filter(client_id=client_id, by=by).first()
    if known is not None:
        return known
    _refuse(locked, by)
    _check(locked, spoken)
    made = Interview.objects.create(
        survey=locked, group=spoken.group, place=spoken.place.strip()[:100], on=spoken.on, asked=spoken.asked, satisfied=spoken.satisfied,
        remark=spoken.remark.strip(), by=by, client_id=client_id,
    )  # fmt: skip
    record(by=by.actor, action="survey.hear", subject=locked.reference, unit_path=locked.unit.path,
           after={"interview": made.pk, "group": made.group, "asked": made.asked, "satisfied": made.satisfied})  # fmt: skip
    return made


@transaction.atomic
def withdraw_interview(interview: Interview, *, by: User) -> None:
    """Entered by mistake: it stays, and counts no more. Raises UserError."""
    locked = Survey.objects.select_for_update(of=("self",)).select_related("unit").get(pk=interview.survey_id)
    _refuse(locked, by)
    if not Interview.objects.filter(pk=interview.pk, by=by, withdrawn=False).update(withdrawn=True):
        raise UserError("只能撤回自己登记的、还没有撤回的访谈")
    record(by=by.actor, action="survey.unhear", subject=locked.reference, unit_path=locked.unit.path, before={"interview": interview.pk})


def _refuse(survey: Survey, by: User) -> None:
    if survey.state != "open":
        raise UserError("现在不能登记访谈", why=f"调查现在是“{survey.state_shown.label}”", remedy="请联系省级管理员")
    if not survey.evaluation.assignments.filter(user=by).exists():
        raise UserError("您没有被安排评估这个县", remedy="请联系省级管理员")


def _check(survey: Survey, spoken: Spoken) -> None:
    if spoken.group not in {each.id for each in survey.questionnaire.groups}:
        raise UserError("没有选择访谈对象")
    if not spoken.place.strip():
        raise UserError("没有写访谈地点", remedy="如“和平区第一小学会议室”")
    if spoken.on > timezone.localdate():
        raise UserError("访谈日期还没有到", why=f"填的是 {spoken.on:%Y-%m-%d}")
    if not 1 <= spoken.asked <= MOST:
        raise UserError(f"访谈人数应在 1 到 {MOST} 之间", why=f"填的是 {spoken.asked}")
    if not 0 <= spoken.satisfied <= spoken.asked:
        raise UserError("满意人数多于访谈人数", why=f"满意 {spoken.satisfied}，访谈 {spoken.asked}", remedy="请核对两个数")
    refuse_personal(f"{spoken.place}\n{spoken.remark}", "remark")
