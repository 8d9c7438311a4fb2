"""DESCRIPTION
A school has at least one full-time teacher to 40 pupils.

WHY
Twice the staffing standard is hardly possible in a working school: teachers were left out, or the pupils of a campus added.
"""

from __future__ import annotations

from collections.abc import Iterator

from junheng.intake.checks.model import Breach, Check, Reported
from junheng.intake.checks.reading import SLICES, amount
from junheng.intake.checks.thresholds import PUPILS_PER_TEACHER


def teachers_for_pupils(reported: Reported) -> Iterator[Breach]:
    for row in reported.facts.school:
        for part in SLICES:
            pupils, teachers = amount("school", row, "students", part), amount("school", row, "full_time_teachers", part)
            if pupils is None or teachers is None or pupils.value <= PUPILS_PER_TEACHER.value * teachers.value:
                continue
            ratio = f"1:{pupils.value / teachers.value:.1f}" if teachers.value else "没有专任教师"
            message = (
                f"“{teachers.label}”为 {teachers.value:,}，在校生 {pupils.value:,} 人，师生比{'' if teachers.value else '无从计算，'}"
                f"{ratio}，低于 1:{PUPILS_PER_TEACHER.value:g}。"
            )
            yield Breach("school", row, teachers.column, message, "请核对专任教师和在校生人数；属实的，请在备注说明。")
            break


CHECK = Check(
    id="W-many-pupils-per-teacher",
    title="师生比不低于 1:40",
    why="低到编制标准的一半，学校难以运转；多半是漏报了教师，或把别的校区学生算了进来。",
    fields=("school.students", "school.full_time_teachers"),
    run=teachers_for_pupils,
)
