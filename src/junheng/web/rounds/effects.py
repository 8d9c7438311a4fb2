"""What must hold before a round opens."""

from __future__ import annotations

from typing import Any

from junheng.web.flow.errors import Refused
from junheng.web.flow.process import Taken


def opened(round: Any, taken: Taken) -> None:
    if not round.participations.exists():
        raise Refused("这一轮还不能开始", why="还没有参加的县（市、区）", remedy="请先选定参加的县（市、区）")
    if round.reports_due_on is None:
        raise Refused("这一轮还不能开始", why="还没有定填报截止日", remedy="请先填写填报截止日")
