"""DESCRIPTION
Full-time teachers of PE, music, fine art and art together are some of the full-time teachers.

WHY
L3 adds these four lines; a teacher of two subjects must be counted in one of them only.
"""

from __future__ import annotations

from collections.abc import Iterator

from junheng.intake.checks.model import Breach, Check, Reported
from junheng.intake.checks.shapes import parts_within

_PARTS = ("pe_teachers", "music_teachers", "fine_art_teachers", "art_teachers")


def pe_art_within_teachers(reported: Reported) -> Iterator[Breach]:
    return parts_within(reported, "school", _PARTS, "full_time_teachers")


CHECK = Check(
    id="E-pe-art-exceed-teachers",
    title="体育、音乐、美术、艺术专任教师之和不多于专任教师",
    why="L3 的分子是这四项之和；同一名教师只能算在一个学科里。",
    fields=(*(f"school.{column}" for column in _PARTS), "school.full_time_teachers"),
    run=pe_art_within_teachers,
)
