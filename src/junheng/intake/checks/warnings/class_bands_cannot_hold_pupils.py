"""DESCRIPTION
The pupils fit into the classes: not fewer than the smallest classes of the size bands would hold, not more than the
largest. Where it is not known whether the bands include 高中 classes, both readings must be impossible.

WHY
Classes are collected by size band, not one by one; this is what remains of "the class sizes add up to the pupils".
A class moved to a lower band to look small is caught here.
"""

from __future__ import annotations

from collections.abc import Iterator

from junheng.common.stages import Stage
from junheng.intake.checks.model import Breach, Check, Reported
from junheng.intake.checks.reading import SLICES, WHOLE, amount, number
from junheng.intake.model import Row
from junheng.tables.school import CLASS_SIZE_BANDS

_BANDS = tuple(column for column, _, _ in CLASS_SIZE_BANDS)


def pupils_fit_into_classes(reported: Reported) -> Iterator[Breach]:
    for row in reported.facts.school:
        for part in SLICES:
            pupils = amount("school", row, "students", part)
            room = _room(row, part)
            if pupils is None or room is None:
                continue
            smallest, largest = room
            senior = number(row, f"students_{Stage.SENIOR}") or 0 if part == WHOLE else 0
            if pupils.value < smallest or (largest is not None and pupils.value - senior > largest):
                span = f"不少于 {smallest:,} 人" if largest is None else f"在 {smallest:,} 至 {largest:,} 人之间"
                message = f"按班额分布各班人数合计应{span}，“{pupils.label}”却为 {pupils.value:,}。"
                yield Breach("school", row, pupils.column, message, "请逐班核对人数，更正班额分布或学生人数。")
                break


def _room(row: Row, part: str) -> tuple[int, int | None] | None:
    """The fewest and the most pupils the reported bands can hold; None while a band is not reported."""
    fewest, most = 0, 0
    unbounded = False
    for column, low, high in CLASS_SIZE_BANDS:
        classes = number(row, column + part)
        if classes is None:
            return None
        fewest += int(classes) * max(low, 1)
        most += int(classes) * (high or 0)
        unbounded = unbounded or (high is None and classes > 0)
    return fewest, None if unbounded else most


CHECK = Check(
    id="W-class-bands-cannot-hold-pupils",
    title="在校生数在班额分布所能容纳的范围之内（Σ班人数=在校生）",
    why="班额只按分档采集；人数放不进各档，说明有的班被报到了较低的档里。",
    fields=(*(f"school.{column}" for column in _BANDS), "school.students"),
    run=pupils_fit_into_classes,
)
