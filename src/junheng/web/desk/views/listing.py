"""The plans of an area."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.safestring import SafeString

from junheng.web.accounts.signed_in import me
from junheng.web.desk.answer import gap_in_words
from junheng.web.desk.models import Plan
from junheng.web.desk.offered import OFFERED
from junheng.web.desk.permissions import PLAN
from junheng.web.desk.queries import listed, plans_of
from junheng.web.desk.states import STATES, PlanState
from junheng.web.pages.listing import link_to, page_of, table
from junheng.web.pages.templatetags.marks import state, when

_HEADS = ("方案", "状态", "结论", "规划", "范围", "建立")


def plans(request: HttpRequest) -> HttpResponse:
    user = me(request)
    planner, chosen = request.GET.get("planner", ""), request.GET.get("state", "")
    mine = plans_of(user)
    if planner:
        mine = mine.filter(planner=planner)
    if chosen in STATES:
        mine = mine.filter(STATES[PlanState(chosen)].rows)
    page = page_of(request, listed(mine))
    context = {
        "page": page, "listed": table("规划方案", _HEADS, map(_row, page)), "planners": OFFERED.values(), "planner": planner, "states": STATES.items(),
        "state": chosen, "may_plan": PLAN.held_by(user), "kept": urlencode({"planner": planner}) if planner else "",
    }  # fmt: skip
    return render(request, "desk/plans.html", context)


def _row(plan: Plan) -> tuple[object, ...]:
    name = format_html("{}{}", _tick(plan), link_to("plan", plan.pk, plan.name))
    return name, state(plan), _said(plan), plan.planner_label, plan.unit.name, format_html("{}<br>{}", plan.by_name, when(plan.at))


def _tick(plan: Plan) -> SafeString | str:
    if plan.possible is None:
        return ""
    return format_html('<input type="checkbox" name="p" value="{}" aria-label="比较“{}”"> ', plan.pk, plan.name)


def _said(plan: Plan) -> SafeString | str:
    gap = gap_in_words(plan.gap, plan.possible)
    more = format_html('<br><span class="muted">{}</span>', gap) if gap else ""
    return format_html('<span class="said">{}{}</span>', plan.headline, more) if plan.headline else ""
