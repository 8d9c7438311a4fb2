"""Delete a plan, and forget those about people whose time is over."""

from __future__ import annotations

import shutil
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q

from junheng.web.accounts.models import User
from junheng.web.audit.actions import record
from junheng.web.audit.actions.record import SYSTEM, Actor
from junheng.web.desk.models import Plan
from junheng.web.desk.permissions import PLAN
from junheng.web.desk.running import rooms
from junheng.web.desk.tasks import open_tasks_of
from junheng.web.flow.errors import NotAllowed, Refused
from junheng.web.jobs.actions import cancel
from junheng.web.jobs.models import Job, JobState

DRAFTS_LAST = timedelta(days=180)
"""So long a plan waits to be solved for the first time."""


@transaction.atomic
def delete_plan(plan: Plan, *, by: User) -> None:
    """Its tables, its answer and its files go with it; a solving under way is stopped. Raises Refused while tasks stand on it."""
    if not PLAN.allows(by, plan):
        raise NotAllowed("您没有“删除规划方案”的权限")
    if tasks := open_tasks_of(plan):
        raise Refused("方案不能删除", why=f"它有 {tasks:,} 项任务还没有完成，任务要能查到所依据的方案", remedy="请先把任务办完或撤回")
    _delete(plan, by.actor, "desk.delete")


def forget_plans(today: date) -> int:
    """Plans about people, after their last day; drafts nobody ever had solved; and what a crash left of a solving that is over.
    Returns how many plans."""
    abandoned = Q(job=None, solved_at=None, at__date__lt=today - DRAFTS_LAST)
    over = list(Plan.objects.filter(Q(forget_on__lt=today) | abandoned).select_related("unit", "job"))
    for plan in over:
        with transaction.atomic():
            _delete(plan, SYSTEM, "desk.forget")
    _sweep()
    return len(over)


def _delete(plan: Plan, by: Actor, action: str) -> None:
    if plan.job is not None:
        cancel(plan.job)
    record(by=by, action=action, subject=plan.reference, unit_path=plan.unit_path,
           before={"planner": plan.planner, "personal": plan.personal, "possible": plan.possible}, detail={"plan": plan.planner_label})  # fmt: skip
    Plan.objects.filter(pk=plan.pk).delete()


def _sweep() -> None:
    under_way = {str(pk) for pk in Job.objects.filter(kind="desk.solve", state__in=(JobState.QUEUED, JobState.RUNNING)).values_list("pk", flat=True)}
    for room in rooms().iterdir() if rooms().is_dir() else ():
        if room.name not in under_way:
            shutil.rmtree(room, ignore_errors=True)
