"""DESCRIPTION
A school with boarders has dormitories.

WHY
Either the boarders sleep outside the school, which is a safety matter, or one of the two numbers is wrong.
"""

from __future__ import annotations

from collections.abc import Iterator

from junheng.intake.checks.model import Breach, Check, Reported
from junheng.intake.checks.reading import at_least, number


def boarders_have_dormitories(reported: Reported) -> Iterator[Breach]:
    for row in reported.facts.school:
        boarders = at_least("school", row, "boarders")
        if boarders is not None and boarders.value > 0 and number(row, "dormitory_area_m2") == 0:
            message = f"“{boarders.label}”为 {boarders.value:,}，而“学生宿舍面积”为 0。"
            yield Breach("school", row, "dormitory_area_m2", message, "请核对两项；学生在校外住宿的，请在备注说明住处和管理办法。")


CHECK = Check(
    id="W-boarders-without-dormitory",
    title="有寄宿生的学校有学生宿舍",
    why="要么学生住在校外，是安全问题；要么两个数中有一个错了。",
    fields=("school.boarders", "school.dormitory_area_m2"),
    run=boarders_have_dormitories,
)
