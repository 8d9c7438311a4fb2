"""申辩: what the county says to the draft of the 督导意见书, and what the province answers (教育督导条例 第二十条)."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from junheng.common.errors import UserError
from junheng.web.accounts.models import User
from junheng.web.audit.actions import record
from junheng.web.evaluation.models import Decision, Evaluation, StatementOfCase

LONGEST = 4000


@transaction.atomic
def state_case(evaluation: Evaluation, text: str, *, by: User) -> StatementOfCase:
    """The county answers the draft opinion, within its time. Raises UserError."""
    text = text.strip()
    if not text or len(text) > LONGEST:
        raise UserError("没有写申辩内容" if not text else f"申辩超过 {LONGEST} 字", remedy="请写明对哪一条有不同意见、依据是什么")
    locked = _open(evaluation)
    statement = StatementOfCase.objects.create(evaluation=locked, application=locked.application, text=text, by_name=by.name)
    record(by=by.actor, action="evaluation.state_case", subject=locked.reference, unit_path=locked.unit.path)
    return statement


@transaction.atomic
def close_statements(evaluation: Evaluation, *, by: User) -> None:
    """The county has nothing (more) to say to the draft: the conclusion need not wait for the deadline. Raises UserError."""
    locked = _open(evaluation)
    Evaluation.objects.filter(pk=locked.pk).update(statements_closed_on=timezone.localdate())
    record(by=by.actor, action="evaluation.close_case", subject=locked.reference, unit_path=locked.unit.path)


@transaction.atomic
def answer_statement(statement: StatementOfCase, decision: str, answer: str, *, by: User) -> None:
    """What the province decides on it, once, with words. Raises UserError."""
    evaluation = Evaluation.objects.select_for_update(of=("self",)).select_related("unit").get(pk=statement.evaluation_id)
    answer = answer.strip()
    if decision not in Decision.values:
        raise UserError("没有选择申辩是否成立", remedy="请选择“申辩成立”或“申辩不成立”")
    if not answer or len(answer) > LONGEST:
        raise UserError("没有写处理意见" if not answer else f"处理意见超过 {LONGEST} 字", remedy="请写明核实了什么、为什么这样处理")
    if evaluation.state != "prov_conclusion":
        raise UserError("现在不能答复申辩", why=f"现在是“{evaluation.state_shown.label}”", remedy="在公示结论以前答复")
    answered = StatementOfCase.objects.filter(pk=statement.pk, decision="").update(
        decision=decision, answer=answer, answered_by_name=by.name, answered_at=timezone.now()
    )
    if not answered:
        raise UserError("这条申辩已经答复过", remedy="请刷新页面查看")
    record(by=by.actor, action="evaluation.answer_case", subject=evaluation.reference, unit_path=evaluation.unit.path,
           after={"decision": decision}, detail={"decided": Decision(decision).label})  # fmt: skip


def _open(evaluation: Evaluation) -> Evaluation:
    """Locked, and still open to the county's word. Raises UserError."""
    locked = Evaluation.objects.select_for_update(of=("self",)).select_related("unit").get(pk=evaluation.pk)
    if locked.takes_statements_on(timezone.localdate()):
        return locked
    if locked.state != "prov_conclusion":
        why = f"现在是“{locked.state_shown.label}”"
    elif locked.statements_closed_on is not None:
        why = f"县里已于 {locked.statements_closed_on:%Y-%m-%d} 表示没有其他意见"
    else:
        why = f"申辩期限到 {locked.statement_due_on:%Y-%m-%d}" if locked.statement_due_on else "督导意见书初稿还没有送达"
    raise UserError("现在不能申辩", why=why, remedy="实地核查结束、送达初稿后，在期限内可以申辩；逾期的可向省级督导部门书面反映")
