"""DESCRIPTION
Migrant and left-behind children are two different parts of the pupils.

WHY
The migrant share decides which size limit holds for the school; a count above the pupils cannot be right.
"""

from __future__ import annotations

from collections.abc import Iterator

from junheng.intake.checks.model import Breach, Check, Reported
from junheng.intake.checks.shapes import parts_within

_PARTS = ("migrant_pupils", "left_behind_pupils")


def migrant_left_behind_within_pupils(reported: Reported) -> Iterator[Breach]:
    return parts_within(reported, "school", _PARTS, "students")


CHECK = Check(
    id="E-migrant-left-behind-exceed-pupils",
    title="随迁子女与留守儿童之和不多于在校生数",
    why="随迁子女跟父母在流入地，留守儿童与父母分离，两类不重叠，都是在校生的一部分。",
    fields=(*(f"school.{column}" for column in _PARTS), "school.students"),
    run=migrant_left_behind_within_pupils,
)
