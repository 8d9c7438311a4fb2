"""DESCRIPTION
Teachers who rotated are some of the eligible.

WHY
The share of the eligible is judged at 10 %; more than all of them means the denominator was left short.
"""

from __future__ import annotations

from collections.abc import Iterator

from junheng.intake.checks.model import Breach, Check, Reported
from junheng.intake.checks.shapes import parts_within


def rotated_within_eligible(reported: Reported) -> Iterator[Breach]:
    return parts_within(reported, "county", ("rotated_teachers",), "rotation_eligible")


CHECK = Check(
    id="E-rotated-exceed-eligible",
    title="实际交流轮岗教师不多于符合交流条件的教师",
    why="交流比例以符合交流条件教师为分母；超过 100% 说明分母漏报。",
    fields=("county.rotated_teachers", "county.rotation_eligible"),
    run=rotated_within_eligible,
)
