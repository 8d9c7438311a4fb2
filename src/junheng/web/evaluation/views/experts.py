"""Pages of experts: who is assigned, which schools are drawn, and what is found on site (on a phone)."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from junheng.common.errors import UserError
from junheng.web.accounts.models import User
from junheng.web.areas.models import Unit
from junheng.web.evaluation.actions import assign, declare, draw_sample, judge, unassign
from junheng.web.evaluation.actions.experts import must_keep_away
from junheng.web.evaluation.criteria import grouped, items_of
from junheng.web.evaluation.models import Evaluation, Outcome, Visit
from junheng.web.rights.roles import Role


def experts(request: HttpRequest, evaluation: Evaluation) -> HttpResponse:
    """Assign and unassign; those who must keep away are shown with the reason. Draw the sample."""
    if request.method == "POST":
        try:
            _act(request, evaluation)
        except (UserError, User.DoesNotExist, ValueError) as error:
            messages.error(request, str(error) or "没有这个账号。")
        return redirect("evaluation_experts", pk=evaluation.pk)
    assigned = {each.user_id for each in evaluation.assignments.all()}
    people = User.objects.filter(role=Role.PROVINCE_EXPERT, is_active=True).select_related("unit").order_by("name")[:200]
    rows = [(each, each.pk in assigned, must_keep_away(each, evaluation.unit)) for each in people]
    sample = getattr(evaluation, "sample", None)
    drawn = Unit.objects.filter(code__in=sample.drawn).order_by("code") if sample else ()
    return render(request, "evaluation/experts.html", {"evaluation": evaluation, "rows": rows, "sample": sample, "drawn": drawn})


def _act(request: HttpRequest, evaluation: Evaluation) -> None:
    form, by = request.POST, request.user
    match form.get("act"):
        case "assign":
            assign(evaluation, User.objects.select_related("unit").get(pk=int(form["user"])), by=by)  # type: ignore[arg-type]
        case "unassign":
            unassign(evaluation, User.objects.get(pk=int(form["user"])), by=by)  # type: ignore[arg-type]
        case "draw":
            draw_sample(evaluation, int(form.get("size") or 0), by=by)  # type: ignore[arg-type]
        case _:
            raise UserError("没有说明要做什么", remedy="请从页面上的按钮办理")


def my_visits(request: HttpRequest) -> HttpResponse:
    """An expert's list for the road: the schools drawn in the counties assigned, and what is judged already."""
    user: Any = request.user
    if request.method == "POST":
        _declare(request)
        return redirect("my_visits")
    mine = Evaluation.objects.filter(assignments__user=user, state="prov_visit").select_related("unit", "sample")
    rows = []
    for each in mine:
        sample = getattr(each, "sample", None)
        seen = {visit.school.code: visit for visit in each.visits.filter(expert=user).select_related("school")}
        schools = Unit.objects.filter(code__in=sample.drawn).order_by("code") if sample else ()
        rows.append((each, [(school, seen.get(school.code)) for school in schools]))
    return render(request, "evaluation/my_visits.html", {"rows": rows, "relations": user.relations.select_related("unit")})


def _declare(request: HttpRequest) -> None:
    unit = Unit.objects.filter(code=request.POST.get("unit", "").strip()).first()
    try:
        if unit is None:
            raise UserError("没有这个单位代码", remedy="请填学校标识码或区划代码")
        declare(unit, request.POST.get("reason", ""), by=request.user)  # type: ignore[arg-type]
        messages.success(request, f"已登记与{unit.name}的关系，不会再安排您评估。")
    except UserError as error:
        messages.error(request, str(error))


def visit(request: HttpRequest, evaluation: Evaluation, code: str) -> HttpResponse:
    """One school, criterion by criterion, in a form that works on a phone and keeps what is sent without a signal."""
    school = Unit.objects.filter(code=code, path__startswith=evaluation.unit.path).first()
    if school is None or not evaluation.assignments.filter(user=request.user).exists():  # type: ignore[misc]
        raise Http404
    items = items_of(evaluation)
    error = ""
    if request.method == "POST":
        form = request.POST
        try:
            criterion = form.get("criterion", "")
            if criterion not in items:
                raise UserError("没有选择条目", remedy="请选择要核查的条目")
            judge(evaluation, school, items[criterion], form.get("outcome", ""), form.get("reason", ""),
                  uuid.UUID(form.get("client_id", "")), by=request.user)  # type: ignore[arg-type] # fmt: skip
            return redirect("visit", pk=evaluation.pk, code=code)
        except UserError as refused:
            error = str(refused)
        except ValueError:
            error = "表单不完整，请刷新页面后再填。"
    mine = Visit.objects.filter(evaluation=evaluation, school=school, expert=request.user).first()  # type: ignore[misc]
    judgements = list(mine.judgements.all()) if mine else []
    context = {"evaluation": evaluation, "school": school, "groups": grouped(items.values()), "outcomes": Outcome.choices, "error": error,
               "judgements": [(items.get(each.criterion, each.criterion), each) for each in judgements], "client_id": uuid.uuid4(),
               "posted": request.POST}  # fmt: skip
    return render(request, "evaluation/visit.html", context, status=422 if error else 200)
