"""From the sign-in libraries' signals to the audit log. Connected by AccountsConfig.ready."""

from __future__ import annotations

from typing import Any

from allauth.account.signals import password_changed as allauth_password_changed
from allauth.account.signals import password_reset as allauth_password_reset
from allauth.account.signals import user_logged_in as allauth_signed_in
from allauth.mfa.signals import (
    authentication_failed,
    authenticator_added,
    authenticator_removed,
    authenticator_reset,
    authenticator_used,
)
from allauth.socialaccount.signals import social_account_added, social_account_removed
from axes.signals import user_locked_out
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest

from junheng.web.accounts import session
from junheng.web.accounts.actions import forgotten, own, sign_in
from junheng.web.accounts.cas import TICKET
from junheng.web.accounts.models import User


@receiver(user_logged_in)
def _session_begins(sender: Any, request: HttpRequest, user: User, **more: Any) -> None:
    session.begin(request)


@receiver(allauth_signed_in)
def _signed_in(sender: Any, request: HttpRequest, user: User, **more: Any) -> None:
    how = session.way_in(request)
    if how != session.PASSWORD:
        request.session[session.BY_PROVIDER] = how
    if ticket := request.session.pop(TICKET, None):
        sign_in.remember_ticket(str(request.session.session_key), ticket)
    sign_in.signed_in(user, how=how, second_factor=session.gave_second_factor(request))


@receiver(user_logged_out)
def _signed_out(sender: Any, request: HttpRequest, user: User | None, **more: Any) -> None:
    if user is not None:
        sign_in.signed_out(user)


@receiver(user_login_failed)
def _failed(sender: Any, credentials: dict[str, Any], request: HttpRequest | None = None, **more: Any) -> None:
    if not _turned_away(request):
        sign_in.sign_in_failed(credentials.get("username") or "")


@receiver(user_locked_out)
def _locked(sender: Any, request: HttpRequest, **more: Any) -> None:
    """Once, at the failure that was one too many."""
    if not _turned_away(request):
        sign_in.locked((request.axes_credentials or {}).get("username") or "")  # type: ignore[attr-defined]


def _turned_away(request: HttpRequest | None) -> bool:
    """Whether axes refused even to look at the password: the lock was there before this try."""
    return bool(getattr(request, "axes_locked_out", False)) and getattr(request, "axes_failures_since_start", None) is None


@receiver(allauth_password_changed)
def _password_changed(sender: Any, user: User, **more: Any) -> None:
    own.password_changed(user)


@receiver(allauth_password_reset)
def _password_reset(sender: Any, user: User, **more: Any) -> None:
    forgotten.password_set_by_link(user)


@receiver(authenticator_used)
def _second_factor_given(sender: Any, request: HttpRequest, user: User, **more: Any) -> None:
    request.session[session.SECOND_FACTOR] = user.pk


@receiver(authenticator_added)
def _second_factor_added(sender: Any, request: HttpRequest, user: User, authenticator: Any, **more: Any) -> None:
    request.session[session.SECOND_FACTOR] = user.pk
    sign_in.second_factor_changed(user, "added", authenticator.type)


@receiver(authenticator_removed)
def _second_factor_removed(sender: Any, request: HttpRequest, user: User, authenticator: Any, **more: Any) -> None:
    sign_in.second_factor_changed(user, "removed", authenticator.type)


@receiver(authenticator_reset)
def _recovery_codes_renewed(sender: Any, user: User, authenticator: Any, **more: Any) -> None:
    sign_in.second_factor_changed(user, "renewed", authenticator.type)


@receiver(authentication_failed)
def _second_factor_failed(sender: Any, request: HttpRequest, user: User, **more: Any) -> None:
    sign_in.second_factor_failed(user, request)


@receiver(social_account_added)
def _identity_linked(sender: Any, sociallogin: Any, **more: Any) -> None:
    sign_in.identity_changed(sociallogin.user, linked=True)


@receiver(social_account_removed)
def _identity_unlinked(sender: Any, socialaccount: Any, **more: Any) -> None:
    sign_in.identity_changed(socialaccount.user, linked=False)
