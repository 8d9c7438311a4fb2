"""Paper questionnaires: the template, and what was typed in."""

from __future__ import annotations

import io

from django.contrib import messages
from django.db.models import Count
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from junheng.common.errors import UserError
from junheng.web.pages.listing import page_of
from junheng.web.survey.actions import enter, withdraw_entry
from junheng.web.survey.models import PaperEntry, Survey
from junheng.web.survey.paper import template


def paper(request: HttpRequest, survey: Survey) -> HttpResponse:
    """What was typed in, and a form for more; everything in a file, or nothing."""
    error: UserError | None = None
    if request.method == "POST":
        try:
            return _act(request, survey)
        except UserError as refused:
            error = refused
        except (ValueError, PaperEntry.DoesNotExist):
            error = UserError("没有选择文件", remedy="请选择填好的录入表")
    page = page_of(request, survey.paper_entries.annotate(count=Count("answers")).order_by("-pk"))
    context = {"survey": survey, "page": page, "error": error, "may_enter": survey.state == "open"}
    return render(request, "survey/paper.html", context, status=422 if error else 200)


def _act(request: HttpRequest, survey: Survey) -> HttpResponse:
    by = request.user
    if request.POST.get("act") == "withdraw":
        withdraw_entry(PaperEntry.objects.get(pk=int(request.POST.get("entry", "")), survey=survey), by=by)  # type: ignore[arg-type]
        messages.success(request, "已撤回这次录入，其中的问卷不再计算。")
    else:
        upload = request.FILES.get("file")
        if upload is None:
            raise ValueError
        _, count = enter(survey, upload.name or "", upload.read(), by=by)  # type: ignore[arg-type]
        messages.success(request, f"已录入纸质问卷 {count} 份。")
    return redirect("survey_paper", pk=survey.pk)


def template_file(request: HttpRequest, survey: Survey) -> FileResponse:
    return FileResponse(io.BytesIO(template(survey)), as_attachment=True, filename=f"{survey.unit.name}纸质问卷录入表.xlsx")
