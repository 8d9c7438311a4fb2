"""Pages for the public, and those where objections are answered."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import format_html

from junheng.common.errors import UserError
from junheng.web.accounts.models import User
from junheng.web.areas.models import lies_within
from junheng.web.pages.listing import link_to, page_of, table
from junheng.web.pages.templatetags.marks import state, when
from junheng.web.publicity.actions import object_to, show_contact
from junheng.web.publicity.actions.object import LONGEST
from junheng.web.publicity.actions.pace import TooMany
from junheng.web.publicity.models import Announcement, Objection
from junheng.web.publicity.permissions import ANSWER, PUBLISH


def announcements(request: HttpRequest) -> HttpResponse:
    """公示 that are open and 公告 in force; without signing in."""
    found = Announcement.objects.exclude(state="withdrawn").values_list("pk", "title", "unit__name", "state", "opens_on", "closes_on", named=True)
    page = page_of(request, found)
    return render(request, "publicity/announcements.html", {"page": page, "listed": table("公示公告", ("标题", "单位", "状态", "公示时间"), [
        (link_to("announcement", each.pk, each.title), each.unit__name, state(Announcement.process.state(each.state)),
         format_html("{} 至 {}", when(each.opens_on), when(each.closes_on)))
        for each in page
    ])})  # fmt: skip


def announcement(request: HttpRequest, announcement: Announcement) -> HttpResponse:
    """One 公示 with its objection form. The field `website` is a trap that people do not see and machines fill."""
    refused: UserError | None = None
    if request.method == "POST":
        if request.POST.get("website"):
            return redirect("announcement", pk=announcement.pk)
        try:
            return _unkept(render(request, "publicity/received.html", {"objection": _received(request, announcement)}))
        except UserError as error:
            refused = error
    context = {"announcement": announcement, "error": refused, "posted": request.POST, "longest": LONGEST, "new_id": uuid4,
               "may_publish": request.user.is_authenticated and PUBLISH.allows(request.user, announcement)}  # fmt: skip
    status = 429 if isinstance(refused, TooMany) else 422 if refused else 200
    return render(request, "publicity/announcement.html", context, status=status)


def _received(request: HttpRequest, announcement: Announcement) -> Objection:
    form, address = request.POST, request.META.get("REMOTE_ADDR", "")
    try:
        client_id = UUID(form.get("client_id", ""))
    except ValueError:
        raise UserError("表单不完整", remedy="请再提交一次；您写的内容还在下面") from None
    return object_to(announcement, form.get("text", ""), form.get("contact", ""), client_id, address)


def receipt(request: HttpRequest) -> HttpResponse:
    """How far an objection is, for whoever holds its receipt."""
    number = request.GET.get("number", "").strip().upper()
    objection = Objection.objects.select_related("announcement").filter(receipt=number).first() if number else None
    return _unkept(render(request, "publicity/receipt.html", {"number": number, "objection": objection}))


def _unkept(response: HttpResponse) -> HttpResponse:
    """No copy of it stays on a shared machine."""
    response["Cache-Control"] = "no-store"
    return response


def objections(request: HttpRequest) -> HttpResponse:
    """Objections about units within reach, those to deal with first."""
    within = lies_within(*request.user.reach)  # type: ignore[union-attr]
    found = Objection.objects.filter(within).select_related("unit", "announcement").order_by("state", "due_on")
    chosen = request.GET.get("state", "")
    if chosen:
        found = found.filter(state=chosen)
    page = page_of(request, found)
    return render(request, "publicity/objections.html", {"page": page, "state_shown": chosen, "states": Objection.process.states})


def objection(request: HttpRequest, objection: Objection) -> HttpResponse:
    """One objection. How to reach the person is shown to those who answer it, once they have said what for."""
    user: User = request.user  # type: ignore[assignment]
    may_reach, contact = ANSWER.allows(user, objection) and bool(objection.contact), ""
    if request.method == "POST" and may_reach:
        try:
            contact = show_contact(objection, request.POST.get("purpose", ""), by=user)
        except UserError as refused:
            messages.error(request, str(refused))
    return _unkept(render(request, "publicity/objection.html", {"objection": objection, "may_reach": may_reach, "contact": contact}))
