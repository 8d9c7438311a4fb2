"""What a person does to the own account."""

from __future__ import annotations

from allauth.usersessions.models import UserSession
from django.db import transaction
from django.utils import timezone

from junheng.web.accounts.drafts import contact_cleaned, second_duty_refused
from junheng.web.accounts.errors import WrongEntries
from junheng.web.accounts.models import User
from junheng.web.audit.actions import record
from junheng.web.rights.roles import Role


@transaction.atomic
def password_changed(user: User) -> None:
    """The first password is over. The password itself was written by the sign-in library."""
    User.objects.filter(pk=user.pk).update(must_change_password=False)
    user.must_change_password = False
    record(by=user.actor, action="accounts.password_changed", subject=f"user:{user.pk}", unit_path=user.unit_path)


@transaction.atomic
def change_contact(user: User, *, phone: str | None, email: str) -> None:
    """phone: None = as it was. Raises WrongEntries. The log says what changed, not what it is."""
    cleaned, wrong = contact_cleaned(phone=user.phone if phone is None else phone, email=email)
    wrong |= second_duty_refused(Role(user.role), cleaned, but=user.pk)
    if wrong:
        raise WrongEntries(wrong)
    changed = [label for label, differs in (("手机", cleaned.phone != user.phone), ("电子邮箱", cleaned.email != user.email)) if differs]
    user.phone, user.phone_index, user.email = cleaned.phone, cleaned.phone_index, cleaned.email
    user.save(update_fields=["phone", "phone_index", "email"])
    if changed:
        record(by=user.actor, action="accounts.contact_changed", subject=f"user:{user.pk}", unit_path=user.unit_path, detail={"changed": changed})


@transaction.atomic
def end_other_sessions(user: User, session_key: str) -> int:
    """All but this one; how many."""
    others = UserSession.objects.filter(user=user).exclude(session_key=session_key)
    ended = end_sessions(list(others))
    record(by=user.actor, action="accounts.sessions_ended", subject=f"user:{user.pk}", unit_path=user.unit_path, detail={"ended": ended})
    return ended


def end_sessions(sessions: list[UserSession]) -> int:
    for each in sessions:
        each.end()
    return len(sessions)


def end_all_sessions(user: User) -> None:
    end_sessions(list(UserSession.objects.filter(user=user)))


def seen(session_key: str | None) -> None:
    """Keep when a session was last used. Not an act: no audit event."""
    UserSession.objects.filter(session_key=session_key).update(last_seen_at=timezone.now())
