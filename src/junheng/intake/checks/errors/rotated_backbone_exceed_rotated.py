"""DESCRIPTION
Backbone teachers who rotated are some of those who rotated.

WHY
Their share of the rotated is judged at 20 %.
"""

from __future__ import annotations

from collections.abc import Iterator

from junheng.intake.checks.model import Breach, Check, Reported
from junheng.intake.checks.shapes import parts_within


def rotated_backbone_within_rotated(reported: Reported) -> Iterator[Breach]:
    return parts_within(reported, "county", ("rotated_backbone_teachers",), "rotated_teachers")


CHECK = Check(
    id="E-rotated-backbone-exceed-rotated",
    title="实际交流骨干教师不多于实际交流轮岗教师",
    why="骨干教师比例以实际交流轮岗教师为分母。",
    fields=("county.rotated_backbone_teachers", "county.rotated_teachers"),
    run=rotated_backbone_within_rotated,
)
