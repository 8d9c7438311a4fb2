"""Sign-in by CAS: the ticket is checked by django-cas-ng's client, the account signed in like any other.

django-cas-ng's own view would sign in at once, past the second factor.
"""

from __future__ import annotations

import logging

import requests
from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import get_next_redirect_url, perform_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django_cas_ng.utils import get_cas_client, get_service_url
from django_cas_ng.views import clean_sessions

from junheng.web.accounts.actions.sign_in import identity_refused
from junheng.web.accounts.adapters import not_invited
from junheng.web.accounts.identities import NOT_LINKED
from junheng.web.accounts.models import User

TICKET, _NEXT = "accounts.cas_ticket", "accounts.cas_next"
_log = logging.getLogger(__name__)


@csrf_exempt
@never_cache
def cas_login(request: HttpRequest) -> HttpResponse:
    """GET: off to the CAS server, or back from it with a ticket. POST: the server ends a session (single sign-out)."""
    client = get_cas_client(service_url=get_service_url(request), request=request)
    if request.method == "POST":
        clean_sessions(client, request)  # type: ignore[no-untyped-call]
        return HttpResponse(status=204)
    if request.user.is_authenticated:
        return redirect("home")
    ticket = request.GET.get("ticket", "")
    if not ticket:
        request.session[_NEXT] = get_next_redirect_url(request)
        return redirect(client.get_login_url())
    try:
        name, _, _ = client.verify_ticket(ticket)
    except (requests.RequestException, SyntaxError) as error:  # SyntaxError: what ElementTree's ParseError is
        _log.warning("the CAS server did not answer as it should: %s", type(error).__name__)
        identity_refused("CAS", "error")
        return not_invited(request, "统一身份认证服务器没有正常应答。请稍后再试，或用密码登录。")
    if not name:
        identity_refused("CAS", "error")
        return not_invited(request, "统一身份认证没有确认您的身份，登录凭据可能已过期。请重新登录。")
    account = User.objects.filter(username__iexact=name).first()
    if account is None:
        identity_refused("CAS", "unknown")
        return not_invited(request, NOT_LINKED["unknown"])
    record_authentication(request, account, method="cas")
    request.session[TICKET] = ticket
    response: HttpResponse = perform_login(request, account, redirect_url=request.session.pop(_NEXT, None))
    return response
