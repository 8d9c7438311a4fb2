"""DESCRIPTION
Pupils who transferred out or died are not more than the cohort and those who transferred in.

WHY
They are taken off the denominator of the retention rate, which would become negative.
"""

from __future__ import annotations

from collections.abc import Iterator

from junheng.intake.checks.model import Breach, Check, Reported
from junheng.intake.checks.reading import number


def leavers_within_cohort(reported: Reported) -> Iterator[Breach]:
    for row in reported.facts.school:
        left, died = number(row, "transfers_out_3_years"), number(row, "deaths_3_years")
        begun, came = number(row, "grade7_pupils_3_years_ago"), number(row, "transfers_in_3_years")
        if left is None or begun is None or came is None or left + (died or 0) <= begun + came:
            continue
        message = f"三年转出 {left:,} 与死亡 {died or 0:,} 之和多于初一时在校生 {begun:,} 与三年转入 {came:,} 之和。"
        yield Breach("school", row, "transfers_out_3_years", message, "请按同一届学生核对转出、死亡、初一在校和转入人数。")


CHECK = Check(
    id="E-leavers-exceed-cohort",
    title="三年转出、死亡学生不多于该届初一在校生与转入学生之和",
    why="转出和死亡人数要从巩固率分母中扣除，扣成负数就无法计算。",
    fields=("school.transfers_out_3_years", "school.deaths_3_years", "school.grade7_pupils_3_years_ago",
            "school.transfers_in_3_years"),
    run=leavers_within_cohort,
)  # fmt: skip
