"""One's own notices and how one wants to be told; what left the site, for the system administrator."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Count, F, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from junheng.common.errors import UserError
from junheng.common.masking import mask_phone
from junheng.web.accounts.signed_in import me
from junheng.web.notices.actions import choose_ways, mark_all_read, mark_read, send_again
from junheng.web.notices.channels import configured
from junheng.web.notices.models import Channel, Delivery, DeliveryState, Notice, Preference
from junheng.web.pages.listing import page_of


def notices(request: HttpRequest) -> HttpResponse:
    """Mine, the unread first, then the newest."""
    mine = Notice.objects.filter(user=me(request))
    counts = mine.aggregate(all=Count("pk"), unread=Count("pk", filter=Q(read_at=None)))
    unread = counts["unread"]
    page = page_of(request, mine.order_by(F("read_at").asc(nulls_first=True), "-event_seq") if unread else mine, counts["all"])
    return render(request, "notices/notices.html", {"page": page, "unread": unread})


def notice_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Read it and go where it leads."""
    notice = Notice.objects.filter(pk=pk, user=me(request)).first()
    if notice is None:
        raise Http404
    mark_read(notice)
    return redirect(notice.url or "notices")


def notices_read(request: HttpRequest) -> HttpResponse:
    read = mark_all_read(by=me(request))
    messages.success(request, f"已将 {read} 条通知标为已读。")
    return redirect("notices")


def notice_ways(request: HttpRequest) -> HttpResponse:
    """Which ways I want to be told besides the site."""
    user = me(request)
    if request.method == "POST":
        choose_ways(by=user, email="email" in request.POST, sms="sms" in request.POST)
        messages.success(request, "通知方式已保存，对以后的通知生效。")
        return redirect("notice_ways")
    preference = Preference.objects.filter(user=user).first() or Preference(user=user)
    return render(request, "notices/ways.html", {"preference": preference, "sms": Channel.SMS in configured(),
                                                        "email": user.email, "phone": mask_phone(user.phone)})


def deliveries(request: HttpRequest) -> HttpResponse:
    """Messages by e-mail and text message: how many wait, went, failed; the failed ones can be sent again."""
    state, channel = request.GET.get("state", ""), request.GET.get("channel", "")
    within = Delivery.objects.filter(channel=channel) if channel in Channel.values else Delivery.objects.all()
    counts = dict(within.order_by().values_list("state").annotate(n=Count("pk")))
    found = within.filter(state=state) if state in DeliveryState.values else within
    page = page_of(request, found.select_related("user__unit"))
    states = [(value, label, counts.get(value, 0)) for value, label in DeliveryState.choices]
    context = {"page": page, "states": states, "state": state, "channel": channel, "channels": Channel.choices, "all": sum(counts.values()),
               "failed": counts.get(DeliveryState.FAILED, 0), "waiting": counts.get(DeliveryState.WAITING, 0)}  # fmt: skip
    return render(request, "notices/deliveries.html", context)


def delivery_send(request: HttpRequest, pk: int) -> HttpResponse:
    delivery = Delivery.objects.filter(pk=pk).first()
    if delivery is None:
        raise Http404
    try:
        send_again(delivery, by=me(request))
    except UserError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "已重新排入发送，几秒内发出。")
    return redirect("deliveries")
