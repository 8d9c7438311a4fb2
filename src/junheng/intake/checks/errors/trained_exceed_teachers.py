"""DESCRIPTION
Teachers with 360 hours of training in five years are some of the full-time teachers.

WHY
The rate is judged at 100 %; a numerator too large hides teachers without training.
"""

from __future__ import annotations

from collections.abc import Iterator

from junheng.intake.checks.model import Breach, Check, Reported
from junheng.intake.checks.shapes import parts_within


def trained_within_teachers(reported: Reported) -> Iterator[Breach]:
    return parts_within(reported, "school", ("trained_360h_teachers",), "full_time_teachers")


CHECK = Check(
    id="E-trained-exceed-teachers",
    title="近5年培训满360学时的专任教师不多于专任教师",
    why="完成率要求 100%；分子多报会掩盖没有完成培训的教师。",
    fields=("school.trained_360h_teachers", "school.full_time_teachers"),
    run=trained_within_teachers,
)
