"""DESCRIPTION
The four kinds of rooms add up to the floor area of the buildings.

WHY
When they do not, nobody knows whether the teaching area behind L4 is too large or too small.
"""

from __future__ import annotations

from collections.abc import Iterator

from junheng.intake.checks.model import Breach, Check, Reported
from junheng.intake.checks.shapes import parts_make

_PARTS = ("teach_aux_area_m2", "office_area_m2", "living_area_m2", "other_area_m2")


def building_parts_make_total(reported: Reported) -> Iterator[Breach]:
    return parts_make(reported, "school", _PARTS, "building_area_m2")


CHECK = Check(
    id="E-building-parts-differ-from-total",
    title="教学及辅助、行政办公、生活、其他用房面积之和等于校舍建筑面积",
    why="分项与总数不合时，不知道 L4 用的教学用房是多还是少。",
    fields=(*(f"school.{column}" for column in _PARTS), "school.building_area_m2"),
    run=building_parts_make_total,
)
