"""Which account an identity from outside belongs to."""

from __future__ import annotations

from allauth.socialaccount.models import SocialAccount

from junheng.web.accounts.models import User

NOT_LINKED = {
    "unknown": "本系统没有与您的统一身份同名的账号。账号由本级安全管理员开立，请与其联系。",
    "taken": "您的账号已关联另一个统一身份。如统一身份已更换，请用密码登录后在“我的账号”解除旧的关联。",
}
"""Why an identity opens no account → what the person is told."""


def account_for(name: str, provider: str) -> User | str:
    """The account of this name, or why not (a key of NOT_LINKED).

    An account tied to another identity of the provider is left alone: names are given again, identities are not.
    """
    account = User.objects.filter(username__iexact=name).first() if name else None
    if account is None:
        return "unknown"
    if SocialAccount.objects.filter(user=account, provider=provider).exists():
        return "taken"
    return account
