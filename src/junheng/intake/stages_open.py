"""未分学段的数: "在校学生数" without a stage, on a table whose columns are by stage.

It is the figure of the one stage a single-stage school has; for any other school it belongs to no column.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from junheng.common.codes import STAGES_OF_SCHOOL_TYPE
from junheng.common.findings import Place
from junheng.intake.cells import raw_text
from junheng.intake.reading_rules import finding
from junheng.intake.records import Record
from junheng.tables import Column, table


@dataclass(frozen=True)
class Open:
    """A cell that waits for the school's type. column: the by-stage column of any one stage."""

    column: Column
    label: str
    cell: object
    sign: str
    place: Place


def settle(record: Record, waiting: Sequence[Open], left_out: list[str]) -> None:
    """Gives each waiting cell to the school's only stage, unless that stage has a cell of its own.

    A total beside stage figures is left out with a line; a figure of several stages is a warning too.
    """
    for each in waiting:
        if raw_text(each.cell) == "":
            continue
        by_stage = [column for column in table(record.table).columns if column.base == each.column.base]
        if any(column.name in record.values for column in by_stage):
            left_out.append(f"{each.place}：“{each.label}”已有分学段的数，合计未采用。")
            continue
        stages = STAGES_OF_SCHOOL_TYPE.get(record.text("school_type"), ())
        if len(stages) == 1:
            column = next(column for column in by_stage if column.stage is stages[0])
            record.take(column, each.cell, each.sign, each.place)
            continue
        record.findings.append(finding("W-no-stage", each.place, f"“{each.label}”没有区分学段，没有采用",
                                       "请按小学、初中、高中分别填报", field=each.column.name))  # fmt: skip
        left_out.append(f"{each.place}：“{each.label}”没有区分学段，未采用。")
