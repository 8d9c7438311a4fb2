"""What a plan was given and what it gave back, to be saved; its page to be looked at."""

from __future__ import annotations

import io
import zipfile
from pathlib import PurePosixPath

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from junheng.common.errors import UserError
from junheng.web.accounts.signed_in import me
from junheng.web.desk.actions import record_fetched
from junheng.web.desk.contents import bytes_of
from junheng.web.desk.models import Plan, PlanFile
from junheng.web.desk.views.plan import PAGE
from junheng.web.pages.download import XLSX, download

_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'"
"""The page's own styles, its pictures, and nothing else: no script runs, nothing is fetched or sent, and it belongs to no site."""


def plan_page(request: HttpRequest, plan: Plan) -> HttpResponse:
    """The page the planner wrote. Of a plan about people it is among the files alone, where the purpose is asked for."""
    file = plan.files.filter(table="", name=PAGE).first()
    if file is None or plan.personal:
        raise Http404
    response = HttpResponse(bytes_of(file), content_type="text/html; charset=utf-8")
    response["Content-Security-Policy"] = _POLICY
    response["X-Content-Type-Options"] = "nosniff"
    return response


def plan_file(request: HttpRequest, file: PlanFile) -> HttpResponse:
    """One file. Of a plan about people it is asked for with a purpose, which is audited."""
    return _given(request, file.plan, lambda: download(bytes_of(file), PurePosixPath(file.name).name, XLSX if file.name.endswith(".xlsx") else "application/octet-stream"))


def plan_files(request: HttpRequest, plan: Plan) -> HttpResponse:
    """All results in one file, as they lay together."""
    return _given(request, plan, lambda: download(_packed(plan), f"{plan.unit.name}{plan.planner_label}.zip", "application/zip"))


def _given(request: HttpRequest, plan: Plan, response: object) -> HttpResponse:
    assert callable(response)
    if plan.personal:
        if request.method != "POST":
            raise Http404
        try:
            record_fetched(plan, by=me(request), purpose=request.POST.get("purpose", ""))
        except UserError as error:
            messages.error(request, str(error))
            return redirect("plan", pk=plan.pk)
    found: HttpResponse = response()
    return found


def _packed(plan: Plan) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for each in plan.files.filter(table=""):
            archive.writestr(each.name, bytes_of(each))
    return packed.getvalue()
