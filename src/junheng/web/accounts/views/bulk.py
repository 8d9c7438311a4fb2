"""Accounts from a workbook."""

from __future__ import annotations

import re

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from junheng.common.errors import UserError
from junheng.web.accounts import actions
from junheng.web.accounts.models import InvitationSheet, PasswordSheet
from junheng.web.accounts.signed_in import me
from junheng.web.accounts.views.forgotten import site_of
from junheng.web.accounts.workbook.columns import AT_ONCE, MOST_ROWS
from junheng.web.accounts.workbook.kept import Wrong, wrong_again
from junheng.web.accounts.workbook.reading import drafted, read_lines, wrong_cells
from junheng.web.accounts.workbook.template import template_for
from junheng.web.jobs.models import Job
from junheng.web.pages.download import XLSX, download

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def bulk_template(request: HttpRequest) -> HttpResponse:
    return download(template_for(me(request)), "accounts.xlsx", XLSX)


def bulk(request: HttpRequest) -> HttpResponse:
    """Upload a workbook, see what is wrong by cell, fetch the first passwords or the links once."""
    wrong = _checked(request)
    if request.method == "POST":
        try:
            if "sheet" in request.POST:
                sheet = get_object_or_404(PasswordSheet, pk=request.POST["sheet"], made_by=me(request))
                return download(actions.fetch_sheet(sheet, by=me(request)), "first-passwords.xlsx", XLSX)
            if "links" in request.POST:
                made = get_object_or_404(InvitationSheet, pk=request.POST["links"], made_by=me(request))
                return download(actions.fetch_links(made, site_of(request), by=me(request)), "invitations.xlsx", XLSX)
            wrong, job = _upload(request)
            if not wrong.count:
                return redirect("job", job_id=job.pk) if job else redirect("bulk_accounts")
        except UserError as error:
            messages.error(request, str(error))
    waiting = [each for each in PasswordSheet.objects.filter(made_by=me(request), sealed__isnull=False) if each.is_waiting]
    link_sheets = [each for each in InvitationSheet.objects.filter(made_by=me(request), secret__isnull=False) if each.is_waiting]
    return render(request, "accounts/bulk.html", {
        "link_sheets": link_sheets, "at_once": AT_ONCE, "wrong": wrong, "waiting": waiting, "most": MOST_ROWS,
    })  # fmt: skip


def _checked(request: HttpRequest) -> Wrong:
    """?checked=<sheet>: what the background found wrong in one's own long workbook."""
    asked = request.GET.get("checked", "")
    sheet = InvitationSheet.objects.filter(made_by=me(request), pk=asked).first() if _UUID.fullmatch(asked) else None
    return wrong_again(sheet.wrong) if sheet is not None and sheet.wrong is not None else Wrong()


def _upload(request: HttpRequest) -> tuple[Wrong, Job | None]:
    """Open the accounts, or say what is wrong; where there are many, both in the background."""
    file = request.FILES.get("workbook")
    if file is None:
        raise UserError("没有选文件", remedy="请选填好的 .xlsx 工作簿")
    lines = read_lines(file.read(), file.name or "")
    left_out = f"另有 {lines.nameless:,} 行没有姓名，没有开立。" if lines.nameless else ""
    if len(lines.named) > AT_ONCE:
        if left_out:
            messages.info(request, left_out)
        return Wrong(), actions.begin_inviting(lines, by=me(request))
    upload = drafted(lines)
    wrong = Wrong.of(wrong_cells(upload, by=me(request)))
    if not wrong.count:
        sheet = actions.open_in_bulk(upload, by=me(request))
        messages.success(request, f"已开立 {sheet.accounts:,} 个账号。{left_out}请下载首次密码单，分发给本人。")
    return wrong, None
