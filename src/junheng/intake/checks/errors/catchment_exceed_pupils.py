"""DESCRIPTION
Pupils who live in the catchment are some of the pupils of the stage.

WHY
Entering all children of the catchment instead would lift the share above 100 % and cover other schools.
"""

from __future__ import annotations

from collections.abc import Iterator

from junheng.intake.checks.model import Breach, Check, Reported
from junheng.intake.checks.shapes import parts_within


def catchment_within_pupils(reported: Reported) -> Iterator[Breach]:
    return parts_within(reported, "school", ("catchment_pupils",), "students")


CHECK = Check(
    id="E-catchment-exceed-pupils",
    title="住在划片范围内的在校学生不多于在校生数",
    why="就近划片入学的比例以在校生为分母；填成片区内全部适龄儿童会把比例抬过 100%。",
    fields=("school.catchment_pupils", "school.students"),
    run=catchment_within_pupils,
)
