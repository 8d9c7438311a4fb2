"""DESCRIPTION
Nobody has judged an item on a day that is still to come.

WHY
The judgement sheet is evidence; evidence dated in the future would not stand an inspection.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from junheng.intake.checks.model import Breach, Check, Reported
from junheng.intake.checks.reading import text


def judged_by_today(reported: Reported) -> Iterator[Breach]:
    today = date.today().isoformat()
    for row in reported.facts.judgement:
        judged_on = text(row, "judged_on")
        if judged_on > today:
            message = f"“评定日期”为 {judged_on}，晚于今天 {today}。"
            yield Breach("judgement", row, "judged_on", message, "请改为实际评定的日期。")


CHECK = Check(
    id="E-judged-in-future",
    title="评定日期不晚于今天",
    why="评定表是佐证；日期在将来的佐证经不起检查。",
    fields=("judgement.judged_on",),
    run=judged_by_today,
)
