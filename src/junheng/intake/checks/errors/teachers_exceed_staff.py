"""DESCRIPTION
Full-time teachers are some of the staff.

WHY
More teachers than staff usually means that the lines were swapped.
"""

from __future__ import annotations

from collections.abc import Iterator

from junheng.intake.checks.model import Breach, Check, Reported
from junheng.intake.checks.shapes import parts_within


def teachers_within_staff(reported: Reported) -> Iterator[Breach]:
    return parts_within(reported, "school", ("full_time_teachers",), "staff")


CHECK = Check(
    id="E-teachers-exceed-staff",
    title="专任教师不多于教职工",
    why="专任教师是教职工的一部分；多于教职工多半是填错了行。",
    fields=("school.full_time_teachers", "school.staff"),
    run=teachers_within_staff,
)
