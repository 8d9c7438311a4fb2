"""Signing in and out, as the log keeps it. What a stranger typed is never written down."""

from __future__ import annotations

from axes.handlers.proxy import AxesProxyHandler
from django.db import transaction
from django.http import HttpRequest
from django_cas_ng.models import SessionTicket

from junheng.web.accounts.models import User
from junheng.web.audit.actions import Actor, record

VISITOR = Actor(None, "未登录者", "未登录")


@transaction.atomic
def signed_in(user: User, *, how: str, second_factor: bool) -> None:
    _about(user, "sign_in", by=user.actor, how=how, second_factor=second_factor)


@transaction.atomic
def signed_out(user: User) -> None:
    _about(user, "sign_out", by=user.actor)


@transaction.atomic
def sign_in_failed(username: str) -> None:
    """A wrong name or password. An account that exists is named; of one that does not, nothing is kept."""
    user = _named(username)
    if user is None:
        record(by=VISITOR, action="accounts.sign_in_failed", subject="user:", unit_path="", detail={"account": "没有这个账号"})
    else:
        _about(user, "sign_in_failed", active=user.is_active)


@transaction.atomic
def locked(username: str) -> None:
    user = _named(username)
    if user is not None:
        _about(user, "locked")


def second_factor_failed(user: User, request: HttpRequest) -> None:
    """A wrong code counts like a wrong password, towards the same lockout."""
    with transaction.atomic():
        _about(user, "second_factor_failed")
    request.axes_credentials = {"username": user.username}  # type: ignore[attr-defined]
    AxesProxyHandler.user_login_failed(sender=second_factor_failed, credentials={"username": user.username}, request=request)


@transaction.atomic
def identity_refused(provider: str, why: str) -> None:
    """An identity from outside that opens no account. why: "unknown", "taken", "error"."""
    record(by=VISITOR, action="accounts.identity_refused", subject="user:", unit_path="", detail={"provider": provider, "why": why})


@transaction.atomic
def identity_changed(user: User, *, linked: bool) -> None:
    _about(user, "identity_linked" if linked else "identity_unlinked", by=user.actor)


@transaction.atomic
def second_factor_changed(user: User, change: str, kind: str) -> None:
    """change: "added", "removed", "renewed"; kind: "totp" or "recovery_codes"."""
    _about(user, f"second_factor_{change}", by=user.actor, kind=kind)


@transaction.atomic
def remember_ticket(session_key: str, ticket: str) -> None:
    """So that the CAS server can end the session by the ticket that began it."""
    SessionTicket.objects.create(session_key=session_key, ticket=ticket)


def _named(username: str) -> User | None:
    return User.objects.select_related("unit").filter(username__iexact=username).first() if username else None


def _about(user: User, what: str, *, by: Actor = VISITOR, **detail: object) -> None:
    record(by=by, action=f"accounts.{what}", subject=f"user:{user.pk}", unit_path=user.unit_path, detail=detail)
