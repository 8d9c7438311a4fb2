"""Start a plan's solving, be content with what was found, stop it."""

from __future__ import annotations

from django.db import transaction
from django.urls import reverse

from junheng.web.accounts.models import User
from junheng.web.audit.actions import record
from junheng.web.desk.models import Plan
from junheng.web.desk.permissions import PLAN
from junheng.web.desk.questions import planner_of, values_of
from junheng.web.desk.states import PlanState
from junheng.web.flow.errors import NotAllowed, Refused
from junheng.web.jobs.actions import cancel, enqueue
from junheng.web.jobs.models import JobState

MOST_AT_ONCE = 3
"""Plans of one unit that wait or are being solved: everybody gets a turn."""
_RUNS = (PlanState.QUEUED, PlanState.SOLVING)


@transaction.atomic
def start(plan: Plan, *, by: User) -> Plan:
    """Queue the solving of a draft, or once more of what was stopped or went wrong. Raises UserError for what is missing."""
    plan = _locked(plan, by)
    if plan.state in _RUNS:
        raise Refused("方案正在求解", remedy="要改条件，请先停止")
    if plan.solved_at is not None:
        raise Refused("方案已经求得，不再重算", why="求得的方案不再改动，引用它的人看到的总是同一个", remedy="请用“复制并修改”另建一个方案")
    if Plan.objects.filter(unit=plan.unit, possible=None, job__state__in=(JobState.QUEUED, JobState.RUNNING)).count() >= MOST_AT_ONCE:
        raise Refused(f"{plan.unit.name}已有 {MOST_AT_ONCE} 个方案在排队、求解", why="各县轮流求解", remedy="请等它们算完，或停止不要的")
    planner = planner_of(plan)
    values_of(planner, plan.values)
    given = {*plan.values, *plan.files.values_list("table", flat=True)}
    missing = list(planner.missing(given, lambda each: f"“{each.label}”"))
    if missing:
        raise Refused("；".join(missing), remedy="请补上再求解")
    if planner.needs_facts and not plan.releases:
        raise Refused("没有选冻结版本", why="这种规划要用县里的数据", remedy="请先冻结数据版本")
    plan.refused, plan.enough = "", False
    plan.job = enqueue("desk.solve", f"求{planner.label}", by=by, unit=plan.unit, arguments={"plan": plan.pk}, leads_to=reverse("plan", args=[plan.pk]))
    plan.save(update_fields=["job", "refused", "enough"])
    record(by=by.actor, action="desk.start", subject=plan.reference, unit_path=plan.unit_path, detail={"plan": plan.planner_label, "job": str(plan.job_id)})
    return plan


@transaction.atomic
def settle(plan: Plan, *, by: User) -> None:
    """Be content with the best plan found so far. Raises Refused."""
    plan = _running(plan, by)
    Plan.objects.filter(pk=plan.pk).update(enough=True)
    record(by=by.actor, action="desk.settle", subject=plan.reference, unit_path=plan.unit_path, detail={"plan": plan.planner_label})


@transaction.atomic
def stop(plan: Plan, *, by: User) -> None:
    """Give the solving up; what was found so far is lost. Raises Refused."""
    plan = _running(plan, by)
    assert plan.job is not None
    cancel(plan.job)
    record(by=by.actor, action="desk.stop", subject=plan.reference, unit_path=plan.unit_path, detail={"plan": plan.planner_label})


def _running(plan: Plan, by: User) -> Plan:
    plan = _locked(plan, by)
    if plan.state not in _RUNS:
        raise Refused("方案没有在求解", why=f"它现在“{plan.state_shown.label}”", remedy="刷新页面可看到最新的状态")
    return plan


def _locked(plan: Plan, by: User) -> Plan:
    locked = Plan.objects.select_for_update(of=("self",)).select_related("unit", "job").get(pk=plan.pk)
    if not PLAN.allows(by, locked):
        raise NotAllowed("您没有“求解规划方案”的权限")
    return locked
