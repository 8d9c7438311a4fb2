"""DESCRIPTION
Teachers by professional title add up to the full-time teachers.

WHY
The 2012 indicators count middle and senior titles; parts that do not add up were taken on different days.
"""

from __future__ import annotations

from collections.abc import Iterator

from junheng.intake.checks.model import Breach, Check, Reported
from junheng.intake.checks.shapes import parts_make

_PARTS = (
    "full_senior_title_teachers", "senior_title_teachers", "middle_title_teachers",
    "assistant_title_teachers", "junior_title_teachers", "no_title_teachers",
)


def titles_make_teachers(reported: Reported) -> Iterator[Breach]:
    return parts_make(reported, "school", _PARTS, "full_time_teachers")


CHECK = Check(
    id="E-titles-differ-from-teachers",
    title="各职称专任教师人数之和等于专任教师总人数",
    why="基本均衡的“中级及以上”教师数取自职称分项；分项与总数不合，说明两表不是同一时点。",
    fields=(*(f"school.{column}" for column in _PARTS), "school.full_time_teachers"),
    run=titles_make_teachers,
)
