"""DESCRIPTION
Allocated places are some of the planned places.

WHY
Their share is judged at 50 %.
"""

from __future__ import annotations

from collections.abc import Iterator

from junheng.intake.checks.model import Breach, Check, Reported
from junheng.intake.checks.shapes import parts_within


def allocated_within_places(reported: Reported) -> Iterator[Breach]:
    return parts_within(reported, "county", ("senior_high_allocated",), "senior_high_places")


CHECK = Check(
    id="E-allocated-exceed-places",
    title="优质高中分配指标不多于招生计划",
    why="分配比例以招生计划为分母，超过 100% 没有意义。",
    fields=("county.senior_high_allocated", "county.senior_high_places"),
    run=allocated_within_places,
)
