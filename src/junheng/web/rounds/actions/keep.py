"""The province makes and changes a round."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from django.db import transaction

from junheng.common.errors import PolicyError
from junheng.common.school_years import as_of_date
from junheng.policy import resolve
from junheng.web.accounts.models import User
from junheng.web.areas.models import Unit
from junheng.web.audit.actions import record
from junheng.web.flow.errors import NotAllowed, Refused
from junheng.web.rights.levels import UnitKind
from junheng.web.rounds.actions.tell import tell
from junheng.web.rounds.models import Participation, Round
from junheng.web.rounds.permissions import MANAGE


@dataclass(frozen=True)
class Plan:
    """What is decided about a round. parameters: "rectification.plan_days" → days."""

    name: str
    policy: str
    school_year: int
    opens_on: date | None
    reports_due_on: date | None
    self_due_on: date | None
    review_due_on: date | None
    parameters: dict[str, int]


@transaction.atomic
def create_round(plan: Plan, *, by: User) -> Round:
    """A round in preparation, every county taking part until the province says otherwise."""
    if not MANAGE.held_by(by):
        raise NotAllowed("您没有设立评估轮次的权限", remedy="请由省级管理员办理")
    _check(plan, None)
    round = Round.objects.create(unit=by.unit, **_values(plan))
    counties = Unit.objects.filter(kind=UnitKind.COUNTY, path__startswith=by.unit.path, closed_on__isnull=True)
    Participation.objects.bulk_create(Participation(round=round, unit=each) for each in counties)
    record(by=by.actor, action="rounds.create", subject=round.reference, unit_path=round.unit_path, after=_said(plan))
    return round


@transaction.atomic
def change_round(round: Round, plan: Plan, *, by: User) -> Round:
    """Raises Refused for what can no longer change once a round was opened: its standard and its school year."""
    locked = Round.objects.select_for_update(of=("self",)).select_related("unit").get(pk=round.pk)
    if not MANAGE.allows(by, locked):
        raise NotAllowed("您没有修改评估轮次的权限", remedy="请由省级管理员办理")
    _check(plan, locked)
    before = Plan(**{name: getattr(locked, name) for name in Plan.__dataclass_fields__})
    for name, value in _values(plan).items():
        setattr(locked, name, value)
    locked.save()
    record(by=by.actor, action="rounds.change", subject=locked.reference, unit_path=locked.unit_path, before=_said(before), after=_said(plan))
    if locked.is_open and before.reports_due_on != plan.reports_due_on:
        tell(locked, by)
    return locked


@transaction.atomic
def set_participants(round: Round, codes: Collection[str], *, by: User) -> int:
    """These counties take part and no others; returns how many. A county that has handed something in stays."""
    locked = Round.objects.select_for_update(of=("self",)).select_related("unit").get(pk=round.pk)
    if not MANAGE.allows(by, locked):
        raise NotAllowed("您没有修改评估轮次的权限", remedy="请由省级管理员办理")
    wanted = set(Unit.objects.filter(kind=UnitKind.COUNTY, path__startswith=locked.unit_path, code__in=codes).values_list("pk", flat=True))
    present = set(locked.participations.values_list("unit_id", flat=True))
    if present - wanted and locked.state != "planned":
        named = "、".join(Unit.objects.filter(pk__in=present - wanted).values_list("name", flat=True)[:5])
        raise Refused("已经开始的轮次不能去掉参加单位", why=f"要去掉的有{named}", remedy="可以增加参加单位")
    locked.participations.exclude(unit_id__in=wanted).delete()
    Participation.objects.bulk_create(Participation(round=locked, unit_id=pk) for pk in sorted(wanted - present))
    if wanted != present:
        record(by=by.actor, action="rounds.participants", subject=locked.reference, unit_path=locked.unit_path,
               before={"counties": len(present)}, after={"counties": len(wanted)})  # fmt: skip
        if locked.is_open:
            tell(locked, by)
    return len(wanted)


def _values(plan: Plan) -> dict[str, Any]:
    return {**{name: getattr(plan, name) for name in Plan.__dataclass_fields__}, "name": plan.name.strip()}


def _said(plan: Plan) -> dict[str, Any]:
    return {name: str(value) if isinstance(value, date) else value for name, value in asdict(plan).items()}


def _check(plan: Plan, round: Round | None) -> None:
    wrong: dict[str, str] = {}
    if not plan.name.strip():
        wrong["name"] = "请填写名称"
    if round is not None and round.state != "planned" and (plan.policy, plan.school_year) != (round.policy, round.school_year):
        wrong["policy"] = "已经开始的轮次，标准和学年不能再改"
    try:
        resolve(plan.policy, "21", as_of_date(plan.school_year))
    except PolicyError as error:
        wrong["policy"] = str(error)
    days = [("opens_on", plan.opens_on), ("reports_due_on", plan.reports_due_on), ("self_due_on", plan.self_due_on), ("review_due_on", plan.review_due_on)]
    given = [(name, day) for name, day in days if day is not None]
    for (_, earlier), (name, later) in pairwise(given):
        if later < earlier:
            wrong[name] = "这一天早于前一步的日期"
    if wrong:
        raise Refused("还有内容不对", why="；".join(wrong.values()), fields=wrong)
