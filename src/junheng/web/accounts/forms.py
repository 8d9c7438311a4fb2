"""Forms of the sign-in library, as this site has them."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import (
    ChangePasswordForm,
    LoginForm,
    ReauthenticateForm,
    ResetPasswordKeyForm,
)
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as GiveCodeForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from axes.handlers.proxy import AxesProxyHandler
from django.core.exceptions import ValidationError
from django.forms import Form

from junheng.web.accounts.actions.second_factor import spend_code


def _in_our_words(form: Form, **labels: str) -> None:
    """Labels as the rest of the site has them, and no placeholder that repeats the label."""
    for name, label in labels.items():
        form.fields[name].label = label
        form.fields[name].widget.attrs.pop("placeholder", None)


class SignIn(LoginForm):  # type: ignore[misc]
    """Name and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _in_our_words(self, login="账号", password="密码")


class GivePasswordAgain(ReauthenticateForm):  # type: ignore[misc]
    """Before the ways in are changed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _in_our_words(self, password="密码")


class ChangePassword(ChangePasswordForm):  # type: ignore[misc]
    """The new password is another one than the old."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _in_our_words(self, oldpassword="原密码", password1="新密码", password2="再输一次新密码")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if cleaned.get("password1") and cleaned["password1"] == cleaned.get("oldpassword"):
            self.add_error("password1", "新密码与原密码相同。请换一个。")
        return cleaned


class SetByLink(ResetPasswordKeyForm):  # type: ignore[misc]
    """The new password of whoever came by a link that works once."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _in_our_words(self, password1="新密码", password2="再输一次新密码")


class SetUpCode(ActivateTOTPForm):  # type: ignore[misc]
    """The first code of a new authenticator."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _in_our_words(self, code="验证码")


class GiveCodeAgain(GiveCodeForm):  # type: ignore[misc]
    """A code, before the ways in are changed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _in_our_words(self, code="验证码")


class Authenticate(AuthenticateForm):  # type: ignore[misc]
    """The second step of signing in: failures count towards the same lockout, and a code opens once."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _in_our_words(self, code="验证码")

    def clean_code(self) -> str:
        request = context.request
        if not AxesProxyHandler.is_allowed(request, {"username": self.user.username}):
            request.axes_locked_out, request.axes_credentials = True, {"username": self.user.username}
            raise ValidationError("登录失败次数太多，账号已暂时锁定。")
        code: str = super().clean_code()
        if not spend_code(self.authenticator, code):
            raise ValidationError("这个验证码已经用过。请等验证器显示下一个。")
        return code
