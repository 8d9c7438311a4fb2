"""Correcting what was judged on a visit, or taking it back."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from junheng.common.errors import UserError
from junheng.web.accounts.models import User
from junheng.web.evaluation.actions import correct, take_back
from junheng.web.evaluation.actions.corrections import may_correct
from junheng.web.evaluation.criteria import items_of
from junheng.web.evaluation.models import Evaluation, Outcome, VisitJudgement
from junheng.web.rights.roles import Role


def judgement(request: HttpRequest, evaluation: Evaluation, judgement_id: int) -> HttpResponse:
    """One judgement, and the form that corrects it."""
    user: User = request.user  # type: ignore[assignment]
    found = VisitJudgement.objects.select_related("visit__school", "visit__expert", "visit__evaluation").filter(pk=judgement_id, visit__evaluation=evaluation).first()
    if found is None or not may_correct(found, user):
        raise Http404
    error = ""
    if request.method == "POST":
        try:
            _act(request, found)
            return redirect(_back(found, user))
        except UserError as refused:
            error = str(refused)
        except ValueError:
            error = "表单不完整，请刷新页面后再填。"
        found.refresh_from_db()
    item = items_of(evaluation).get(found.criterion, found.criterion)
    context = {"evaluation": evaluation, "judgement": found, "item": item, "outcomes": Outcome.choices, "error": error, "posted": request.POST,
               "new_id": uuid.uuid4, "back": _back(found, user)}  # fmt: skip
    return render(request, "evaluation/judgement.html", context, status=422 if error else 200)


def _act(request: HttpRequest, found: VisitJudgement) -> None:
    form, user = request.POST, request.user
    if form.get("act") == "take_back":
        take_back(found, form.get("why", ""), by=user)  # type: ignore[arg-type]
        messages.success(request, "已撤回这条判断；它不再计入督导意见书和条目的结论。")
        return
    items = items_of(found.visit.evaluation)
    if found.criterion not in items:
        raise UserError("现行标准没有这一条目", remedy="请用“撤回这条判断”")
    new = correct(found, items[found.criterion], form.get("outcome", ""), form.get("reason", ""), form.get("why", ""), uuid.UUID(form.get("client_id", "")), by=user)  # type: ignore[arg-type]
    messages.success(request, f"已更正为“{new.get_outcome_display()}”；原来的判断不再计入督导意见书和条目的结论。")


def _back(found: VisitJudgement, user: User) -> str:
    if user.role == Role.PROVINCE_ADMIN:
        return reverse("evaluation", args=[found.visit.evaluation_id])
    return reverse("visit", args=[found.visit.evaluation_id, found.visit.school.code])
