"""What is entered about an account, and what is wrong with it. Reads only; the actions write."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from junheng.web.accounts.keeping import fits, may_give, other_duty_of_person
from junheng.web.accounts.models import User
from junheng.web.areas.models import Unit
from junheng.web.privacy.sealing import blind_index
from junheng.web.rights.levels import UnitKind
from junheng.web.rights.roles import ROLES, SEPARATE_PERSONS, Role

_USERNAME = re.compile(r"[a-z0-9][a-z0-9._@-]{2,49}")
_PHONE = re.compile(r"1\d{10}")


@dataclass(frozen=True)
class Contact:
    """Cleaned. phone_index: blind index of the phone, "" for none."""

    phone: str = ""
    phone_index: str = ""
    email: str = ""


@dataclass(frozen=True)
class Draft:
    """An account as somebody wants it. unit: None where none was found."""

    name: str
    role: Role
    unit: Unit | None
    department: str = ""
    phone: str = ""
    email: str = ""


def place_wrong(role: Role, unit: Unit | None, department: str, *, by: User | None) -> dict[str, str]:
    """What is wrong with the role at the unit. by: None = the command line, which may do everything."""
    wrong: dict[str, str] = {}
    if unit is None:
        wrong["unit"] = "没有这个单位"
    elif by is not None and not may_give(by, role, unit):
        reachable = by.reaches(unit.path)
        wrong["role" if reachable else "unit"] = f"您不能开立“{role.label}”账号" if reachable else f"{unit.name}不在您的管理范围内"
    elif not fits(role, unit):
        kinds = "、".join(UnitKind(kind).label for kind in ROLES[role].levels)
        wrong["unit"] = f"“{role.label}”应属于{kinds}一级的单位，{unit.name}是{unit.get_kind_display()}"
    if role is Role.DEPARTMENT and not department:
        wrong["department"] = "部门用户要选部门"
    if role is not Role.DEPARTMENT and department:
        wrong["department"] = f"“{role.label}”不选部门"
    return wrong


def contact_cleaned(*, phone: str, email: str) -> tuple[Contact, dict[str, str]]:
    """The contact as it is kept, and what is wrong with it."""
    wrong: dict[str, str] = {}
    phone, email = re.sub(r"[\s-]", "", phone).removeprefix("+86"), email.strip().lower()
    if phone and not _PHONE.fullmatch(phone):
        wrong["phone"] = "手机号应是 1 开头的 11 位数字"
    if email:
        try:
            validate_email(email)
        except ValidationError:
            wrong["email"] = "电子邮箱的写法不对"
    return Contact(phone, blind_index(phone) if phone and "phone" not in wrong else "", email), wrong


def second_duty_refused(role: Role, contact: Contact, *, but: int | None = None) -> dict[str, str]:
    """三员分立: what is wrong with this person in this role."""
    if role not in SEPARATE_PERSONS:
        return {}
    if not contact.phone and not contact.email:
        return {"phone": f"“{role.label}”要填手机或电子邮箱，用来核对三员是否由不同的人担任"}
    other = other_duty_of_person(role, phone_index=contact.phone_index, email=contact.email, but=but)
    if other is None:
        return {}
    field = "phone" if contact.phone_index and contact.phone_index == other.phone_index else "email"
    return {field: f"这个人已是“{other.get_role_display()}”（账号 {other.username}）。系统管理员、安全管理员、审计员必须由不同的人担任"}


def wrong_in(draft: Draft, *, by: User | None) -> tuple[Contact, dict[str, str]]:
    """Everything wrong with a new account, by field, and the cleaned contact."""
    wrong = place_wrong(draft.role, draft.unit, draft.department, by=by)
    if not draft.name.strip():
        wrong["name"] = "没有填写姓名"
    elif len(draft.name.strip()) > 50:
        wrong["name"] = "姓名太长，最多 50 字"
    contact, contact_wrong = contact_cleaned(phone=draft.phone, email=draft.email)
    wrong |= contact_wrong
    if not contact_wrong:
        wrong |= second_duty_refused(draft.role, contact)
    return contact, wrong


def username_wrong(username: str) -> str:
    """What is wrong with a name to sign in with, "" when nothing is."""
    if not _USERNAME.fullmatch(username):
        return "账号用 3 至 50 个小写字母、数字和 . _ - @，以字母或数字开头"
    if User.objects.filter(username__iexact=username).exists():
        return f"账号“{username}”已有人用，请换一个"
    return ""
