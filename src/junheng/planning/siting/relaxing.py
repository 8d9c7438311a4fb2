"""What may give where a problem has no solution, and what it counts when the least is looked for."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Relaxation(StrEnum):
    """A family of constraints that may be broken at a price."""

    WAY = "way"
    ROOMS = "rooms"
    BEDS = "beds"
    BUDGET = "budget"
    KEEP = "keep"
    OPEN = "open"
    STAY = "stay"
    CLOSE = "close"
    DUTY = "duty"

    @property
    def label(self) -> str:
        return {
            "way": "上学路程上限", "rooms": "各校可扩建的班数", "beds": "各校可增加的床位", "budget": "建设资金", "keep": "必须保留的学校",
            "open": "必须开办的学校", "stay": "不得调整的学区", "close": "必须停办的学校", "duty": "小区配建学校按期开办",
        }[self.value]  # fmt: skip


PENALTY: Mapping[Relaxation, float] = {
    Relaxation.WAY: 1.0, Relaxation.ROOMS: 200.0, Relaxation.BEDS: 3.0, Relaxation.BUDGET: 1.0, Relaxation.KEEP: 500.0,
    Relaxation.OPEN: 500.0, Relaxation.STAY: 5.0, Relaxation.CLOSE: 500.0, Relaxation.DUTY: 500.0,
}  # fmt: skip
"""Per pupil and kilometre beyond the limit, class, bed, 万元, school, pupil: only to compare ways out, never a cost of a plan."""
NO_WAY = 10_000.0
"""Per pupil for whom no road leads anywhere."""
