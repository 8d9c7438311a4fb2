"""DESCRIPTION
Teachers by qualification add up to the full-time teachers, by stage and for the school. The official form has no line
for 高中及以下: while that part is not collected the sum may only not exceed the total.

WHY
L1 counts teachers by qualification; a sum above the total means that somebody was counted twice.
"""

from __future__ import annotations

from collections.abc import Iterator

from junheng.intake.checks.model import Breach, Check, Reported
from junheng.intake.checks.shapes import parts_make

_PARTS = (
    "junior_college_teachers", "bachelor_teachers", "master_teachers", "doctor_teachers",
    "below_college_teachers",
)


def qualifications_make_teachers(reported: Reported) -> Iterator[Breach]:
    return parts_make(reported, "school", _PARTS, "full_time_teachers")


CHECK = Check(
    id="E-qualifications-differ-from-teachers",
    title="各学历专任教师人数之和等于专任教师总人数（未采集“高中及以下”时不多于）",
    why="L1 的分子是按学历数出来的教师；学历之和多于专任教师，就有人被数了两次。",
    fields=(*(f"school.{column}" for column in _PARTS), "school.full_time_teachers"),
    run=qualifications_make_teachers,
)
