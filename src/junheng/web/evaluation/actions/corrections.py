"""A judgement made on a visit turns out to be wrong: it is taken back, and another may stand in its place.

What was judged stays to be read with the reason. An opinion that was issued stays as issued; what is formed from now on, the draft
and the criterion's verdict, counts what stands.
"""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from junheng.common.errors import UserError
from junheng.web.accounts.models import User
from junheng.web.audit.actions import record
from junheng.web.evaluation.actions.problems_of_visits import now_fails, now_holds_no_more
from junheng.web.evaluation.criteria import Item
from junheng.web.evaluation.models import Outcome, VisitJudgement
from junheng.web.evaluation.permissions import CORRECT
from junheng.web.rights.roles import Role


@transaction.atomic
def correct(judgement: VisitJudgement, item: Item, outcome: str, reason: str, why: str, client_id: UUID, *, by: User) -> VisitJudgement:
    """Another judgement takes the place of this one. why: it was wrong; client_id: of the form, which sent twice counts once. A
    problem raised from it goes on in the new words, or says that its cause is gone. Raises UserError."""
    known = VisitJudgement.objects.filter(client_id=client_id).first()
    if known is not None:
        return known
    reason = reason.strip()
    if outcome not in Outcome.values:
        raise UserError("没有选择更正后的结论", remedy="请选择达标、未达标或不适用；整条都不该记的，请用“撤回这条判断”")
    if outcome == Outcome.FAIL and not reason:
        raise UserError("未达标须写明理由", remedy="请写清看到了什么、差在哪里")
    old = _take_back(judgement, why, by)
    if (outcome, reason) == (old.outcome, old.reason):
        raise UserError("更正后与原来相同", remedy="请改动结论或看到的情况")
    new = VisitJudgement.objects.create(visit=old.visit, criterion=old.criterion, outcome=outcome, reason=reason, client_id=client_id, replaces=old)
    if outcome == Outcome.FAIL:
        now_fails(new, item, by=by)
    now_holds_no_more(old, _words(old, by, f"更正了提出这个问题的判断，现为“{new.get_outcome_display()}”"), by=by)
    record(by=by.actor, action="evaluation.correct", subject=f"visit:{old.visit_id}", unit_path=old.unit_path,
           before={"judgement": old.pk, "outcome": old.outcome}, after={"judgement": new.pk, "criterion": old.criterion, "outcome": outcome},
           detail={"evaluation": old.visit.evaluation.reference, "why": why.strip()})  # fmt: skip
    return new


@transaction.atomic
def take_back(judgement: VisitJudgement, why: str, *, by: User) -> None:
    """It should not have been recorded at all. Raises UserError."""
    old = _take_back(judgement, why, by)
    now_holds_no_more(old, _words(old, by, "撤回了提出这个问题的判断"), by=by)
    record(by=by.actor, action="evaluation.take_back", subject=f"visit:{old.visit_id}", unit_path=old.unit_path,
           before={"judgement": old.pk, "criterion": old.criterion, "outcome": old.outcome},
           detail={"evaluation": old.visit.evaluation.reference, "why": why.strip()})  # fmt: skip


def _take_back(judgement: VisitJudgement, why: str, by: User) -> VisitJudgement:
    locked = VisitJudgement.objects.select_for_update(of=("self",)).select_related("visit__school", "visit__evaluation__round", "visit__evaluation__unit", "problem").get(pk=judgement.pk)
    if not may_correct(locked, by):
        raise UserError("您不能更正这条判断", why="核查判断由记录它的专家更正，或由省级管理员更正", remedy="请联系记录这一条的专家或省级管理员")
    why = why.strip()[:2000]
    if not why:
        raise UserError("没有写更正的理由", why="县里和学校会看到", remedy="请写明原来错在哪里")
    if not locked.stands:
        at = timezone.localtime(locked.withdrawn_at)
        raise UserError("这条判断已经更正或撤回", why=f"{locked.withdrawn_by_name}，{at:%Y-%m-%d %H:%M}", remedy="请刷新页面查看现在的判断")
    locked.withdrawn_at, locked.withdrawn_why, locked.withdrawn_by_name = timezone.now(), why, by.name
    locked.save(update_fields=["withdrawn_at", "withdrawn_why", "withdrawn_by_name"])
    return locked


def may_correct(judgement: VisitJudgement, user: User) -> bool:
    """Whoever recorded it, while assigned; or the province."""
    evaluation = judgement.visit.evaluation
    if not CORRECT.allows(user, evaluation):
        return False
    return user.role == Role.PROVINCE_ADMIN or (judgement.visit.expert_id == user.pk and evaluation.assignments.filter(user=user).exists())


def _words(old: VisitJudgement, by: User, what: str) -> str:
    at = timezone.localtime(old.withdrawn_at)
    return f"{by.name}于{at.year}年{at.month}月{at.day}日{what}：{old.withdrawn_why.rstrip('。')}。"
