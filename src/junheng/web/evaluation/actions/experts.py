"""Who evaluates, who must keep away, and which schools are drawn."""

from __future__ import annotations

import secrets

from django.db import transaction

from junheng.common.errors import UserError
from junheng.web.accounts.models import Reach, User
from junheng.web.areas.models import Unit
from junheng.web.audit.actions import record
from junheng.web.evaluation.models import Assignment, Evaluation, Relation, Sample
from junheng.web.evaluation.sampling import draw
from junheng.web.evaluation.strata import strata_of
from junheng.web.rights.levels import UnitKind
from junheng.web.rights.roles import Role


@transaction.atomic
def declare(unit: Unit, reason: str, *, by: User) -> Relation:
    """An expert declares a relation for which they must keep away from a unit."""
    reason = reason.strip()
    if not reason:
        raise UserError("没有写明关系", remedy="如“曾任该校校长”“近亲属在该县教育局任职”")
    relation, _ = Relation.objects.update_or_create(user=by, unit=unit, defaults={"reason": reason[:100]})
    record(by=by.actor, action="evaluation.declare", subject=f"user:{by.pk}", unit_path=unit.path, after={"unit": unit.code})
    return relation


def must_keep_away(user: User, unit: Unit) -> str:
    """Why an expert may not evaluate a unit (回避), in words; "" when they may."""
    home = user.unit
    if home.kind != UnitKind.PROVINCE and (unit.path.startswith(home.path) or home.path.startswith(unit.path)):
        return f"{user.name}来自{home.name}，不得评估本地"
    for relation in Relation.objects.filter(user=user).select_related("unit"):
        if unit.path.startswith(relation.unit.path) or relation.unit.path.startswith(unit.path):
            return f"{user.name}申报了与{relation.unit.name}的关系（{relation.reason}）"
    return ""


@transaction.atomic
def assign(evaluation: Evaluation, user: User, *, by: User) -> Assignment:
    """Give an expert an evaluation, and with it the sight of the county. Raises UserError where they must keep away."""
    if user.role != Role.PROVINCE_EXPERT or not user.is_active:
        raise UserError(f"{user.name}不是在用的评估专家账号", remedy="请选择省级评估专家")
    why = must_keep_away(user, evaluation.unit)
    if why:
        raise UserError(f"{user.name}须回避", why=why, remedy="请安排其他专家")
    assignment, _ = Assignment.objects.get_or_create(evaluation=evaluation, user=user)
    Reach.objects.get_or_create(user=user, unit=evaluation.unit, source=evaluation.reference, defaults={"reason": "评估分工"})
    record(by=by.actor, action="evaluation.assign", subject=evaluation.reference, unit_path=evaluation.unit.path,
           after={"expert": user.username}, detail={"expert_id": user.pk})  # fmt: skip
    return assignment


@transaction.atomic
def unassign(evaluation: Evaluation, user: User, *, by: User) -> None:
    """Take it back, and the sight of the county with it; what the expert found stays."""
    Assignment.objects.filter(evaluation=evaluation, user=user).delete()
    Reach.objects.filter(user=user, source=evaluation.reference).delete()
    record(by=by.actor, action="evaluation.unassign", subject=evaluation.reference, unit_path=evaluation.unit.path,
           before={"expert": user.username})  # fmt: skip


@transaction.atomic
def draw_sample(evaluation: Evaluation, size: int, *, by: User, seed: str = "") -> Sample:
    """Draw the schools to visit, once; the seed is recorded, so that anybody can draw again. seed: "" = a new one."""
    Evaluation.objects.select_for_update().get(pk=evaluation.pk)
    if Sample.objects.filter(evaluation=evaluation).exists():
        raise UserError("已经抽取过学校", why="抽样只能进行一次，结果和种子已公开", remedy="请按已抽中的学校核查")
    if size < 1:
        raise UserError("至少要抽 1 所学校")
    strata = strata_of(evaluation)
    seed = seed or secrets.token_hex(16)
    sample = Sample.objects.create(evaluation=evaluation, seed=seed, size=size, strata=strata, drawn=draw(strata, size, seed))
    record(by=by.actor, action="evaluation.draw", subject=evaluation.reference, unit_path=evaluation.unit.path,
           after={"seed": seed, "size": size, "drawn": sample.drawn})  # fmt: skip
    return sample
