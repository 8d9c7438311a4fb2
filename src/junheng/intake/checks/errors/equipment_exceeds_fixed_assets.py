"""DESCRIPTION
Teaching equipment is part of the fixed assets.

WHY
A larger value usually means 元 and 万元 were mixed up, and L6 would pass by mistake.
"""

from __future__ import annotations

from collections.abc import Iterator

from junheng.intake.checks.model import Breach, Check, Reported
from junheng.intake.checks.shapes import parts_within


def equipment_within_fixed_assets(reported: Reported) -> Iterator[Breach]:
    return parts_within(reported, "school", ("equipment_value_yuan",), "fixed_assets_yuan")


CHECK = Check(
    id="E-equipment-exceeds-fixed-assets",
    title="教学仪器设备资产值不大于固定资产总值",
    why="仪器设备是固定资产的一部分；大于总值多半是元与万元写混了。",
    fields=("school.equipment_value_yuan", "school.fixed_assets_yuan"),
    run=equipment_within_fixed_assets,
)
