"""What experts find on site, and what the county says to it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from junheng.common.errors import UserError
from junheng.web.accounts.models import User
from junheng.web.areas.models import Unit
from junheng.web.audit.actions import record
from junheng.web.evaluation.criteria import Item
from junheng.web.evaluation.models import Evaluation, Outcome, StatementOfCase, Visit, VisitJudgement
from junheng.web.rectification.actions import raise_problem


@transaction.atomic
def judge(
    evaluation: Evaluation, school: Unit, item: Item, outcome: str, reason: str, client_id: UUID, *, by: User,
    on: date | None = None,
) -> VisitJudgement:  # fmt: skip
    """Record what was found on one criterion at a school; 未达标 becomes a problem to be mended.

    client_id: of the form; the same form sent twice (a phone without a signal) counts once. Raises UserError.
    """
    known = VisitJudgement.objects.filter(client_id=client_id).first()
    if known is not None:
        return known
    if evaluation.state != "prov_visit":
        raise UserError("现在不是实地核查阶段", why=f"这个县现在是“{evaluation.state_shown.label}”", remedy="请联系省级管理员")
    if not evaluation.assignments.filter(user=by).exists():
        raise UserError("您没有被安排评估这个县", remedy="请联系省级管理员")
    if outcome not in Outcome.values:
        raise UserError("没有选择结论", remedy="请选择达标、未达标或不适用")
    if outcome == Outcome.FAIL and not reason.strip():
        raise UserError("未达标须写明理由", remedy="请写清看到了什么、差在哪里")
    visit, _ = Visit.objects.get_or_create(evaluation=evaluation, school=school, expert=by)
    Visit.objects.filter(pk=visit.pk).update(on=on or timezone.localdate())
    judgement = VisitJudgement.objects.create(visit=visit, criterion=item.id, outcome=outcome, reason=reason.strip(), client_id=client_id)
    record(by=by.actor, action="evaluation.judge", subject=f"visit:{visit.pk}", unit_path=school.path,
           after={"criterion": item.id, "outcome": outcome}, detail={"evaluation": evaluation.reference})  # fmt: skip
    if outcome == Outcome.FAIL:
        raise_problem(by=by, unit=school, round=evaluation.round, title=f"{item.title}：{reason.strip()}", criterion=item.id, clause=item.clause,
                      current="", required=item.text, gap="", source=f"visit:{visit.pk}")  # fmt: skip
    return judgement


@transaction.atomic
def state_case(evaluation: Evaluation, text: str, *, by: User) -> StatementOfCase:
    """申辩: the county answers the draft of the 督导意见书 (教育督导条例 第二十条)."""
    if not text.strip():
        raise UserError("没有写申辩内容", remedy="请写明对哪一条有不同意见、依据是什么")
    if evaluation.state not in ("prov_visit", "prov_conclusion"):
        raise UserError("现在不能申辩", why=f"现在是“{evaluation.state_shown.label}”", remedy="实地核查结束、形成结论以前可以申辩")
    statement = StatementOfCase.objects.create(evaluation=evaluation, text=text.strip()[:4000], by_name=by.name)
    record(by=by.actor, action="evaluation.state_case", subject=evaluation.reference, unit_path=evaluation.unit.path)
    return statement


@transaction.atomic
def answer_statement(statement: StatementOfCase, answer: str, *, by: User) -> None:
    if not answer.strip():
        raise UserError("没有写处理意见")
    StatementOfCase.objects.filter(pk=statement.pk).update(answer=answer.strip()[:4000])
    evaluation = statement.evaluation
    record(by=by.actor, action="evaluation.answer_case", subject=evaluation.reference, unit_path=evaluation.unit.path)
