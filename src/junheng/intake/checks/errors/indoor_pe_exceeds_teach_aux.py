"""DESCRIPTION
Indoor sports rooms are some of the teaching and auxiliary rooms.

WHY
L4 subtracts them; a larger part would make a negative area.
"""

from __future__ import annotations

from collections.abc import Iterator

from junheng.intake.checks.model import Breach, Check, Reported
from junheng.intake.checks.shapes import parts_within


def indoor_pe_within_teach_aux(reported: Reported) -> Iterator[Breach]:
    return parts_within(reported, "school", ("indoor_pe_area_m2",), "teach_aux_area_m2")


CHECK = Check(
    id="E-indoor-pe-exceeds-teach-aux",
    title="室内体育用房面积不大于教学及辅助用房面积",
    why="L4 要从教学及辅助用房中扣除室内体育用房；扣成负数就无法测算。",
    fields=("school.indoor_pe_area_m2", "school.teach_aux_area_m2"),
    run=indoor_pe_within_teach_aux,
)
