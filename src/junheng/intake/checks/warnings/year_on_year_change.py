"""DESCRIPTION
A number behind an indicator does not change by more than 30 % from one year to the next. Jumps of about ten times are
another rule's.

WHY
Schools, rooms and teachers change slowly; a big step is a new building, a merger, or a slip, and somebody must say which.
"""

from __future__ import annotations

from collections.abc import Iterator

from junheng.intake.checks.changes import COMPARED_FIELDS, changes
from junheng.intake.checks.model import Breach, Check, Reported
from junheng.intake.checks.reading import label, shown
from junheng.intake.checks.thresholds import JUMP_FACTOR, YEAR_ON_YEAR


def numbers_change_slowly(reported: Reported) -> Iterator[Breach]:
    for change in changes(reported):
        if abs(change.share) <= YEAR_ON_YEAR.value or change.is_jump(JUMP_FACTOR.value):
            continue
        table, column = change.table, change.column
        message = (
            f"“{label(table, column)}”为 {shown(table, column, change.now)}，上年为 {shown(table, column, change.before)}，"
            f"{'增加' if change.share > 0 else '减少'} {abs(change.share):.1%}，超过 {YEAR_ON_YEAR.value:.0%}。"
        )
        yield Breach(table, change.row, column, message, "请核对两年的数；变化属实的，请在备注说明原因。")


CHECK = Check(
    id="W-year-on-year-change",
    title="主要数据同比变动不超过 30%",
    why="学校、用房、教师变化缓慢；大幅变动要么是新建、撤并，要么是笔误，须有人说明。",
    fields=COMPARED_FIELDS,
    run=numbers_change_slowly,
)
