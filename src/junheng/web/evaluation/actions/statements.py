"""申辩: what the county says to the draft of the 督导意见书, and what the province answers (教育督导条例 第二十条)."""

from __future__ import annotations

from django.db import transaction

from junheng.common.errors import UserError
from junheng.web.accounts.models import User
from junheng.web.audit.actions import record
from junheng.web.evaluation.models import Evaluation, StatementOfCase


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
