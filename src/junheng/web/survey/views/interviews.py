"""现场访谈, entered by experts on a phone."""

from __future__ import annotations

import uuid
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from junheng.common.errors import UserError
from junheng.web.pages.listing import page_of
from junheng.web.survey.actions import hear, withdraw_interview
from junheng.web.survey.actions.interviews import Spoken
from junheng.web.survey.models import Interview, Survey
from junheng.web.survey.permissions import RUN


def interviews(request: HttpRequest, survey: Survey) -> HttpResponse:
    """The interviews of a survey: an expert's own, to the province all of them; and a form for the next one."""
    error = ""
    if request.method == "POST":
        try:
            _act(request, survey)
            return redirect("survey_interviews", pk=survey.pk)
        except UserError as refused:
            error = str(refused)
        except (ValueError, Interview.DoesNotExist):
            error = "有一栏没有填好：日期写成 2026-09-01 的样子，人数填整数。"
    found = survey.interviews.select_related("by")
    if not RUN.held_by(request.user):  # type: ignore[arg-type]
        found = found.filter(by=request.user)  # type: ignore[misc]
    page = page_of(request, found)
    context = {"survey": survey, "page": page, "rows": [(survey.group_label(each.group), each) for each in page], "error": error, "posted": request.POST,
               "groups": survey.questionnaire.groups, "new_id": uuid.uuid4, "today": timezone.localdate().isoformat(), "may_hear": _may_hear(request, survey)}  # fmt: skip
    return render(request, "survey/interviews.html", context, status=422 if error else 200)


def _may_hear(request: HttpRequest, survey: Survey) -> bool:
    return survey.state == "open" and survey.evaluation.assignments.filter(user=request.user).exists()  # type: ignore[misc]


def _act(request: HttpRequest, survey: Survey) -> None:
    form, by = request.POST, request.user
    if form.get("act") == "withdraw":
        withdraw_interview(Interview.objects.get(pk=int(form.get("interview", "")), survey=survey), by=by)  # type: ignore[arg-type]
        messages.success(request, "已撤回这次访谈。")
        return
    spoken = Spoken(form.get("group", ""), form.get("place", ""), date.fromisoformat(form.get("on", "")), int(form.get("asked", "")),
                    int(form.get("satisfied", "")), form.get("remark", ""))  # fmt: skip
    hear(survey, spoken, uuid.UUID(form.get("client_id", "")), by=by)  # type: ignore[arg-type]
    messages.success(request, "已登记访谈。")
