"""DESCRIPTION
Pupils with disabilities in ordinary classes are some of the pupils.

WHY
Their funding is given per head.
"""

from __future__ import annotations

from collections.abc import Iterator

from junheng.intake.checks.model import Breach, Check, Reported
from junheng.intake.checks.shapes import parts_within


def inclusive_within_pupils(reported: Reported) -> Iterator[Breach]:
    return parts_within(reported, "school", ("inclusive_pupils",), "students")


CHECK = Check(
    id="E-inclusive-exceed-pupils",
    title="随班就读学生不多于在校生数",
    why="随班就读学生是在校生的一部分，公用经费按人拨付。",
    fields=("school.inclusive_pupils", "school.students"),
    run=inclusive_within_pupils,
)
