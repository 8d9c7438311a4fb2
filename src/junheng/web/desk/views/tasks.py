"""From a plan into tasks: choose measures by school, kind and year, see which are tasks already."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from junheng.common.errors import UserError
from junheng.web.accounts.signed_in import me
from junheng.web.desk.actions import raise_tasks
from junheng.web.desk.models import Plan
from junheng.web.desk.states import PlanState
from junheng.web.desk.tasks import Filter, Line, kind_of, lines_of, replaceable, round_of
from junheng.web.pages.listing import link_to, page_of, table
from junheng.web.pages.templatetags.marks import chinese_date
from junheng.web.rectification.words import criterion_titles

_HEADS = ("学校", "选", "措施", "数量", "完成期限", "对应指标", "费用（元）", "任务")


def plan_tasks(request: HttpRequest, plan: Plan) -> HttpResponse:
    """Plans made from a list of people have none: measures may name them."""
    if plan.personal or plan.state is not PlanState.SOLVED:
        raise Http404
    if request.method == "POST":
        return _raise(request, plan)
    lines, chosen = lines_of(plan), Filter.of(request.GET.dict())
    found = [each for each in lines if chosen.keeps(each)]
    page, titles = page_of(request, found), criterion_titles()
    context = {
        "plan": plan, "page": page, "listed": table("措施", _HEADS, (_row(each, titles) for each in page)), "filter": chosen, "count": len(lines),
        "raised": sum(each.problem is not None for each in lines), "left": sum(each.problem is None for each in found), "round": round_of(plan),
        "kinds": sorted({kind_of(each.task) for each in lines}), "years": sorted({each.task.school_year for each in lines if each.task.school_year}),
        "replaceable": replaceable(plan),
    }  # fmt: skip
    return render(request, "desk/tasks.html", context)


def _row(line: Line, titles: object) -> Sequence[object]:
    assert isinstance(titles, dict)
    task = line.task
    box: str | SafeString = "—" if line.problem else format_html('<input type="checkbox" name="place" value="{}" aria-label="选：{}，{}">', line.place, task.school_name, task.what)
    return (
        task.school_name, box, task.what, line.amount or "—", f"{chinese_date(line.due_on)}前" if line.due_on else "—",
        titles.get(task.criterion, task.criterion or "—"), "—" if task.cost_yuan is None else f"{task.cost_yuan:,.0f}",
        link_to("problem", line.problem, f"第 {line.problem} 号") if line.problem else "还没有",
    )  # fmt: skip


def _raise(request: HttpRequest, plan: Plan) -> HttpResponse:
    """What was ticked, or everything the filters leave ("all")."""
    asked = Filter.of(request.POST.dict())
    if "all" in request.POST:
        places = {each.place for each in lines_of(plan) if each.problem is None and asked.keeps(each)}
    else:
        places = {int(each) for each in request.POST.getlist("place") if each.isascii() and each.isdigit() and len(each) < 9}
    replaces = {int(each) for each in request.POST.getlist("replaces") if each.isascii() and each.isdigit() and len(each) < 19}
    try:
        raised = raise_tasks(plan, places, replaces=replaces, by=me(request))
    except UserError as error:
        messages.error(request, str(error))
    else:
        known = f"；{raised.known:,} 项早已是任务，没有重复" if raised.known else ""
        messages.success(request, f"{raised.raised:,} 项措施已转为任务，等待分派{known}。")
    kept = urlencode({name: value for name, value in request.POST.items() if name in ("school", "what", "year", "state") and value})
    return redirect(f"{reverse('plan_tasks', args=[plan.pk])}{f'?{kept}' if kept else ''}")
