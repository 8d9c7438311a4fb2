"""Where the province decides whether figures of single schools are shown."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from junheng.common.errors import UserError
from junheng.opendata.schools import SCHOOL_FIGURES, WITHHELD
from junheng.web.accounts.models import User
from junheng.web.pages.listing import page_of
from junheng.web.portal.actions import disclose
from junheng.web.portal.models import Disclosure


def school_figures(request: HttpRequest) -> HttpResponse:
    user: User = request.user  # type: ignore[assignment]
    refused: UserError | None = None
    if request.method == "POST":
        try:
            disclose(by=user, document=request.POST.get("document", ""))
            messages.success(request, "学校数值从现在起公开。")
            return redirect("school_figures")
        except UserError as error:
            refused = error
    page = page_of(request, Disclosure.objects.select_related("unit"))
    context = {"page": page, "open": Disclosure.objects.filter(state="in_force").first(), "figures": SCHOOL_FIGURES, "withheld": WITHHELD[1:], "error": refused}
    return render(request, "portal/school_figures.html", context, status=422 if refused else 200)
