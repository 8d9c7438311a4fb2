"""A forgotten password: the page for whoever cannot sign in."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from junheng.common.errors import UserError
from junheng.web.accounts import actions
from junheng.web.accounts.entry_forms import ForgottenForm


def forgotten(request: HttpRequest) -> HttpResponse:
    """The answer is the same whether an account has the address or not. Where no e-mail leaves the site it says who gives
    a link instead."""
    if not settings.JUNHENG_SENDS_EMAIL:
        return render(request, "accounts/forgotten.html", {"no_email": True})
    form, asked, status = ForgottenForm(request.POST or None), False, 200
    if request.method == "POST" and form.is_valid():
        try:
            actions.ask_by_email(form.cleaned_data["email"], site_of(request))
            asked = True
        except UserError as error:
            form.add_error(None, str(error))
            status = 429
    return render(request, "accounts/forgotten.html", {"form": form, "asked": asked}, status=status)


def site_of(request: HttpRequest) -> str:
    """Where this site is, as the visitor asked for it: "https://host"."""
    return request.build_absolute_uri("/").rstrip("/")
