"""The accounts somebody keeps: the list, and the page of one."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import format_html
from django.utils.safestring import SafeString

from junheng.common.errors import UserError
from junheng.common.masking import mask_email, mask_phone
from junheng.web.accounts import actions
from junheng.web.accounts.entry_forms import PlaceForm
from junheng.web.accounts.errors import WrongEntries
from junheng.web.accounts.keeping import keeps, kept_by, roles_kept_by
from junheng.web.accounts.lockout import kept_name, locked_names
from junheng.web.accounts.models import User
from junheng.web.accounts.permissions import KEEP
from junheng.web.accounts.signed_in import me
from junheng.web.accounts.views.forgotten import site_of
from junheng.web.pages.listing import link_to, options, page_of, table
from junheng.web.pages.templatetags.marks import chip, when
from junheng.web.rights.roles import ROLES, Department, Role

_HEADS = ("姓名", "账号", "角色", "单位", "状态", "两步验证", "上次登录")
_LISTED = ("pk", "name", "username", "role", "department", "unit__name", "is_active", "must_change_password", "last_login")
STATES = {"active": "启用", "waiting": "未改首次密码", "disabled": "停用"}


def account(pk: int) -> User:
    return User.objects.select_related("unit").get(pk=pk)


def users(request: HttpRequest) -> HttpResponse:
    """By name, account or unit; by role; by state."""
    keeper = me(request)
    found = _narrowed(kept_by(keeper), request)
    page = page_of(request, found.order_by("unit__path", "role", "username").values_list(*_LISTED, named=True))
    locked, second_factor = locked_names(), _with_second_factor([each.pk for each in page.object_list])
    rows = [_row(each, bool(locked) and kept_name(each.username) in locked, each.pk in second_factor) for each in page.object_list]
    kept = roles_kept_by(keeper)
    roles = [(role.value, role.label) for role in Role if role in kept]
    return render(request, "accounts/users.html", {
        "page": page, "listed": table("账号列表", _HEADS, rows, never_broken=True) if rows else "", "roles": options(roles, request.GET.get("role", "")) if len(roles) > 1 else "",
        "states": options(STATES.items(), request.GET.get("state", "")), "q": request.GET.get("q", ""), "role": request.GET.get("role", ""),
        "state": request.GET.get("state", ""), "unit": request.GET.get("unit", ""),
    })  # fmt: skip


def _with_second_factor(accounts: list[int]) -> set[int]:
    return set(Authenticator.objects.filter(user__in=accounts, type=Authenticator.Type.TOTP).values_list("user_id", flat=True))


def _row(account: Any, locked: bool, second_factor: bool) -> tuple[object, ...]:
    return (
        link_to("user", account.pk, account.name), account.username,
        " · ".join([Role(account.role).label, *([Department(account.department).label] if account.department else [])]), account.unit__name,
        _stands(account, locked), "已设" if second_factor else _muted("未设"),
        when(account.last_login) if account.last_login else _muted("从未"),
    )  # fmt: skip


def _stands(account: Any, locked: bool) -> SafeString:
    """Whether the account may sign in now."""
    tone, words = ("bad", "停用") if not account.is_active else ("waiting", "未改首次密码") if account.must_change_password else ("good", "启用")
    return format_html("{} {}", chip(tone, words), chip("bad", "锁定中")) if locked else chip(tone, words)


def _muted(words: str) -> SafeString:
    return format_html('<span class="muted">{}</span>', words)


def _narrowed(found: QuerySet[User], request: HttpRequest) -> QuerySet[User]:
    words, unit, role, state = (request.GET.get(name, "").strip() for name in ("q", "unit", "role", "state"))
    if words:
        found = found.filter(Q(name__contains=words) | Q(username__contains=words.lower()))
    if unit:
        found = found.filter(Q(unit__name__contains=unit) | Q(unit__code__startswith=unit))
    if role in Role.values:
        found = found.filter(role=role)
    match state:
        case "active":
            return found.filter(is_active=True, must_change_password=False)
        case "waiting":
            return found.filter(is_active=True, must_change_password=True)
        case "disabled":
            return found.filter(is_active=False)
    return found


def user(request: HttpRequest, account: User) -> HttpResponse:
    """One account and what its keeper may do to it. A first password, or a link, is shown in the answer to the request, once."""
    keeper = me(request)
    if not keeps(keeper, account):
        raise Http404
    place = PlaceForm(keeper=keeper, initial={"role": account.role, "unit": account.unit.code, "department": account.department})
    password, link, contact = "", "", None
    if request.method == "POST":
        if request.POST.get("act") == "place":
            place = PlaceForm(request.POST, keeper=keeper)
        try:
            if request.POST.get("act") == "contact":
                contact = actions.show_contact(account, request.POST.get("purpose", ""), by=keeper)
            elif request.POST.get("act") == "link":
                link = actions.give_link(account, site_of(request), by=keeper)
            else:
                password = _act(request, account, place)
            if not password and not link and not contact and not place.errors:
                return redirect("user", pk=account.pk) if keeps(keeper, account) else redirect("users")
        except WrongEntries as wrong:
            if place.is_bound:
                place.show(wrong)
            else:
                messages.error(request, str(wrong))
        except UserError as error:
            messages.error(request, str(error))
        account = User.objects.select_related("unit").get(pk=account.pk)
    locked = kept_name(account.username) in locked_names()
    response = render(request, "accounts/user.html", {
        "account": account, "password": password, "link": link, "contact": contact,
        "phone": contact.phone if contact else mask_phone(account.phone), "email": contact.email if contact else mask_email(account.email),
        "declared": ROLES[Role(account.role)], "locked": locked, "stands": _stands(account, locked), "place": place if KEEP.held_by(keeper) else None,
        "second_factor": Authenticator.objects.filter(user=account, type=Authenticator.Type.TOTP).exists(),
    })  # fmt: skip
    response["Cache-Control"] = "no-store"
    return response


def _act(request: HttpRequest, account: User, place: PlaceForm) -> str:
    """Do what was pressed; the first password, when there is one to show."""
    by = me(request)
    match request.POST.get("act"):
        case "disable":
            actions.disable(account, by=by)
            messages.success(request, f"账号 {account.username} 已停用，正在进行的会话已结束。")
        case "enable":
            actions.enable(account, by=by)
            messages.success(request, f"账号 {account.username} 已启用。")
        case "password":
            return actions.reset_password(account, by=by)
        case "unlock":
            actions.unlock(account, by=by)
            messages.success(request, f"账号 {account.username} 已解锁，可以马上登录。")
        case "second_factor" if KEEP.held_by(by):
            actions.remove_second_factor(account, by=by)
            messages.success(request, "两步验证已重置。本人下次登录时重新设置。")
        case "place" if KEEP.held_by(by):
            if place.is_valid():
                entered = place.cleaned_data
                actions.change_place(account, Role(entered["role"]), entered["unit"], entered.get("department", ""), by=by)
                messages.success(request, f"{account.name}现在是{entered['unit'].name}的{Role(entered['role']).label}，需要重新登录。")
        case _:
            raise UserError("没有说明要做什么", remedy="请从页面上的按钮办理")
    return ""
