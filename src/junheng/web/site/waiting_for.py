"""Which rooms have something to say on the first page."""

from __future__ import annotations

from junheng.web.pages.waiting import WaitingFor

WAITING: tuple[WaitingFor, ...] = ()
