"""DESCRIPTION
Teachers by age group add up to the full-time teachers.

WHY
Retirements are forecast from age groups; a group left out hides vacancies to come.
"""

from __future__ import annotations

from collections.abc import Iterator

from junheng.intake.checks.model import Breach, Check, Reported
from junheng.intake.checks.shapes import parts_make

_PARTS = (
    "teachers_age_to_24", "teachers_age_25_29", "teachers_age_30_34", "teachers_age_35_39",
    "teachers_age_40_44", "teachers_age_45_49", "teachers_age_50_54", "teachers_age_55_59",
    "teachers_age_from_60",
)


def ages_make_teachers(reported: Reported) -> Iterator[Breach]:
    return parts_make(reported, "school", _PARTS, "full_time_teachers")


CHECK = Check(
    id="E-ages-differ-from-teachers",
    title="各年龄段专任教师人数之和等于专任教师总人数",
    why="年龄结构用于测算退休和补充；漏一个年龄段，缺员就会少算。",
    fields=(*(f"school.{column}" for column in _PARTS), "school.full_time_teachers"),
    run=ages_make_teachers,
)
