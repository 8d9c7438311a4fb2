"""我的账号."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from junheng.common.errors import UserError
from junheng.common.masking import mask_phone
from junheng.web.accounts import actions
from junheng.web.accounts.entry_forms import ContactForm
from junheng.web.accounts.errors import WrongEntries
from junheng.web.accounts.signed_in import me as person
from junheng.web.rights.roles import ROLES, Role


def me(request: HttpRequest) -> HttpResponse:
    """Who I am here, how I can be reached, how I sign in, and where I am signed in."""
    user = person(request)
    contact = ContactForm(initial={"email": user.email})
    if request.method == "POST":
        try:
            if request.POST.get("act") == "contact":
                contact = ContactForm(request.POST)
                if contact.is_valid():
                    actions.change_contact(user, phone=contact.cleaned_data["phone"] or None, email=contact.cleaned_data["email"])
                    messages.success(request, "联系方式已保存。")
                    return redirect("me")
            elif request.POST.get("act") == "sessions":
                ended = actions.end_other_sessions(user, str(request.session.session_key))
                messages.success(request, f"已结束其他 {ended} 处登录。" if ended else "没有其他登录。")
                return redirect("me")
            else:
                messages.error(request, str(UserError("没有说明要做什么", remedy="请从页面上的按钮办理")))
        except WrongEntries as wrong:
            contact.show(wrong)
            user.refresh_from_db()
    return render(request, "accounts/me.html", {
        "account": user, "contact": contact, "phone": mask_phone(user.phone),
        "sessions": UserSession.objects.purge_and_list(user), "current": request.session.session_key,
        "second_factor": Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first(),
        "two_factor_required": ROLES[Role(user.role)].two_factor,
        "identities": SocialAccount.objects.filter(user=user), "oidc": bool(settings.SOCIALACCOUNT_PROVIDERS),
    })  # fmt: skip
