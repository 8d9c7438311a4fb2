"""DESCRIPTION
Dilapidated buildings are some of the buildings.

WHY
A larger area is a slip of the line or of the decimal point.
"""

from __future__ import annotations

from collections.abc import Iterator

from junheng.intake.checks.model import Breach, Check, Reported
from junheng.intake.checks.shapes import parts_within


def dilapidated_within_buildings(reported: Reported) -> Iterator[Breach]:
    return parts_within(reported, "school", ("dilapidated_area_m2",), "building_area_m2")


CHECK = Check(
    id="E-dilapidated-exceeds-buildings",
    title="危房面积不大于校舍建筑面积",
    why="危房是校舍的一部分。",
    fields=("school.dilapidated_area_m2", "school.building_area_m2"),
    run=dilapidated_within_buildings,
)
