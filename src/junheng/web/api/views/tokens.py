"""接口令牌: one's own, and those of the accounts one keeps."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from junheng.common.errors import UserError
from junheng.web.accounts.keeping import keeps
from junheng.web.accounts.models import User
from junheng.web.accounts.signed_in import me
from junheng.web.api.actions import make_token, revoke_token
from junheng.web.api.actions.tokens import makes_for
from junheng.web.api.forms import TokenForm
from junheng.web.api.models import Token
from junheng.web.api.scopes import in_words
from junheng.web.pages.listing import page_of


def tokens(request: HttpRequest) -> HttpResponse:
    """Those of one's own account."""
    return _tokens(request, me(request))


def account_tokens(request: HttpRequest, account: User) -> HttpResponse:
    """Those of an account one keeps; of a department's system, new ones too."""
    if not keeps(me(request), account):
        raise Http404
    return _tokens(request, account)


def _tokens(request: HttpRequest, account: User) -> HttpResponse:
    """The list, and the form for a new one. The secret is in the answer to the request, once."""
    by = me(request)
    may_make = account.pk == by.pk or makes_for(by, account)
    form = TokenForm(request.POST or None, account=account)
    made: tuple[Token, str] | None = None
    if request.method == "POST" and form.is_valid():
        try:
            made = make_token(account, **form.cleaned_data, by=by)
            form = TokenForm(account=account)
        except UserError as error:
            form.add_error(None, str(error))
    page = page_of(request, Token.objects.filter(user=account).select_related("user"))
    rows = [(each, in_words(each.scopes)) for each in page]
    context = {"account": account, "own": account.pk == by.pk, "page": page, "rows": rows, "form": form if may_make else None, "made": made,
               "valid": sum(not each.over for each in page)}  # fmt: skip
    response = render(request, "api/tokens.html", context, status=422 if form.errors else 200)
    response["Cache-Control"] = "no-store"
    return response


def token_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """One's own, or of an account one keeps."""
    by = me(request)
    token = Token.objects.select_related("user__unit").filter(pk=pk).first()
    if token is None or (token.user_id != by.pk and not keeps(by, token.user)):
        raise Http404
    revoke_token(token, by=by)
    messages.success(request, f"令牌“{token.name}”已作废，用它的程序马上取不到数据。")
    return redirect("api_tokens") if token.user_id == by.pk else redirect("api_account_tokens", pk=token.user_id)
