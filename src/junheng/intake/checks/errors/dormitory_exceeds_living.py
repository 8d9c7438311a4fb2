"""DESCRIPTION
Dormitories are some of the living rooms.

WHY
A larger area is a slip of the line or of the decimal point.
"""

from __future__ import annotations

from collections.abc import Iterator

from junheng.intake.checks.model import Breach, Check, Reported
from junheng.intake.checks.shapes import parts_within


def dormitory_within_living(reported: Reported) -> Iterator[Breach]:
    return parts_within(reported, "school", ("dormitory_area_m2",), "living_area_m2")


CHECK = Check(
    id="E-dormitory-exceeds-living",
    title="学生宿舍面积不大于生活用房面积",
    why="学生宿舍是生活用房的一部分。",
    fields=("school.dormitory_area_m2", "school.living_area_m2"),
    run=dormitory_within_living,
)
