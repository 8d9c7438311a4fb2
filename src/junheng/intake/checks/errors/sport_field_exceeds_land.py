"""DESCRIPTION
The sports field lies on the school's land.

WHY
A larger field usually means 亩 and ㎡ were mixed up, and L5 would pass by mistake.
"""

from __future__ import annotations

from collections.abc import Iterator

from junheng.intake.checks.model import Breach, Check, Reported
from junheng.intake.checks.shapes import parts_within


def sport_field_within_land(reported: Reported) -> Iterator[Breach]:
    return parts_within(reported, "school", ("sport_field_area_m2",), "land_area_m2")


CHECK = Check(
    id="E-sport-field-exceeds-land",
    title="校内体育场面积不大于占地面积",
    why="校内体育场建在校园里；大于占地，多半是亩与平方米写混了。",
    fields=("school.sport_field_area_m2", "school.land_area_m2"),
    run=sport_field_within_land,
)
