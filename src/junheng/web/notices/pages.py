"""URLs of notices."""

from __future__ import annotations

from junheng.web.notices.permissions import WATCH_DELIVERIES
from junheng.web.notices.views import (
    deliveries,
    delivery_send,
    notice_open,
    notice_ways,
    notices,
    notices_read,
)
from junheng.web.pages.table import Open, Page

PAGES = (
    Page("notices/", "notices", notices, Open.SIGNED_IN, nav="通知", order=90),
    Page("notices/read/", "notices_read", notices_read, Open.SIGNED_IN, methods=("POST",)),
    Page("notices/ways/", "notice_ways", notice_ways, Open.SIGNED_IN, methods=("GET", "POST")),
    Page("notices/<int:pk>/", "notice_open", notice_open, Open.SIGNED_IN),
    Page("deliveries/", "deliveries", deliveries, WATCH_DELIVERIES, nav="外发消息", order=91),
    Page("deliveries/<int:pk>/send/", "delivery_send", delivery_send, WATCH_DELIVERIES, methods=("POST",)),
)
