"""DESCRIPTION
A school was founded not later than the school year reported.

WHY
The year of founding decides whether the exceptions for buildings of 2010 and 2016 hold; a future year is a slip.
"""

from __future__ import annotations

from collections.abc import Iterator

from junheng.common.school_years import school_year_label
from junheng.intake.checks.model import Breach, Check, Reported
from junheng.intake.checks.reading import number


def founded_by_school_year(reported: Reported) -> Iterator[Breach]:
    school_year = reported.facts.school_year
    for row in reported.facts.school:
        founded = number(row, "founded_year")
        if founded is not None and founded > school_year:
            message = f"“建校时间”为 {founded:g} 年，晚于填报学年 {school_year_label(school_year)}的开始。"
            yield Breach("school", row, "founded_year", message, "请改为实际建校年份。")


CHECK = Check(
    id="E-founded-after-school-year",
    title="建校年份不晚于填报学年",
    why="建校年份决定 2010、2016 年前建成学校的例外是否适用；将来的年份必是笔误。",
    fields=("school.founded_year",),
    run=founded_by_school_year,
)
