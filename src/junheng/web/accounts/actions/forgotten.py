"""A forgotten password: a link that works once, by e-mail or out of the hands of the account's keeper."""

from __future__ import annotations

import logging
from datetime import timedelta
from smtplib import SMTPException

from axes.models import AccessAttempt
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.http import int_to_base36
from django_tasks import task

from junheng.common.errors import UserError
from junheng.web.accounts.actions.keep import check_keeper
from junheng.web.accounts.actions.own import end_all_sessions
from junheng.web.accounts.actions.sign_in import VISITOR
from junheng.web.accounts.lockout import kept_name
from junheng.web.accounts.models import User
from junheng.web.audit.actions import record
from junheng.web.audit.actions.record import SYSTEM, Actor
from junheng.web.audit.models import AuditEvent
from junheng.web.audit.origin import current_origin
from junheng.web.privacy.sealing import seal_text, unseal_text

MOST_FROM_ONE_PLACE = 20
"""Requests an hour from one address: a county bureau has one address."""
MOST_TO_ONE_ACCOUNT = 3
"""E-mails an hour to one account, whoever asks."""
_HOUR = timedelta(hours=1)
_SEALED_IN = "accounts.forgotten.email"
_log = logging.getLogger(__name__)


@transaction.atomic
def ask_by_email(email: str, site: str) -> None:
    """Somebody says that this address is theirs. It is looked up later, by the worker, so that neither the answer nor the
    time it takes tells whether an account has it. site: "https://host". Raises UserError when too many ask from one place.
    """
    if _within_the_hour("reset_asked", origin=current_origin()) >= MOST_FROM_ONE_PLACE:
        raise UserError("从这里申请得太多", why=f"一小时内最多 {MOST_FROM_ONE_PLACE} 次", remedy="请过一会儿再试，或请管理员给一次性链接")
    record(by=VISITOR, action="accounts.reset_asked", subject="user:", unit_path="")
    mail_links.enqueue(seal_text(email.strip().lower(), _SEALED_IN), site)


@task()
def mail_links(sealed: str, site: str) -> None:
    """To every account with this address: a person with two duties has two."""
    email = unseal_text(sealed, _SEALED_IN)
    for account in User.objects.select_related("unit").filter(email__iexact=email, is_active=True).exclude(email=""):
        if _noted(account):
            _mail(account, site)


@transaction.atomic
def _noted(account: User) -> bool:
    """Whether one more e-mail may go to the account."""
    User.objects.select_for_update().get(pk=account.pk)
    if _within_the_hour("reset_mailed", subject=f"user:{account.pk}") >= MOST_TO_ONE_ACCOUNT:
        return False
    _record(account, "reset_mailed", by=SYSTEM)
    return True


def _mail(account: User, site: str) -> None:
    text = (f"{account.name}：\n\n有人申请重设“均衡”系统账号 {account.username}（{account.unit.name}{account.get_role_display()}）的密码。\n"
            f"如果是您本人，请在 24 小时内打开下面的链接，设一个新密码。链接只能用一次，请勿转发。\n\n{site}{_path(account)}\n\n"
            "不是您申请的，不用理会，密码不会变。\n")  # fmt: skip
    try:
        send_mail("“均衡”系统：重设密码", text, None, [account.email])
    except (OSError, SMTPException) as error:
        _log.warning("a link to set a new password could not be sent by e-mail: %s", type(error).__name__)


@transaction.atomic
def give_link(account: User, site: str, *, by: User) -> str:
    """The same link, told to the keeper once. The password stays what it is until the link is used. Raises UserError."""
    check_keeper(account, by)
    if not account.is_active:
        raise UserError(f"账号“{account.username}”已停用", remedy="请先启用")
    _record(account, "reset_link_given", by=by.actor)
    return f"{site}{_path(account)}"


@transaction.atomic
def password_set_by_link(account: User) -> None:
    """The person has set a new one; the password itself was written by the sign-in library. Whoever was in is out."""
    User.objects.filter(pk=account.pk).update(must_change_password=False)
    AccessAttempt.objects.filter(username=kept_name(account.username)).delete()
    end_all_sessions(account)
    _record(account, "password_set_by_link", by=account.actor)


def _path(account: User) -> str:
    key = default_token_generator.make_token(account)
    return reverse("account_reset_password_from_key", kwargs={"uidb36": int_to_base36(account.pk), "key": key})


def _within_the_hour(what: str, **narrowed: str) -> int:
    return AuditEvent.objects.filter(action=f"accounts.{what}", at__gte=timezone.now() - _HOUR, **narrowed).count()


def _record(account: User, what: str, *, by: Actor) -> None:
    record(by=by, action=f"accounts.{what}", subject=f"user:{account.pk}", unit_path=account.unit_path)
