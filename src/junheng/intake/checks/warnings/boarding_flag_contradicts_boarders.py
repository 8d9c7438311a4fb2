"""DESCRIPTION
A boarding school has boarders, and a school that is none has not mostly boarders.

WHY
Boarding schools are left out of nearby enrolment (就近划片入学); a wrong flag hides a school from it.
"""

from __future__ import annotations

from collections.abc import Iterator

from junheng.intake.checks.model import Breach, Check, Reported
from junheng.intake.checks.reading import amount, pupils


def boarding_flag_agrees(reported: Reported) -> Iterator[Breach]:
    for row in reported.facts.school:
        boarders, everybody = amount("school", row, "boarders"), pupils(row)
        if boarders is None or everybody is None:
            continue
        if row.get("is_boarding") is True and boarders.value == 0 and everybody.value > 0:
            message = f"“是否寄宿制”填“是”，“{boarders.label}”却为 0。"
        elif row.get("is_boarding") is False and boarders.value * 2 > everybody.value:
            message = f"“是否寄宿制”填“否”，寄宿生却有 {boarders.value:,} 人，超过在校生 {everybody.value:,} 人的一半。"
        else:
            continue
        yield Breach("school", row, "is_boarding", message, "请核对两项；寄宿制学校不计入就近划片入学比例。")


CHECK = Check(
    id="W-boarding-flag-contradicts-boarders",
    title="寄宿制标识与寄宿生人数相符",
    why="寄宿制学校不计入就近划片入学比例；标识填错会让一所学校逃出这一项。",
    fields=("school.is_boarding", "school.boarders", "school.students"),
    run=boarding_flag_agrees,
)
