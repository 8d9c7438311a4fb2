"""One plan: what was found, how sure it is, why there is none; start, stop, delete."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from junheng.common.errors import UserError
from junheng.planners.model import Task
from junheng.web.accounts.signed_in import me
from junheng.web.desk import actions
from junheng.web.desk.answer import gap_in_words, printed, read
from junheng.web.desk.beside import beside
from junheng.web.desk.models import Plan
from junheng.web.desk.offered import OFFERED
from junheng.web.desk.permissions import PLAN
from junheng.web.desk.saying import releases_said, values_said
from junheng.web.desk.states import PlanState
from junheng.web.reporting.models import CountyRelease

PAGE = "index.html"
_TASKS = 50
_WORDS = {
    PlanState.DRAFT: "这个方案还没有求解", PlanState.QUEUED: "正在排队，前面的任务办完就开始", PlanState.SOLVING: "正在求解",
    PlanState.STOPPED: "求解已停止，没有留下方案", PlanState.FAILED: "没有算成",
}  # fmt: skip


def plan(request: HttpRequest, plan: Plan) -> HttpResponse:
    answer, user = read(plan.result), me(request)
    files = list(plan.files.defer("sealed"))
    results = [each for each in files if not each.table]
    may = PLAN.allows(user, plan)
    context = {
        "plan": plan, "answer": answer, "lead": plan.headline or _WORDS.get(plan.state, ""), "gap": gap_in_words(plan.gap, plan.possible),
        "figures": [(each.label, printed(each)) for each in answer.figures], "tasks": answer.tasks[:_TASKS], "task_count": len(answer.tasks),
        "task_heads": _heads(answer.tasks), "values": values_said(plan), "tables": [each for each in files if each.table], "labels": _labels(plan),
        "page_file": next((each for each in results if each.name == PAGE), None), "results": results, "releases": releases_said(plan), "may": may,
        "beside": beside(plan, answer, files, user, request.GET.get("period", "")),
        "newer": _newer(plan), "can_settle": plan.state is PlanState.SOLVING and not plan.enough,
    }  # fmt: skip
    response = render(request, "desk/plan.html", context)
    if request.htmx and (plan.job is None or plan.job.is_over):  # type: ignore[attr-defined]  # it is over: the whole page is another one
        response["HX-Refresh"] = "true"
    return response


def _heads(tasks: Sequence[Task]) -> dict[str, bool]:
    """Which of the columns not every planner fills have anything in them."""
    return {name: any(getattr(each, name) is not None for each in tasks) for name in ("amount", "school_year", "cost_yuan")}


def _labels(plan: Plan) -> dict[str, str]:
    planner = OFFERED.get(plan.planner)
    return {each.id: each.label for each in planner.tables} if planner else {}


def _newer(plan: Plan) -> bool:
    """Whether the county froze a newer release than the one the plan stands on."""
    if len(plan.releases) != 1:
        return False
    newest = CountyRelease.objects.filter(unit=plan.unit_id).order_by("-round__school_year", "-pk").values_list("pk", flat=True).first()
    return newest is not None and newest != plan.releases[0]


def _act(act: Callable[..., Any], words: str) -> Callable[[HttpRequest, Plan], HttpResponse]:
    def view(request: HttpRequest, plan: Plan) -> HttpResponse:
        try:
            act(plan, by=me(request))
        except UserError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, words)
        return redirect("plan", pk=plan.pk)

    return view


plan_start = _act(actions.start, "已开始求解。可以离开这个页面，算完会留在规划台里。")
plan_settle = _act(actions.settle, "好，求到下一个停得下来的地方就取目前最好的方案。")
plan_stop = _act(actions.stop, "已停止求解。")


def plan_delete(request: HttpRequest, plan: Plan) -> HttpResponse:
    """Asked once more before it is gone."""
    if request.method != "POST":
        return render(request, "desk/delete.html", {"plan": plan})
    try:
        actions.delete_plan(plan, by=me(request))
    except UserError as error:
        messages.error(request, str(error))
        return redirect("plan", pk=plan.pk)
    messages.success(request, "方案和它的表格、结果已删除。")
    return redirect("plans")
