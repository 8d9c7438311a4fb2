"""What the unit that has to mend does besides moving the problem on: more time, evidence."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from junheng.common.errors import UserError
from junheng.web.accounts.models import User
from junheng.web.evidence.actions import attach
from junheng.web.flow.errors import Refused
from junheng.web.rectification.actions import ask_extension
from junheng.web.rectification.actions.extend import FIELDS
from junheng.web.rectification.models import MENDING, Problem
from junheng.web.rectification.permissions import ASK_EXTENSION, PLAN


def problem_extension(request: HttpRequest, problem: Problem) -> HttpResponse:
    user: User = request.user  # type: ignore[assignment]
    if not ASK_EXTENSION.allows(user, problem):
        raise Http404
    refusal: Refused | None = None
    if request.method == "POST":
        try:
            ask_extension(problem, by=user, data=request.POST.dict())
        except Refused as error:
            refusal = error
        else:
            messages.success(request, "延期申请已提交，等待上一级审批；批准以前期限不变。")
            return redirect("problem", pk=problem.pk)
    rows = [{"field": each, "value": request.POST.get(each.name, ""), "error": refusal.fields.get(each.name, "") if refusal else ""} for each in FIELDS]
    return render(request, "rectification/extension.html", {"problem": problem, "fields": rows, "refusal": refusal}, status=422 if refusal else 200)


def problem_evidence(request: HttpRequest, problem: Problem) -> HttpResponse:
    """Attach a file to the problem, while it is being mended."""
    user: User = request.user  # type: ignore[assignment]
    if not PLAN.allows(user, problem):
        raise Http404
    upload = request.FILES.get("file")
    try:
        if problem.state not in MENDING:
            raise UserError("现在不能上传佐证", why=f"这个问题是“{problem.state_shown.label}”", remedy="待定措施和整改中的问题，由责任单位或责任部门上传")
        if upload is None:
            raise UserError("没有选择文件", remedy="请先选择文件再上传")
        attach(unit=problem.unit, round=problem.round, criterion=problem.criterion, upload=upload, by=user, subject=problem.reference)
    except UserError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"已上传佐证“{upload.name}”。")
    return redirect("problem", pk=problem.pk)
