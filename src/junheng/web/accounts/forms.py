"""Forms of the sign-in library, as this site has them."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import ChangePasswordForm
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm
from axes.handlers.proxy import AxesProxyHandler
from django.core.exceptions import ValidationError

from junheng.web.accounts.actions.second_factor import spend_code


class ChangePassword(ChangePasswordForm):  # type: ignore[misc]
    """The new password is another one than the old."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if cleaned.get("password1") and cleaned["password1"] == cleaned.get("oldpassword"):
            self.add_error("password1", "新密码与原密码相同。请换一个。")
        return cleaned


class Authenticate(AuthenticateForm):  # type: ignore[misc]
    """The second step of signing in: failures count towards the same lockout, and a code opens once."""

    def clean_code(self) -> str:
        request = context.request
        if not AxesProxyHandler.is_allowed(request, {"username": self.user.username}):
            request.axes_locked_out, request.axes_credentials = True, {"username": self.user.username}
            raise ValidationError("登录失败次数太多，账号已暂时锁定。")
        code: str = super().clean_code()
        if not spend_code(self.authenticator, code):
            raise ValidationError("这个验证码已经用过。请等验证器显示下一个。")
        return code
