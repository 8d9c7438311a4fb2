"""What is entered to make a token or a subscription."""

from __future__ import annotations

from typing import Any

from django import forms

from junheng.web.accounts.models import User
from junheng.web.api.actions.tokens import DAYS
from junheng.web.api.hooks.events import TOLD_OF
from junheng.web.api.models import Algorithm
from junheng.web.api.scopes import scopes_for


class TokenForm(forms.Form):
    name = forms.CharField(label="用途", max_length=60, help_text="哪个系统用它做什么，如“市数据平台每晚取结论”。")
    scopes = forms.MultipleChoiceField(label="范围", widget=forms.CheckboxSelectMultiple, help_text="只勾选用得到的；令牌办不了本账号办不了的事。")
    days = forms.TypedChoiceField(label="有效期", coerce=int, initial=90, choices=[(days, f"{days} 天") for days in DAYS])

    def __init__(self, *args: Any, account: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        scopes: Any = self.fields["scopes"]
        scopes.choices = [(each.id, f"{each.label}（{each.id}）") for each in scopes_for(account)]


class HookForm(forms.Form):
    name = forms.CharField(label="用途", max_length=60, help_text="推送给哪个系统，如“市督导平台”。")
    url = forms.CharField(label="接收网址", max_length=500, help_text="https 网址；内网地址要由系统管理员在部署时准许。")
    scopes = forms.MultipleChoiceField(label="推送哪些事", widget=forms.CheckboxSelectMultiple)
    algorithm = forms.ChoiceField(label="签名", choices=Algorithm.choices, initial=Algorithm.SM3, help_text="接收方用密钥核对签名，认出消息确是平台发的。")

    def __init__(self, *args: Any, account: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        scopes: Any = self.fields["scopes"]
        scopes.choices = [(each.id, each.label.removeprefix("查看")) for each in scopes_for(account) if each in TOLD_OF]
