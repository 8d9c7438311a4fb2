"""DESCRIPTION
Boarders are some of the pupils.

WHY
Boarding grants and living rooms are reckoned from them.
"""

from __future__ import annotations

from collections.abc import Iterator

from junheng.intake.checks.model import Breach, Check, Reported
from junheng.intake.checks.shapes import parts_within


def boarders_within_pupils(reported: Reported) -> Iterator[Breach]:
    return parts_within(reported, "school", ("boarders",), "students")


CHECK = Check(
    id="E-boarders-exceed-pupils",
    title="寄宿生不多于在校生数",
    why="寄宿生是在校生的一部分，经费和生活用房按它测算。",
    fields=("school.boarders", "school.students"),
    run=boarders_within_pupils,
)
