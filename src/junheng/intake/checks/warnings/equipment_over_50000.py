"""DESCRIPTION
Teaching equipment is worth at most 50 000 元 a pupil.

WHY
Twenty times the standard is a unit (元 entered where 万元 is asked) or a merger that left the books with few pupils.
"""

from __future__ import annotations

from collections.abc import Iterator

from junheng.intake.checks.model import Breach, Check, Reported
from junheng.intake.checks.reading import SLICES, amount, shown
from junheng.intake.checks.thresholds import EQUIPMENT_YUAN_PER_PUPIL


def equipment_plausible(reported: Reported) -> Iterator[Breach]:
    for row in reported.facts.school:
        for part in SLICES:
            pupils, value = amount("school", row, "students", part), amount("school", row, "equipment_value_yuan", part)
            if pupils is None or value is None or not pupils.value:
                continue
            each = value.value / pupils.value
            if each > EQUIPMENT_YUAN_PER_PUPIL.value:
                message = (
                    f"“{value.label}”为 {shown('school', value.column, value.value)}，生均 {each:,.2f} 元，"
                    f"超过 {EQUIPMENT_YUAN_PER_PUPIL.value:,.0f} 元。"
                )
                yield Breach("school", row, value.column, message, "请核对单位是否为万元、是否为教学仪器设备账面原值；属实的，请在备注说明。")
                break


CHECK = Check(
    id="W-equipment-over-50000",
    title="生均教学仪器设备值不超过 50000 元",
    why="二十倍于标准，多半是把元填成了万元。",
    fields=("school.equipment_value_yuan", "school.students"),
    run=equipment_plausible,
)
