"""What the keepers of accounts do. Each act is checked against what the keeper keeps, and audited."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction

from junheng.common.errors import UserError
from junheng.web.accounts.actions.own import end_all_sessions
from junheng.web.accounts.drafts import (
    Contact,
    Draft,
    place_wrong,
    second_duty_refused,
    username_wrong,
    wrong_in,
)
from junheng.web.accounts.errors import WrongEntries
from junheng.web.accounts.keeping import keeps
from junheng.web.accounts.lockout import kept_name
from junheng.web.accounts.models import Reach, User
from junheng.web.accounts.passwords import first_password
from junheng.web.areas.models import Unit
from junheng.web.audit.actions import record, record_reading
from junheng.web.audit.actions.record import SYSTEM
from junheng.web.rights.roles import Role


def open_account(draft: Draft, username: str, *, by: User | None) -> tuple[User, str]:
    """A new account and its first password. by: None = the command line. Raises WrongEntries."""
    username = username.strip().lower()
    contact, wrong = wrong_in(draft, by=by)
    if said := username_wrong(username):
        wrong["username"] = said
    if wrong:
        raise WrongEntries(wrong)
    password = first_password()
    return add_account(draft, contact, username, make_password(password), by=by), password


@transaction.atomic
def add_account(draft: Draft, contact: Contact, username: str, password_hash: str, *, by: User | None, must_change: bool = True) -> User:
    """Write an account that was checked. Raises WrongEntries when the name was taken since."""
    assert draft.unit is not None
    user = User(
        username=username, name=draft.name.strip(), role=draft.role, unit=draft.unit, department=draft.department,
        phone=contact.phone, phone_index=contact.phone_index, email=contact.email, password=password_hash, must_change_password=must_change,
    )  # fmt: skip
    try:
        with transaction.atomic():
            user.save(force_insert=True)
    except IntegrityError:
        raise WrongEntries({"username": f"账号“{username}”已有人用，请换一个"}) from None
    _record(user, "opened", by=by, after={"username": username, **_place(user)})
    return user


@transaction.atomic
def disable(account: User, *, by: User) -> None:
    """Out at once: every session of the account ends."""
    check_keeper(account, by)
    User.objects.filter(pk=account.pk).update(is_active=False)
    end_all_sessions(account)
    _record(account, "disabled", by=by, before={"is_active": account.is_active}, after={"is_active": False})


@transaction.atomic
def enable(account: User, *, by: User) -> None:
    check_keeper(account, by)
    if wrong := second_duty_refused(Role(account.role), Contact(account.phone, account.phone_index, account.email), but=account.pk):
        raise WrongEntries(wrong)
    User.objects.filter(pk=account.pk).update(is_active=True)
    _record(account, "enabled", by=by, before={"is_active": account.is_active}, after={"is_active": True})


def reset_password(account: User, *, by: User | None) -> str:
    """A first password, told to the keeper once; every session of the account ends. by: None = the command line."""
    if by is not None:
        check_keeper(account, by)
    password = first_password()
    hashed = make_password(password)  # takes a tenth of a second: not while the database waits
    with transaction.atomic():
        User.objects.filter(pk=account.pk).update(password=hashed, must_change_password=True)
        _forget_failures(account)
        end_all_sessions(account)
        _record(account, "password_reset", by=by)
    return password


@transaction.atomic
def change_place(account: User, role: Role, unit: Unit, department: str, *, by: User) -> None:
    """Another role or unit. What was granted to the old role is taken back, and every session ends. Raises WrongEntries."""
    check_keeper(account, by)
    wrong = place_wrong(role, unit, department, by=by)
    if not wrong and account.is_active:
        wrong = second_duty_refused(role, Contact(account.phone, account.phone_index, account.email), but=account.pk)
    if wrong:
        raise WrongEntries(wrong)
    before = _place(account)
    taken_back = list(Reach.objects.filter(user=account).values_list("source", flat=True))
    Reach.objects.filter(user=account).delete()
    account.role, account.unit, account.department = role, unit, department
    account.save(update_fields=["role", "unit", "department"])
    end_all_sessions(account)
    _record(account, "place_changed", by=by, before=before, after=_place(account), detail={"taken_back": taken_back})


@transaction.atomic
def unlock(account: User, *, by: User) -> None:
    check_keeper(account, by)
    _forget_failures(account)
    _record(account, "unlocked", by=by)


@transaction.atomic
def remove_second_factor(account: User, *, by: User | None) -> None:
    """For a lost telephone: the person sets up a new one at the next sign-in. by: None = the command line."""
    if by is not None:
        check_keeper(account, by)
    Authenticator.objects.filter(user=account).delete()
    end_all_sessions(account)
    _record(account, "second_factor_reset", by=by)


def check_keeper(account: User, by: User) -> None:
    """Raises UserError for one's own account, and one that somebody else keeps."""
    if account.pk == by.pk:
        raise UserError("不能管理自己的账号", remedy="本人的资料和密码请到“我的账号”修改；其余请另一位管理员办理")
    if not keeps(by, account):
        raise UserError(f"账号“{account.username}”不由您管理")


@transaction.atomic
def show_contact(account: User, purpose: str, *, by: User) -> Contact:
    """The phone and the e-mail address in full. Raises UserError without a purpose."""
    check_keeper(account, by)
    record_reading(by=by.actor, action="accounts.contact_shown", subject=f"user:{account.pk}", unit_path=account.unit_path, purpose=purpose)
    return Contact(phone=account.phone, email=account.email)


def _forget_failures(account: User) -> None:
    AccessAttempt.objects.filter(username=kept_name(account.username)).delete()


def _place(account: User) -> dict[str, str]:
    return {"role": account.role, "unit": account.unit.code, "department": account.department}


def _record(
    account: User, what: str, *, by: User | None, before: Mapping[str, Any] | None = None, after: Mapping[str, Any] | None = None,
    detail: Mapping[str, Any] | None = None,
) -> None:  # fmt: skip
    record(by=by.actor if by else SYSTEM, action=f"accounts.{what}", subject=f"user:{account.pk}", unit_path=account.unit_path,
           before=before, after=after, detail=detail)  # fmt: skip
