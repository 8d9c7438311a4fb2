"""What the sign-in library asks of the site: nobody signs up, identities belong to accounts that exist, Chinese words."""

from __future__ import annotations

import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base import AuthProcess
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django_cas_ng.utils import get_cas_client

from junheng.web.accounts.actions.sign_in import identity_refused
from junheng.web.accounts.identities import NOT_LINKED, account_for
from junheng.web.accounts.models import User
from junheng.web.accounts.session import BY_PROVIDER, CAS
from junheng.web.privacy.sealing import seal_text, unseal_text
from junheng.web.rights.roles import ROLES, Role

_FRESH_SECONDS = 300
_SEALED_IN = "mfa.authenticator.data"
"""Listed in settings.JUNHENG_SEALED_JSON too, so that a change of keys reaches it."""


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are opened by whoever keeps them, never by the visitor."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": "这个账号已停用。",
        "enter_current_password": "原密码不对。",
        "incorrect_code": "验证码不对。请看验证器现在显示的 6 位数字。",
        "incorrect_password": "密码不对。",
        "too_many_login_attempts": "试错次数太多，请过几分钟再试。",
        "username_password_mismatch": "账号或密码不对。",
        "rate_limited": "操作太频繁，请过几分钟再试。",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Guessing is stopped by axes, whose count is in the database and so the same for all processes."""

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not within five minutes of signing in: who must set up a second factor has just given the password."""
        records = get_authentication_records(self.request, self.request.user)
        fresh = bool(records) and _age(records[-1]) < _FRESH_SECONDS
        return not fresh and bool(super().is_reauthentication_required(app=app, **kwargs))

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        """Who came by CAS leaves there too, or the next on this machine would be let in by it."""
        here: str = super().get_logout_redirect_url(request)
        if request.session.get(BY_PROVIDER) != CAS:
            return here
        return str(get_cas_client(request=request).get_logout_url(request.build_absolute_uri(here)))

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("me")


class IdentityAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """OIDC: an identity signs in to the account of its name, and is tied to it from then on. None is ever made."""

    error_messages = DefaultSocialAccountAdapter.error_messages | {
        "connected_other": "这个身份已关联到别的账号。",
        "no_password": "账号没有密码，解除关联后将无法登录。",
    }

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        if sociallogin.is_existing or sociallogin.state.get("process") == AuthProcess.CONNECT:
            return
        account = account_for(sociallogin.user.username, sociallogin.account.provider)
        if isinstance(account, User):
            sociallogin.connect(request, account)
            return
        identity_refused("统一身份认证", account)
        raise ImmediateHttpResponse(not_invited(request, NOT_LINKED[account]))

    def on_authentication_error(self, request: HttpRequest, provider: Any, error: Any = None, exception: Any = None, extra_context: Any = None) -> None:
        identity_refused("统一身份认证", "error")

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: Any) -> str:
        return reverse("me")


class TwoFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """TOTP: named by the account, its secret encrypted in the database, and not to be taken off where the role needs it."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": "您的角色必须使用两步验证，不能关闭。换手机请联系安全管理员重置。",
        "cannot_generate_recovery_codes": "请先设置验证器，再生成恢复码。",
        "incorrect_code": "验证码不对。请看验证器现在显示的 6 位数字；手机时间不准也会这样。",
    }

    def get_totp_label(self, user: User) -> str:
        return user.username

    def encrypt(self, text: str) -> str:
        return seal_text(text, _SEALED_IN)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal_text(encrypted_text, _SEALED_IN)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        return not ROLES[Role(authenticator.user.role)].two_factor


def not_invited(request: HttpRequest, why: str) -> HttpResponse:
    """An identity nobody has an account for: told what to do, no account made."""
    return render(request, "accounts/not_invited.html", {"why": why}, status=403)


def _age(record: dict[str, Any]) -> float:
    return time.time() - float(record["at"])
