"""我的接口令牌."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from junheng.common.errors import UserError
from junheng.web.api.actions import make_token, revoke_token
from junheng.web.api.forms import TokenForm
from junheng.web.api.models import Token
from junheng.web.api.scopes import in_words
from junheng.web.api.views.request import me
from junheng.web.pages.listing import page_of


def tokens(request: HttpRequest) -> HttpResponse:
    """Those of the account, and the form for a new one. The secret is in the answer to the request, once."""
    user = me(request)
    form = TokenForm(request.POST or None, account=user)
    made: tuple[Token, str] | None = None
    if request.method == "POST" and form.is_valid():
        try:
            made = make_token(user, **form.cleaned_data, by=user)
            form = TokenForm(account=user)
        except UserError as error:
            form.add_error(None, str(error))
    page = page_of(request, Token.objects.filter(user=user).select_related("user"))
    rows = [(each, in_words(each.scopes)) for each in page]
    context = {"page": page, "rows": rows, "form": form, "made": made, "valid": sum(not each.over for each in page)}
    response = render(request, "api/tokens.html", context, status=422 if form.errors else 200)
    response["Cache-Control"] = "no-store"
    return response


def token_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    token = Token.objects.select_related("user__unit").filter(pk=pk, user=me(request)).first()
    if token is None:
        raise Http404
    revoke_token(token, by=me(request))
    messages.success(request, f"令牌“{token.name}”已作废，用它的程序马上取不到数据。")
    return redirect("api_tokens")
