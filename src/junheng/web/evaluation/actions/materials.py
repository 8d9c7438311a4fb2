"""材料审核, criterion by criterion. A problem made from a judgement follows what is judged later: it goes on in the new words, or
says that its cause is gone."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from junheng.common.errors import UserError
from junheng.web.accounts.models import User
from junheng.web.audit.actions import record
from junheng.web.evaluation.criteria import Item
from junheng.web.evaluation.materials import judged
from junheng.web.evaluation.models import Evaluation, MaterialJudgement, MaterialOutcome
from junheng.web.evaluation.permissions import JUDGE_MATERIALS
from junheng.web.rectification.actions import cause_gone, cause_holds, raise_problem
from junheng.web.rectification.models import FINISHED, Problem
from junheng.web.rights.roles import Role


@transaction.atomic
def judge_material(evaluation: Evaluation, item: Item, outcome: str, reason: str, client_id: UUID, *, by: User) -> MaterialJudgement:
    """Judge one criterion on the signed release; a later judgement takes the place of an earlier one. client_id: of the
    form; sent twice it counts once. Raises UserError."""
    locked = Evaluation.objects.select_for_update(of=("self",)).select_related("unit", "release").get(pk=evaluation.pk)
    known = MaterialJudgement.objects.filter(client_id=client_id).first()
    if known is not None:
        return known
    _refuse(locked, by)
    reason = reason.strip()[:2000]
    if outcome not in MaterialOutcome.values:
        raise UserError("没有选择结论", remedy="请选择达标、未达标或需补充")
    if not reason:
        raise UserError("没有写理由", why="县里和督导意见书都要看到依据", remedy="请写明看了哪些材料、差在哪里或还缺什么")
    assert locked.release is not None
    made = MaterialJudgement.objects.create(evaluation=locked, application=locked.application, release=locked.release, criterion=item.id, outcome=outcome, reason=reason,
                                            client_id=client_id, by=by, by_name=by.name)  # fmt: skip
    _record(made, item, by)
    _follow(made, item, by)
    return made


def _follow(made: MaterialJudgement, item: Item, by: User) -> None:
    """The open problem of an earlier judgement on the criterion. 需补充 leaves open whether there is one: it stays."""
    problem = _open_problem(made)
    if problem is None:
        return
    if made.outcome == MaterialOutcome.PASS:
        at = timezone.localtime(made.at)
        cause_gone(problem, f"{by.name}于{at.year}年{at.month}月{at.day}日重新审核材料，现为“达标”：{made.reason.rstrip('。')}。", by=by)
    else:
        made.problem = problem
        made.save(update_fields=["problem"])
        cause_holds(problem, _title(item, made) if made.outcome == MaterialOutcome.FAIL else "", by=by)


def _open_problem(made: MaterialJudgement) -> Problem | None:
    earlier = MaterialJudgement.objects.filter(evaluation=made.evaluation, criterion=made.criterion, pk__lt=made.pk, problem__isnull=False)
    last = earlier.exclude(problem__state__in=FINISHED).select_related("problem").last()
    return last.problem if last else None


def _title(item: Item, judgement: MaterialJudgement) -> str:
    return f"{item.title}：{judgement.reason}"


def _record(made: MaterialJudgement, item: Item, by: User) -> None:
    told: dict[str, Any] = {"subject": made.evaluation.reference, "unit_path": made.evaluation.unit.path,
                            "after": {"criterion": item.id, "outcome": made.outcome}, "detail": {"title": str(item), "release": made.release.hash}}  # fmt: skip
    if made.outcome == MaterialOutcome.MORE:
        record(by=by.actor, action="evaluation.ask_more", **told)
    else:
        record(by=by.actor, action="evaluation.judge_material", **told)


@transaction.atomic
def make_problem(judgement: MaterialJudgement, item: Item, *, by: User) -> Problem:
    """What was judged 未达标 becomes the county's problem to be mended, once. Raises UserError."""
    evaluation = Evaluation.objects.select_for_update(of=("self",)).select_related("unit", "round", "release").get(pk=judgement.evaluation_id)
    _refuse(evaluation, by)
    latest = judged(evaluation).get(item.id)
    if latest is None or latest.pk != judgement.pk or latest.outcome != MaterialOutcome.FAIL:
        raise UserError("只有现在判为未达标的条目可以列为问题", where=str(item), remedy="请先重新审核这一条")
    problem = latest.problem or raise_problem(
        by=by, unit=evaluation.unit, round=evaluation.round, title=_title(item, latest), criterion=item.id, clause=item.clause,
        current=item.measured, required=item.text, gap="", source=latest.reference,
    )  # fmt: skip
    MaterialJudgement.objects.filter(pk=latest.pk).update(problem=problem)
    return problem


def _refuse(evaluation: Evaluation, by: User) -> None:
    if evaluation.release is None or not JUDGE_MATERIALS.allows(by, evaluation):
        raise UserError("现在不能审核材料", why=f"这个县现在是“{evaluation.state_shown.label}”", remedy="资格审查通过以后、公示结论以前，由省级管理员或被安排的专家审核")
    if by.role == Role.PROVINCE_EXPERT and not evaluation.assignments.filter(user=by).exists():
        raise UserError("您没有被安排评估这个县", remedy="请联系省级管理员")
