"""DESCRIPTION
Rooms with networked multimedia are some of the classrooms.

WHY
L7 counts rooms; screens counted instead of rooms would lift it.
"""

from __future__ import annotations

from collections.abc import Iterator

from junheng.intake.checks.model import Breach, Check, Reported
from junheng.intake.checks.shapes import parts_within


def multimedia_rooms_within_classrooms(reported: Reported) -> Iterator[Breach]:
    return parts_within(reported, "school", ("multimedia_rooms",), "classrooms")


CHECK = Check(
    id="E-multimedia-rooms-exceed-classrooms",
    title="网络多媒体教室不多于教室总数",
    why="网络多媒体教室是教室的一部分，L7 按间计。",
    fields=("school.multimedia_rooms", "school.classrooms"),
    run=multimedia_rooms_within_classrooms,
)
