"""How long a session lasts, and what a person must do before anything else."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, logout
from django.contrib.auth.middleware import AuthenticationMiddleware, get_user
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.functional import SimpleLazyObject
from django_htmx.http import HttpResponseClientRedirect

from junheng.web.accounts.actions.own import seen
from junheng.web.accounts.models import User
from junheng.web.accounts.session import BY_PROVIDER, SEEN_AT, SIGNED_IN_AT, gave_second_factor
from junheng.web.rights.roles import ROLES, Role

LONGEST_SECONDS = 12 * 3600
_RENEW_SECONDS = 60

Respond = Callable[[HttpRequest], HttpResponse]


class Account(AuthenticationMiddleware):
    """Django's own, which is asked nothing more where the session came with its account (session_store.py)."""

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        request.user = SimpleLazyObject(lambda: _account_of(request))  # type: ignore[assignment]


def _account_of(request: HttpRequest) -> Any:
    """The account fetched with the session, when all holds that Django checks: the session names it, it came in by a way in
    force, its password is still the same, and it is not disabled. Otherwise Django looks and decides."""
    session: Any = request.session
    named, by, signed = (session.get(key) for key in (SESSION_KEY, BACKEND_SESSION_KEY, HASH_SESSION_KEY))
    found: User | None = session.account
    holds = (
        found is not None and found.is_active and str(found.pk) == named and by in settings.AUTHENTICATION_BACKENDS
        and constant_time_compare(signed or "", found.get_session_auth_hash())
    )  # fmt: skip
    return found if holds else get_user(request)


class SessionLife:
    """Half an hour idle (SESSION_COOKIE_AGE), twelve hours in all. Activity is written at most once a minute."""

    def __init__(self, get_response: Respond) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now = int(time.time())
            if now - request.session.setdefault(SIGNED_IN_AT, now) > LONGEST_SECONDS:
                logout(request)
            elif now - request.session.get(SEEN_AT, 0) >= _RENEW_SECONDS:
                request.session[SEEN_AT] = now
                seen(request.session.session_key)
        return self._get_response(request)


class FirstDuties:
    """A first password is changed, and a second factor set up where the role needs one, before any other page opens."""

    _ALWAYS = frozenset({"account_logout", "healthz"})
    _PASSWORD = frozenset({"account_change_password"})
    _SET_UP = frozenset({"mfa_activate_totp", "account_reauthenticate"})
    _GIVE = frozenset({"mfa_reauthenticate"})

    def __init__(self, get_response: Respond) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        user = request.user
        match = request.resolver_match
        if not isinstance(user, User) or match is None or match.url_name in self._ALWAYS:
            return None
        if user.must_change_password and not request.session.get(BY_PROVIDER):
            return self._only(self._PASSWORD, "account_change_password", request)
        if ROLES[Role(user.role)].two_factor and not settings.JUNHENG_DEMO and not gave_second_factor(request):
            has_one = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()
            return self._only(self._GIVE, "mfa_reauthenticate", request) if has_one else self._only(self._SET_UP, "mfa_activate_totp", request)
        return None

    def _only(self, open_pages: frozenset[str], duty: str, request: HttpRequest) -> HttpResponse | None:
        match = request.resolver_match
        if match is not None and match.url_name in open_pages:
            return None
        if request.htmx:  # type: ignore[attr-defined]
            return HttpResponseClientRedirect(reverse(duty))
        return redirect(duty)
