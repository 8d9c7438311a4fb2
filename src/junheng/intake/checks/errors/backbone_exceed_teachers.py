"""DESCRIPTION
Backbone teachers are some of the full-time teachers, by stage and for the school.

WHY
One person with several honours counts once; more of them than teachers means that honours were counted.
"""

from __future__ import annotations

from collections.abc import Iterator

from junheng.intake.checks.model import Breach, Check, Reported
from junheng.intake.checks.shapes import parts_within


def backbone_within_teachers(reported: Reported) -> Iterator[Breach]:
    return parts_within(reported, "school", ("backbone_teachers",), "full_time_teachers")


CHECK = Check(
    id="E-backbone-exceed-teachers",
    title="县级及以上骨干教师不多于专任教师",
    why="一人有多个称号只计一次；骨干多于专任，多半是按称号数了人次。",
    fields=("school.backbone_teachers", "school.full_time_teachers"),
    run=backbone_within_teachers,
)
