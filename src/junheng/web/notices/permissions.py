"""Rights over notices; reading one's own needs none."""

from __future__ import annotations

from junheng.web.rights.right import right
from junheng.web.rights.roles import Role

WATCH_DELIVERIES = right("notices.watch_deliveries", "查看外发消息的送达情况，重发未送达的", Role.SYSTEM_ADMIN)

RIGHTS = (WATCH_DELIVERIES,)
