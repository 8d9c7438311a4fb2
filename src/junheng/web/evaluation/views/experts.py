"""Who is assigned and which schools are drawn."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from junheng.common.errors import UserError
from junheng.web.accounts.models import User
from junheng.web.areas.models import Unit
from junheng.web.evaluation.actions import assign, draw_sample, unassign
from junheng.web.evaluation.actions.experts import must_keep_away
from junheng.web.evaluation.models import Evaluation
from junheng.web.pages.listing import page_of
from junheng.web.rights.roles import Role


def experts(request: HttpRequest, evaluation: Evaluation) -> HttpResponse:
    """Assign and unassign; those who must keep away are shown with the reason. Draw the sample."""
    if request.method == "POST":
        try:
            _act(request, evaluation)
        except (UserError, User.DoesNotExist, ValueError) as error:
            messages.error(request, str(error) or "没有这个账号。")
        return redirect("evaluation_experts", pk=evaluation.pk)
    people = User.objects.filter(role=Role.PROVINCE_EXPERT, is_active=True).select_related("unit").order_by("name", "pk")
    page = page_of(request, people)
    assigned = set(evaluation.assignments.values_list("user_id", flat=True))
    away = must_keep_away(list(page), evaluation.unit)
    sample = evaluation.sample
    drawn = Unit.objects.filter(code__in=sample.drawn).order_by("code") if sample else ()
    context = {"evaluation": evaluation, "page": page, "rows": [(each, each.pk in assigned, away.get(each.pk, "")) for each in page], "sample": sample,
               "drawn": [(each, sample.strata.get(each.code, "")) for each in drawn] if sample else (), "assigned": len(assigned)}  # fmt: skip
    return render(request, "evaluation/experts.html", context)


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
