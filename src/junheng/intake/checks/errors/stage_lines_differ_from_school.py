"""DESCRIPTION
Where a line was reported for the school and for its stages (小学, 初中, 高中), the stages add up to the school; while
a stage of the school's type is not reported, the others may only not exceed it.

WHY
Stage lines take precedence over splitting; if they do not add up, primary and junior share more than the school has.
"""

from __future__ import annotations

from collections.abc import Iterator

from junheng.intake.checks.model import Breach, Check, Reported
from junheng.intake.checks.reading import amount, at_least, stage_columns, stages_of
from junheng.intake.checks.shapes import compare
from junheng.tables import Split, table

_BASES = tuple(column.name for column in table("school").columns if column.split is Split.OPTIONAL)


def stage_lines_make_school(reported: Reported) -> Iterator[Breach]:
    for row in reported.facts.school:
        for base in _BASES:
            lines = [column for column in stage_columns(base) if row[column] is not None]
            whole = amount("school", row, base) if lines else None
            if whole is None or not whole.as_reported:
                continue
            stages = [each for column in lines if (each := at_least("school", row, column)) is not None]
            complete = all(f"{base}_{stage}" in lines for stage in stages_of(row))
            breach = compare(reported, "school", row, stages, whole, must_equal=complete)
            if breach is not None:
                yield breach


CHECK = Check(
    id="E-stage-lines-differ-from-school",
    title="分学段填报的各项之和等于全校数",
    why="分学段填报优先于按比例拆分；加起来不等于全校，两个学段就分走了学校没有的资源。",
    fields=tuple(f"school.{base}" for base in _BASES),
    run=stage_lines_make_school,
)
