"""DESCRIPTION
The classes of all size bands add up to the classes of the school (and of each stage that was reported).

WHY
Class size is judged class by class; a class missing from the bands may be the oversized one.
"""

from __future__ import annotations

from collections.abc import Iterator

from junheng.intake.checks.model import Breach, Check, Reported
from junheng.intake.checks.shapes import parts_make
from junheng.tables.school import CLASS_SIZE_BANDS

_PARTS = tuple(column for column, _, _ in CLASS_SIZE_BANDS)


def class_bands_make_classes(reported: Reported) -> Iterator[Breach]:
    return parts_make(reported, "school", _PARTS, "classes")


CHECK = Check(
    id="E-class-bands-differ-from-classes",
    title="班额分布各档班数之和等于班级总数",
    why="班额逐班判定；分布里少一个班，超标的班就可能漏掉。",
    fields=(*(f"school.{column}" for column in _PARTS), "school.classes"),
    run=class_bands_make_classes,
)
