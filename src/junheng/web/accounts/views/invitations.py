"""Invitations: the list, a new one, and the page behind its link."""

from __future__ import annotations

import logging
from smtplib import SMTPException

from django.contrib import messages
from django.core.mail import send_mail
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from junheng.common.errors import UserError
from junheng.web.accounts import actions
from junheng.web.accounts.actions.invitations import hash_of
from junheng.web.accounts.entry_forms import AcceptForm, InvitationForm
from junheng.web.accounts.errors import WrongEntries
from junheng.web.accounts.keeping import roles_kept_by
from junheng.web.accounts.models import Invitation, User
from junheng.web.accounts.signed_in import me
from junheng.web.areas.models import lies_within
from junheng.web.pages.listing import page_of

_log = logging.getLogger(__name__)


def invitations(request: HttpRequest) -> HttpResponse:
    """All within reach, newest first; an open one can be withdrawn."""
    keeper = me(request)
    found = Invitation.objects.filter(lies_within(*keeper.reach), role__in=roles_kept_by(keeper))
    if request.method == "POST":
        invitation = get_object_or_404(found, pk=request.POST.get("invitation"))
        try:
            actions.withdraw(invitation, by=keeper)
            messages.success(request, f"给{invitation.name}的邀请已撤回，链接不再有效。")
        except UserError as error:
            messages.error(request, str(error))
        return redirect("invitations")
    page = page_of(request, found.select_related("unit", "invited_by", "account"))
    return render(request, "accounts/invitations.html", {"page": page})


def invite(request: HttpRequest) -> HttpResponse:
    """The link is in the answer to the request, once."""
    form = InvitationForm(request.POST or None, keeper=me(request))
    made: dict[str, object] = {}
    if request.method == "POST" and form.is_valid():
        try:
            invitation, token = actions.invite(form.draft(), by=me(request))
            link = request.build_absolute_uri(reverse("join", kwargs={"token": token}))
            made = {"invitation": invitation, "link": link, "sent": bool(invitation.email) and _sent(invitation, link, me(request))}
        except WrongEntries as wrong:
            form.show(wrong)
    response = render(request, "accounts/invite.html", {"form": form, **made})
    response["Cache-Control"] = "no-store"
    return response


def _sent(invitation: Invitation, link: str, by: User) -> bool:
    """Whether the e-mail is on its way. It carries the token, so it cannot leave by the notices, which are kept."""
    text = (f"{invitation.name}：\n\n{by.unit.name}{by.name}邀请您使用“均衡”系统，角色是{invitation.unit.name}{invitation.get_role_display()}。\n"
            f"请在 7 天内打开下面的链接，自己设账号和密码。链接只能用一次，请勿转发。\n\n{link}\n")  # fmt: skip
    try:
        return send_mail("“均衡”系统邀请", text, None, [invitation.email]) == 1
    except (OSError, SMTPException) as error:
        _log.warning("an invitation could not be sent by e-mail: %s", type(error).__name__)
        return False


def invitation_of(token: str) -> Invitation:
    return Invitation.objects.select_related("unit", "invited_by").get(token_hash=hash_of(token))


@never_cache
def join(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """The invited person chooses an account name and a password."""
    if not invitation.is_open:
        return render(request, "accounts/join_over.html", {"invitation": invitation}, status=410)
    form = AcceptForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        entered = form.cleaned_data
        try:
            account = actions.accept(invitation, username=entered["username"], password=entered["password"], phone=entered["phone"])
            messages.success(request, f"账号 {account.username} 已开立，请登录。")
            return redirect("account_login")
        except WrongEntries as wrong:
            form.show(wrong)
        except UserError as error:
            form.add_error(None, str(error))
    return render(request, "accounts/join.html", {"form": form, "invitation": invitation})
