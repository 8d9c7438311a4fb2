"""Accounts from a workbook."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from junheng.common.errors import UserError
from junheng.web.accounts import actions
from junheng.web.accounts.models import InvitationSheet, PasswordSheet
from junheng.web.accounts.signed_in import me
from junheng.web.accounts.views.forgotten import site_of
from junheng.web.accounts.workbook.columns import AT_ONCE, MOST_ROWS
from junheng.web.accounts.workbook.reading import CellProblem, read_upload, wrong_cells
from junheng.web.accounts.workbook.template import template_for
from junheng.web.jobs.models import Job
from junheng.web.pages.download import XLSX, download

_SHOWN = 200


def bulk_template(request: HttpRequest) -> HttpResponse:
    return download(template_for(me(request)), "accounts.xlsx", XLSX)


def bulk(request: HttpRequest) -> HttpResponse:
    """Upload a workbook, see what is wrong by cell, fetch the first passwords or the links once."""
    problems: list[CellProblem] = []
    if request.method == "POST":
        try:
            if "sheet" in request.POST:
                sheet = get_object_or_404(PasswordSheet, pk=request.POST["sheet"], made_by=me(request))
                return download(actions.fetch_sheet(sheet, by=me(request)), "first-passwords.xlsx", XLSX)
            if "links" in request.POST:
                made = get_object_or_404(InvitationSheet, pk=request.POST["links"], made_by=me(request))
                return download(actions.fetch_links(made, site_of(request), by=me(request)), "invitations.xlsx", XLSX)
            problems, job = _upload(request)
            if not problems:
                return redirect("job", job_id=job.pk) if job else redirect("bulk_accounts")
        except UserError as error:
            messages.error(request, str(error))
    waiting = [each for each in PasswordSheet.objects.filter(made_by=me(request), sealed__isnull=False) if each.is_waiting]
    link_sheets = [each for each in InvitationSheet.objects.filter(made_by=me(request), secret__isnull=False) if each.is_waiting]
    return render(request, "accounts/bulk.html", {
        "link_sheets": link_sheets, "at_once": AT_ONCE, "problems": problems[:_SHOWN], "more": max(0, len(problems) - _SHOWN), "waiting": waiting, "most": MOST_ROWS,
    })  # fmt: skip


def _upload(request: HttpRequest) -> tuple[list[CellProblem], Job | None]:
    """Open the accounts, or begin to invite where there are many; or say what is wrong."""
    file = request.FILES.get("workbook")
    if file is None:
        raise UserError("没有选文件", remedy="请选填好的 .xlsx 工作簿")
    upload = read_upload(file.read(), file.name or "")
    problems = wrong_cells(upload, by=me(request))
    left_out = f"另有 {upload.nameless:,} 行没有姓名，没有开立。" if upload.nameless else ""
    if not problems and len(upload.rows) > AT_ONCE:
        if left_out:
            messages.info(request, left_out)
        return [], actions.begin_inviting(upload, by=me(request))
    if not problems:
        sheet = actions.open_in_bulk(upload, by=me(request))
        messages.success(request, f"已开立 {sheet.accounts:,} 个账号。{left_out}请下载首次密码单，分发给本人。")
    return problems, None
