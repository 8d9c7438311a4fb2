"""Who evaluates, who must keep away, and which schools are drawn."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

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

_OVER = ("publicised", "accepted", "not_accepted", "monitoring", "warned", "revoked")


@transaction.atomic
def declare(unit: Unit, reason: str, *, by: User) -> Relation:
    """An expert declares a relation for which they must keep away from a unit; evaluations of it that were given to them
    already are taken back."""
    reason = reason.strip()
    if not reason:
        raise UserError("没有写明关系", remedy="如“曾任该校校长”“近亲属在该县教育局任职”")
    relation, _ = Relation.objects.update_or_create(user=by, unit=unit, defaults={"reason": reason[:100]})
    record(by=by.actor, action="evaluation.declare", subject=f"user:{by.pk}", unit_path=unit.path, after={"unit": unit.code})
    for each in Assignment.objects.filter(user=by).exclude(evaluation__state__in=_OVER).select_related("evaluation__unit"):
        if _touch(unit, each.evaluation.unit):
            _take_back(each.evaluation, by)
            record(by=by.actor, action="evaluation.step_back", subject=each.evaluation.reference, unit_path=each.evaluation.unit.path,
                   before={"expert": by.username})  # fmt: skip
    return relation


def must_keep_away(users: Sequence[User], unit: Unit) -> dict[int, str]:
    """Which of these experts may not evaluate a unit (回避), and why: key → words. One query, whatever their number."""
    declared: dict[int, list[Relation]] = {}
    for each in Relation.objects.filter(user__in=users).select_related("unit"):
        declared.setdefault(each.user_id, []).append(each)
    found = {user.pk: _why_away(user, unit, declared.get(user.pk, ())) for user in users}
    return {pk: why for pk, why in found.items() if why}


def _why_away(user: User, unit: Unit, relations: Sequence[Relation]) -> str:
    home = user.unit
    if home.kind != UnitKind.PROVINCE and _touch(unit, home):
        return f"{user.name}来自{home.name}，不得评估本地"
    touching = next((each for each in relations if _touch(unit, each.unit)), None)
    return f"{user.name}申报了与{touching.unit.name}的关系（{touching.reason}）" if touching else ""


def _touch(one: Unit, other: Unit) -> bool:
    """One lies within the other."""
    return one.path.startswith(other.path) or other.path.startswith(one.path)


@transaction.atomic
def assign(evaluation: Evaluation, user: User, *, by: User) -> Assignment:
    """Give an expert an evaluation, and with it the sight of the county. Raises UserError where they must keep away."""
    if user.role != Role.PROVINCE_EXPERT or not user.is_active:
        raise UserError(f"{user.name}不是在用的评估专家账号", remedy="请选择省级评估专家")
    why = must_keep_away([user], evaluation.unit).get(user.pk)
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
    _take_back(evaluation, user)
    record(by=by.actor, action="evaluation.unassign", subject=evaluation.reference, unit_path=evaluation.unit.path,
           before={"expert": user.username})  # fmt: skip


def _take_back(evaluation: Evaluation, user: User) -> None:
    Assignment.objects.filter(evaluation=evaluation, user=user).delete()
    Reach.objects.filter(user=user, source=evaluation.reference).delete()


@transaction.atomic
def draw_sample(evaluation: Evaluation, size: int, *, by: User, seed: str = "") -> Sample:
    """Draw the schools to visit, once; the seed is recorded, so that anybody can draw again. seed: "" = a new one."""
    locked = Evaluation.objects.select_for_update().get(pk=evaluation.pk)
    if locked.sample is not None:
        raise UserError("已经抽取过学校", why="抽样只能进行一次，结果和种子已公开", remedy="请按已抽中的学校核查")
    if size < 1:
        raise UserError("至少要抽 1 所学校")
    strata = strata_of(evaluation)
    seed = seed or secrets.token_hex(16)
    sample = Sample.objects.create(evaluation=evaluation, application=locked.application, seed=seed, size=size, strata=strata, drawn=draw(strata, size, seed))
    record(by=by.actor, action="evaluation.draw", subject=evaluation.reference, unit_path=evaluation.unit.path,
           after={"seed": seed, "size": size, "drawn": sample.drawn})  # fmt: skip
    return sample
