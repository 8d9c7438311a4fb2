"""Forms of this room's own pages."""

from __future__ import annotations

from typing import Any

from django import forms

from junheng.web.accounts.drafts import Draft
from junheng.web.accounts.errors import WrongEntries
from junheng.web.accounts.keeping import roles_kept_by
from junheng.web.accounts.models import User
from junheng.web.areas.models import Unit
from junheng.web.rights.roles import ROLES, Department, Role

_MOST_TO_CHOOSE = 300
"""Beyond this a list of units is longer than typing the code."""


class PlaceForm(forms.Form):
    """Role, unit, department; the choices are the keeper's."""

    role = forms.ChoiceField(label="角色")
    unit = forms.CharField(label="单位")
    department = forms.ChoiceField(label="部门", required=False, help_text="只有部门用户要选。")

    def __init__(self, *args: Any, keeper: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._keeper = keeper
        roles = [role for role in Role if role in roles_kept_by(keeper)]
        self.fields["role"] = forms.ChoiceField(label="角色", choices=[(role.value, role.label) for role in roles])
        self.fields["unit"] = _unit_field(keeper, roles)
        if Role.DEPARTMENT in roles:
            choices = [("", "——"), *Department.choices]
            self.fields["department"] = forms.ChoiceField(label="部门", required=False, choices=choices, help_text="只有部门用户要选。")
        else:
            del self.fields["department"]

    def clean_unit(self) -> Unit:
        said: str = self.cleaned_data["unit"].strip()
        within = Unit.objects.within(*self._keeper.reach)
        found = within.filter(code=said).first()
        if found is None:
            named = list(within.filter(name=said)[:2])
            if len(named) != 1:
                raise forms.ValidationError(f"名称是“{said}”的单位不止一个，请填代码。" if named else f"您的管理范围内没有“{said}”，请填单位代码或全称。")
            found = named[0]
        return found

    def show(self, wrong: WrongEntries) -> None:
        """Put what an action refused beside the fields; what has no field here stands above them."""
        for field, said in wrong.fields.items():
            self.add_error(field if field in self.fields else None, f"{said}。")


class InvitationForm(PlaceForm):
    """Who is invited, and to what."""

    name = forms.CharField(label="姓名", max_length=50)
    email = forms.EmailField(label="电子邮箱", required=False, help_text="填了就把链接发到这个邮箱；不填，请把链接交给本人。")
    field_order = ("name", "role", "unit", "department", "email")

    def draft(self) -> Draft:
        entered = self.cleaned_data
        return Draft(entered["name"], Role(entered["role"]), entered["unit"], entered.get("department", ""), "", entered["email"])


class AcceptForm(forms.Form):
    """The invited person's own choice."""

    username = forms.CharField(label="账号", max_length=50, help_text="登录时用。3 至 50 个小写字母、数字和 . _ - @。",
                               widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}))  # fmt: skip
    password = forms.CharField(label="密码", strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
                               help_text="至少 10 个字符，大写字母、小写字母、数字、符号中至少用 3 种。")  # fmt: skip
    again = forms.CharField(label="再输一次密码", strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}))
    phone = forms.CharField(label="手机", required=False, max_length=20, help_text="加密保存，页面上只显示后四位。",
                            widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}))  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("password") != cleaned.get("again"):
            self.add_error("again", "两次输入的密码不一样。")
        return cleaned

    def show(self, wrong: WrongEntries) -> None:
        for field, said in wrong.fields.items():
            self.add_error(field if field in self.fields else None, said)


class ForgottenForm(forms.Form):
    """Whose password was forgotten, by e-mail address."""

    email = forms.EmailField(label="账号登记的电子邮箱", widget=forms.EmailInput(attrs={"autocomplete": "email"}))


class ContactForm(forms.Form):
    """An empty phone leaves the phone as it was: it is not shown whole, so it cannot be edited in place."""

    phone = forms.CharField(label="新手机号", required=False, max_length=20, help_text="不改就空着。",
                            widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}))  # fmt: skip
    email = forms.EmailField(label="电子邮箱", required=False, widget=forms.EmailInput(attrs={"autocomplete": "email"}))

    def show(self, wrong: WrongEntries) -> None:
        for field, said in wrong.fields.items():
            self.add_error(field if field in self.fields else None, f"{said}。")


def _unit_field(keeper: User, roles: list[Role]) -> forms.Field:
    kinds = {kind for role in roles for kind in ROLES[role].levels}
    units = list(Unit.objects.within(*keeper.reach).filter(kind__in=kinds, closed_on=None)[: _MOST_TO_CHOOSE + 1])
    if len(units) > _MOST_TO_CHOOSE:
        return forms.CharField(label="单位", max_length=100, help_text="填单位代码或全称。")
    return forms.CharField(label="单位", widget=forms.Select(choices=[("", "请选择"), *((each.code, f"{each.name}（{each.code}）") for each in units)]))
