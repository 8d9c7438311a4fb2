"""The pages of notices."""

from __future__ import annotations

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from notices.conftest import TODAY

from junheng.web.audit.models import AuditEvent
from junheng.web.notices.actions import dispatch, mark_read
from junheng.web.notices.models import Delivery, DeliveryState, Notice, Preference
from junheng.web.notices.reading import unread_count
from junheng.web.rights.roles import Role

BACK = "rectification.send_back"


def _text(response) -> str:
    assert response.status_code == 200
    return response.content.decode()


def test_my_notices_stand_with_the_unread_first_and_are_read_by_opening_them(said, clerk, signed_in):
    for reason in ("最早", "中间", "最新"):
        said(BACK, reason=reason)
    dispatch(TODAY)
    mark_read(Notice.objects.get(text__contains="最新"))
    client = signed_in(Role.SCHOOL_CLERK)
    text = _text(client.get(reverse("notices")))
    assert "2 条通知未读" in text
    assert text.index("中间") < text.index("最早") < text.index("最新")
    opened = client.get(reverse("notice_open", args=[Notice.objects.get(text__contains="最早").pk]))
    assert (opened.status_code, opened["Location"]) == (302, reverse("notices"))
    assert unread_count(clerk) == 1
    client.post(reverse("notices_read"))
    assert unread_count(clerk) == 0
    assert "没有未读的通知" in _text(client.get(reverse("notices")))


def test_nobody_opens_a_notice_of_somebody_else(said, clerk, signed_in):
    said(BACK, reason="一")
    dispatch(TODAY)
    notice = Notice.objects.get()
    assert signed_in(Role.COUNTY_ADMIN).get(reverse("notice_open", args=[notice.pk])).status_code == 404
    notice.refresh_from_db()
    assert notice.read_at is None


def test_the_count_in_the_header_is_never_an_old_one_and_stops_at_99(said, clerk):
    said(BACK, reason="一")
    dispatch(TODAY)
    assert unread_count(clerk) == 1
    Notice.objects.filter(user=clerk).delete()
    assert unread_count(clerk) == 0
    Notice.objects.bulk_create([Notice(user=clerk, event_seq=n, title="试", text="试", at=timezone.now()) for n in range(120)])
    with CaptureQueriesContext(connection) as queries:
        assert unread_count(clerk) == 99
    assert len(queries) == 1


def test_i_choose_how_i_am_told(clerk, signed_in):
    client = signed_in(Role.SCHOOL_CLERK)
    assert clerk.email in _text(client.get(reverse("notice_ways")))
    client.post(reverse("notice_ways"), {"sms": "on"})
    preference = Preference.objects.get(user=clerk)
    assert (preference.email, preference.sms) == (False, True)
    assert AuditEvent.objects.filter(action="notices.choose_ways").count() == 1


def test_the_system_administrator_sees_what_did_not_arrive_and_sends_it_again(said, clerk, signed_in):
    said(BACK, reason="一")
    dispatch(TODAY)
    delivery = Delivery.objects.get()
    Delivery.objects.update(state=DeliveryState.FAILED, error="SMTPServerDisconnected")
    client = signed_in(Role.SYSTEM_ADMIN)
    text = _text(client.get(reverse("deliveries")))
    assert "1 条消息没有送达" in text
    assert "SMTPServerDisconnected" in text
    assert clerk.email not in text
    assert "待发送" in _text(client.get(f"{reverse('deliveries')}?state=sent&channel=email"))
    assert client.post(reverse("delivery_send", args=[delivery.pk])).status_code == 302
    assert client.post(reverse("delivery_send", args=[delivery.pk])).status_code == 302
    assert client.post(reverse("delivery_send", args=[0])).status_code == 404
    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.WAITING
    assert signed_in(Role.COUNTY_ADMIN).get(reverse("deliveries")).status_code == 404


def test_lists_take_as_many_queries_for_fifty_rows_as_for_one(said, clerk, signed_in):
    def asked(client, name: str) -> int:
        client.get(reverse(name))
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse(name))
        return len(queries)

    mine, all_of_them = signed_in(Role.SCHOOL_CLERK), signed_in(Role.SYSTEM_ADMIN)
    said(BACK, reason="一")
    dispatch(TODAY)
    one = asked(mine, "notices"), asked(all_of_them, "deliveries")
    for n in range(49):
        said(BACK, reason=str(n))
        dispatch(TODAY)
    assert (asked(mine, "notices"), asked(all_of_them, "deliveries")) <= one
