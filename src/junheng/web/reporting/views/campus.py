"""Remove a campus from a school's figures: first what would go, then the act."""

from __future__ import annotations

from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from junheng.common.errors import UserError
from junheng.web.accounts.signed_in import me
from junheng.web.reporting.actions import add_version
from junheng.web.reporting.entered import base_of
from junheng.web.reporting.models import Submission
from junheng.web.reporting.without_campus import removal


def submission_campus(request: HttpRequest, submission: Submission, number: int) -> HttpResponse:
    """Asks by naming the campus; what is pressed counts for the version that was shown."""
    base = base_of(submission)
    try:
        if not submission.is_fillable:
            raise UserError("现在不能改数据", why=f"现在是“{submission.state_shown.label}”", remedy="已提交的可先“撤回修改”")
        found = removal(submission, base, number)
        if request.method == "POST":
            seen = request.POST.get("base", "")
            add_version(submission, replace(found.draft, base=int(seen) if seen.isdigit() else -1), by=me(request))
            messages.success(request, f"校区“{found.campus or '（没有名称）'}”的 {len(found.figures)} 项数据已删除。原来的版本仍保留，可以下载原表再传。")
            return redirect("submission_form", pk=submission.pk)
    except UserError as error:
        messages.error(request, str(error))
        return redirect(f"{reverse('submission_form', args=[submission.pk])}")
    return render(request, "reporting/campus.html", {"submission": submission, "base": base.number, "found": found, "number": number})
