"""How a plan shows as the source of a task."""

from __future__ import annotations

from django.urls import reverse

from junheng.web.accounts.models import User
from junheng.web.desk.models import Plan
from junheng.web.desk.permissions import SEE
from junheng.web.rectification.models import Problem
from junheng.web.rectification.sources import Origin, shows_source
from junheng.web.rectification.words import source_words


@shows_source("plan")
def plan_shown(problem: Problem, user: User) -> Origin | None:
    """Its name is for whoever may see it; others read its number."""
    plan = Plan.objects.select_related("unit").filter(pk=int(problem.source.split(":")[1])).first()
    if plan is None:
        return Origin(f"{source_words(problem.source)}，方案已经删除")
    if not SEE.covers(user, plan):
        return None
    return Origin(f"{source_words(problem.source)}：{plan.planner_label}“{plan.name}”", reverse("plan", args=[plan.pk]))
