"""Make a plan, change a draft, hand in its tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from junheng.planners.model import Planner
from junheng.web.accounts.models import User
from junheng.web.areas.models import Unit
from junheng.web.audit.actions import record
from junheng.web.desk.contents import Kept, kept
from junheng.web.desk.models import Plan
from junheng.web.desk.offered import is_personal
from junheng.web.desk.permissions import PLAN
from junheng.web.desk.states import PlanState
from junheng.web.flow.errors import NotAllowed, Refused

KEPT_DAYS = (30, 90, 180)
"""How long a plan about people may be kept."""
_DAYS = 90


@dataclass(frozen=True)
class Draft:
    """What a person filled in. values: parameter id → text as typed; releases: pks; tables: table id → file; days: how long it is kept
    where it is about people."""

    name: str
    values: Mapping[str, str]
    releases: Sequence[int]
    tables: Mapping[str, Kept] = field(default_factory=dict)
    days: int = _DAYS


@transaction.atomic
def make_plan(unit: Unit, planner: Planner, draft: Draft, *, by: User) -> Plan:
    """A new draft. Raises Refused."""
    plan = Plan(unit=unit, planner=planner.id, by_id=by.pk, by_name=by.name, personal=is_personal(planner, draft.tables))
    _fill_in(plan, draft, by)
    plan.save(force_insert=True)
    for table, file in draft.tables.items():
        _write_table(plan, table, file)
    record(by=by.actor, action="desk.make", subject=plan.reference, unit_path=plan.unit_path,
           after={"planner": plan.planner, "releases": plan.releases, "personal": plan.personal, "tables": sorted(draft.tables)},
           detail={"plan": plan.planner_label})  # fmt: skip
    return plan


@transaction.atomic
def change_plan(plan: Plan, planner: Planner, draft: Draft, *, by: User) -> Plan:
    """Fill in a draft anew; tables that are not given again stay. Raises Refused."""
    plan = _draft(plan)
    for table, file in draft.tables.items():
        _write_table(plan, table, file)
    plan.personal = is_personal(planner, plan.files.values_list("table", flat=True))
    _fill_in(plan, draft, by)
    plan.save()
    record(by=by.actor, action="desk.change", subject=plan.reference, unit_path=plan.unit_path,
           after={"releases": plan.releases, "personal": plan.personal, "tables": sorted(draft.tables)}, detail={"plan": plan.planner_label})  # fmt: skip
    return plan


@transaction.atomic
def put_table(plan: Plan, planner: Planner, table: str, name: str, data: bytes, *, by: User) -> Plan:
    """Give a draft one of its tables, in place of the one it had. Raises Refused."""
    plan = _draft(plan)
    plan.personal = is_personal(planner, {*plan.files.values_list("table", flat=True), table})
    plan.forget_on = plan.forget_on or (_last_day(_DAYS) if plan.personal else None)
    _allow(plan, by)
    _write_table(plan, table, kept(name, data, personal=plan.personal))
    plan.save()
    record(by=by.actor, action="desk.table", subject=plan.reference, unit_path=plan.unit_path, after={"table": table}, detail={"plan": plan.planner_label})
    return plan


@transaction.atomic
def remove_table(plan: Plan, table: str, *, by: User) -> Plan:
    """Take a table away from a draft. Raises Refused."""
    plan = _draft(plan)
    _allow(plan, by)
    plan.files.filter(table=table).delete()
    record(by=by.actor, action="desk.table", subject=plan.reference, unit_path=plan.unit_path, before={"table": table}, detail={"plan": plan.planner_label})
    return plan


def _draft(plan: Plan) -> Plan:
    locked = Plan.objects.select_for_update().get(pk=plan.pk)
    locked.unit, locked.job = plan.unit, plan.job
    if locked.state is not PlanState.DRAFT:
        raise Refused("方案已经开始求解，不能再改", remedy="请用“复制并修改”另建一个方案")
    return locked


def _fill_in(plan: Plan, draft: Draft, by: User) -> None:
    if not draft.name.strip():
        raise Refused("没有写名称", remedy="请给方案起个名字，例如“每年 500 万元，三年”")
    if draft.days not in KEPT_DAYS:
        raise Refused("保存的天数不对", remedy=f"请选 {'、'.join(map(str, KEPT_DAYS))} 天之一")
    _allow(plan, by)
    plan.name, plan.values, plan.releases = draft.name.strip()[:80], dict(draft.values), list(draft.releases)
    plan.forget_on = _last_day(draft.days) if plan.personal else None


def _allow(plan: Plan, by: User) -> None:
    if not PLAN.allows(by, plan):
        if plan.personal:
            raise NotAllowed("这个方案用到个人名单，只有本县能建", why="名单只供招生、教师所在的县使用", remedy="请由县级管理员办理")
        raise NotAllowed("您没有“建立规划方案”的权限")


def _last_day(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def _write_table(plan: Plan, table: str, file: Kept) -> None:
    plan.files.filter(table=table).delete()
    plan.files.create(table=table, name=file.name, size=file.size, sha256=file.sha256, sealed=file.sealed)
