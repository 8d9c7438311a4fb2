"""What experts find on site, with the photographs that show it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from junheng.common.errors import UserError
from junheng.web.accounts.models import User
from junheng.web.areas.models import Unit
from junheng.web.audit.actions import record
from junheng.web.evaluation.actions.problems_of_visits import now_fails
from junheng.web.evaluation.criteria import Item
from junheng.web.evaluation.models import Evaluation, Outcome, Visit, VisitJudgement
from junheng.web.evidence.actions import Kept, attach_kept, keep_pictures

MOST_PHOTOS = 20
Photos = Iterable[UploadedFile[Any]]


@dataclass(frozen=True)
class Found:
    """What an expert says of one criterion at a school."""

    item: Item
    outcome: str
    reason: str


def judge(evaluation: Evaluation, school: Unit, found: Found, client_id: UUID, *, by: User, photos: Photos = (), on: date | None = None) -> VisitJudgement:
    """Record what was found on one criterion at a school; 未达标 becomes a problem to be mended.

    client_id: of the form; the same form sent twice (a phone without a signal) counts once, its photographs too. A
    photograph that is refused leaves nothing recorded. Raises UserError.
    """
    known = VisitJudgement.objects.filter(client_id=client_id).first()
    if known is not None:
        return known
    _refuse(evaluation, by)
    if found.outcome not in Outcome.values:
        raise UserError("没有选择结论", remedy="请选择达标、未达标或不适用")
    if found.outcome == Outcome.FAIL and not found.reason.strip():
        raise UserError("未达标须写明理由", remedy="请写清看到了什么、差在哪里")
    return _judge(evaluation, school, found, client_id, _kept(photos), by, on or timezone.localdate())


def add_photos(judgement: VisitJudgement, photos: Photos, *, by: User) -> None:
    """More photographs for what the same expert recorded; one sent twice is one. Raises UserError."""
    _refuse(judgement.visit.evaluation, by)
    if not judgement.stands:
        raise UserError("这条判断已经更正或撤回", remedy="请在更正后的记录上加照片")
    if judgement.visit.expert_id != by.pk:
        raise UserError("只能为自己的记录加照片", remedy="请由记录这一条的专家上传")
    kept = _kept(photos)
    if not kept:
        raise UserError("没有选择照片", remedy="请先拍照或选择照片")
    _attach(judgement, kept, by)


def _refuse(evaluation: Evaluation, by: User) -> None:
    if evaluation.state != "prov_visit":
        raise UserError("现在不是实地核查阶段", why=f"这个县现在是“{evaluation.state_shown.label}”", remedy="请联系省级管理员")
    if not evaluation.assignments.filter(user=by).exists():
        raise UserError("您没有被安排评估这个县", remedy="请联系省级管理员")


def _kept(photos: Photos) -> list[Kept]:
    photos = list(photos)
    if len(photos) > MOST_PHOTOS:
        raise UserError(f"一次最多上传 {MOST_PHOTOS} 张照片", why=f"选了 {len(photos)} 张", remedy="请分几次上传")
    return keep_pictures(photos)


@transaction.atomic
def _judge(evaluation: Evaluation, school: Unit, found: Found, client_id: UUID, kept: Sequence[Kept], by: User, on: date) -> VisitJudgement:
    locked = Evaluation.objects.select_for_update(of=("self",)).select_related("unit", "round").get(pk=evaluation.pk)
    known = VisitJudgement.objects.filter(client_id=client_id).first()  # the same form sent twice at once waited at the lock
    if known is not None:
        return known
    _refuse(locked, by)
    item, reason = found.item, found.reason.strip()
    visit, _ = Visit.objects.get_or_create(evaluation=locked, application=locked.application, school=school, expert=by)
    Visit.objects.filter(pk=visit.pk).update(on=on)
    judgement = VisitJudgement.objects.create(visit=visit, criterion=item.id, outcome=found.outcome, reason=reason, client_id=client_id)
    _attach(judgement, kept, by)
    record(by=by.actor, action="evaluation.judge", subject=f"visit:{visit.pk}", unit_path=school.path,
           after={"criterion": item.id, "outcome": found.outcome, "photos": len(kept)}, detail={"evaluation": locked.reference})  # fmt: skip
    if found.outcome == Outcome.FAIL:
        now_fails(judgement, item, by=by)
    return judgement


@transaction.atomic
def _attach(judgement: VisitJudgement, kept: Sequence[Kept], by: User) -> None:
    visit = judgement.visit
    for number, each in enumerate(kept, 1):
        attach_kept(each, unit=visit.school, round=visit.evaluation.round, criterion=judgement.criterion, by=by, subject=judgement.reference,
                    title=f"{visit.school.name}核查照片 {number}", fixed=True)  # fmt: skip
