"""DESCRIPTION
A number is not about ten times, or a tenth, of last year's.

WHY
Such a jump is nearly always a decimal point or a unit (元 for 万元, 亩 for ㎡), and sometimes a number made to fit.
"""

from __future__ import annotations

from collections.abc import Iterator

from junheng.intake.checks.changes import COMPARED_FIELDS, changes
from junheng.intake.checks.model import Breach, Check, Reported
from junheng.intake.checks.reading import label, shown
from junheng.intake.checks.thresholds import JUMP_FACTOR


def numbers_do_not_jump(reported: Reported) -> Iterator[Breach]:
    for change in changes(reported):
        if not change.is_jump(JUMP_FACTOR.value):
            continue
        table, column = change.table, change.column
        times = f"是上年的 {change.now / change.before:,.1f} 倍" if change.now > change.before else f"只有上年的 {change.now / change.before:.1%}"
        message = f"“{label(table, column)}”为 {shown(table, column, change.now)}，上年为 {shown(table, column, change.before)}，{times}。"
        yield Breach(table, change.row, column, message, "请先检查小数点和单位（元与万元、亩与平方米）；属实的，请在备注说明原因。")


CHECK = Check(
    id="W-implausible-jump",
    title="主要数据没有相差近十倍的跳变",
    why="相差近十倍多半是小数点或单位写错，也可能是为达标而改数。",
    fields=COMPARED_FIELDS,
    run=numbers_do_not_jump,
)
