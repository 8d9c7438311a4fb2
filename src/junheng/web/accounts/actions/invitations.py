"""Invitations: made, withdrawn, accepted once."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from junheng.common.errors import UserError
from junheng.web.accounts.actions.keep import add_account
from junheng.web.accounts.drafts import Contact, Draft, contact_cleaned, username_wrong, wrong_in
from junheng.web.accounts.errors import WrongEntries
from junheng.web.accounts.keeping import may_give
from junheng.web.accounts.models import Invitation, User
from junheng.web.audit.actions import record
from junheng.web.rights.roles import Role


def hash_of(token: str) -> str:
    """The token is 256 random bits: a plain hash of it cannot be turned back."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def invite(draft: Draft, *, by: User) -> tuple[Invitation, str]:
    """An invitation, and the token of its link, which is kept nowhere. Raises WrongEntries."""
    contact, wrong = wrong_in(draft, by=by)
    # The phone that shows who somebody is comes with the acceptance.
    wrong = {field: said for field, said in wrong.items() if field != "phone"}
    if wrong:
        raise WrongEntries(wrong)
    token = secrets.token_urlsafe(32)
    return write_invitation(draft, contact, hash_of(token), by=by, lasts=Invitation.LASTS), token


def write_invitation(draft: Draft, contact: Contact, token_hash: str, *, by: User, lasts: timedelta) -> Invitation:
    """Write an invitation that was checked, in the caller's transaction."""
    assert draft.unit is not None
    invitation = Invitation.objects.create(
        unit=draft.unit, role=draft.role, department=draft.department, name=draft.name.strip(), email=contact.email,
        token_hash=token_hash, invited_by=by, expires_at=timezone.now() + lasts,
    )  # fmt: skip
    _record(invitation, "invited", by=by, after={"role": draft.role, "unit": draft.unit.code, "department": draft.department})
    return invitation


@transaction.atomic
def withdraw(invitation: Invitation, *, by: User) -> None:
    locked = Invitation.objects.select_for_update().select_related("unit").get(pk=invitation.pk)
    if not may_give(by, Role(locked.role), locked.unit):
        raise UserError("这份邀请不由您管理")
    if not locked.is_open:
        raise UserError(f"这份邀请{locked.state_in_words}，不用撤回")
    locked.withdrawn_at = timezone.now()
    locked.save(update_fields=["withdrawn_at"])
    _record(locked, "invitation_withdrawn", by=by)


def accept(invitation: Invitation, *, username: str, password: str, phone: str) -> User:
    """The account of the invited person. Raises WrongEntries, or UserError when the invitation is no longer open."""
    username = username.strip().lower()
    _, wrong = contact_cleaned(phone=phone, email=invitation.email)
    if said := username_wrong(username):
        wrong["username"] = said
    if said := _password_wrong(password, username, invitation.name):
        wrong["password"] = said
    if wrong:
        raise WrongEntries(wrong)
    return _accept(invitation, username, make_password(password), phone)


@transaction.atomic
def _accept(invitation: Invitation, username: str, password_hash: str, phone: str) -> User:
    locked = Invitation.objects.select_for_update().select_related("unit", "invited_by__unit").get(pk=invitation.pk)
    if not locked.is_open:
        raise UserError(f"这份邀请{locked.state_in_words}", remedy="请与邀请您的管理员联系，重新发一份")
    draft = Draft(locked.name, Role(locked.role), locked.unit, locked.department, phone, locked.email)
    # Asked again: the inviter may have lost the right meanwhile, and only now is it known who the person is.
    contact, wrong = wrong_in(draft, by=locked.invited_by)
    if not locked.invited_by.is_active:
        wrong["invited_by"] = "邀请您的管理员已停用"
    if wrong:
        raise WrongEntries(wrong)
    account = add_account(draft, contact, username, password_hash, by=locked.invited_by, must_change=False)
    locked.accepted_at, locked.account = timezone.now(), account
    locked.save(update_fields=["accepted_at", "account"])
    record(by=account.actor, action="accounts.invitation_accepted", subject=f"invitation:{locked.pk}", unit_path=locked.unit_path)
    return account


def _password_wrong(password: str, username: str, name: str) -> str:
    try:
        validate_password(password, User(username=username, name=name))
    except ValidationError as error:
        return "".join(error.messages)
    return ""


def _record(invitation: Invitation, what: str, *, by: User, after: dict[str, str] | None = None) -> None:
    record(by=by.actor, action=f"accounts.{what}", subject=f"invitation:{invitation.pk}", unit_path=invitation.unit_path, after=after)
