"""DESCRIPTION
The retention rate of a junior school is not above 100 %.

WHY
More cannot stay than came: the numbers are of different cohorts, or a transfer was not entered.
"""

from __future__ import annotations

from collections.abc import Iterator

from junheng.intake.checks.model import Breach, Check, Reported
from junheng.intake.checks.retention import FIELDS, retention
from junheng.intake.checks.thresholds import RETENTION


def retention_within_100(reported: Reported) -> Iterator[Breach]:
    for row in reported.facts.school:
        rate = retention(row)
        if rate is not None and rate.by_official_form > RETENTION.value:
            message = f"初中三年巩固率算得 {rate.by_official_form:.1%}，超过 {RETENTION.value:.0%}。"
            yield Breach("school", row, "graduates", message, "请按同一届学生核对毕业、初一在校、转入、转出、死亡人数。")


CHECK = Check(
    id="W-retention-over-100",
    title="初中三年巩固率不超过 100%",
    why="留下的不会多于来过的；超过 100% 说明混入了别届学生，或转入转出没有记全。",
    fields=FIELDS,
    run=retention_within_100,
)
