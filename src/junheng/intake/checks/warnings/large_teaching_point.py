"""DESCRIPTION
A teaching point has at most 200 pupils.

WHY
Larger ones are schools in all but name; the wrong type changes which standards hold and whether it is measured at all.
"""

from __future__ import annotations

from collections.abc import Iterator

from junheng.intake.checks.model import Breach, Check, Reported
from junheng.intake.checks.reading import pupils, text
from junheng.intake.checks.thresholds import TEACHING_POINT_PUPILS

_TEACHING_POINT = "218"


def teaching_points_small(reported: Reported) -> Iterator[Breach]:
    for row in reported.facts.school:
        count = pupils(row) if text(row, "school_type") == _TEACHING_POINT else None
        if count is not None and count.value > TEACHING_POINT_PUPILS.value:
            message = f"学校类型为小学教学点，“{count.label}”为 {count.value:,}，超过 {TEACHING_POINT_PUPILS.value:g} 人。"
            yield Breach("school", row, count.column, message, "请核对学校类型和学生人数；属实的，请在备注说明。")


CHECK = Check(
    id="W-large-teaching-point",
    title="小学教学点学生不超过 200 人",
    why="这样大的教学点实为学校；类型填错会改变适用的标准，甚至决定是否纳入测算。",
    fields=("school.school_type", "school.students"),
    run=teaching_points_small,
)
