"""DESCRIPTION
The two formulas of the retention rate lead to the same conclusion about 95 %.

WHY
The official form prints one formula, other counties use the other; a school between them will be disputed on site.
"""

from __future__ import annotations

from collections.abc import Iterator

from junheng.intake.checks.model import Breach, Check, Reported
from junheng.intake.checks.retention import FIELDS, retention
from junheng.intake.checks.thresholds import RETENTION_LINE


def retention_formulas_agree(reported: Reported) -> Iterator[Breach]:
    line = RETENTION_LINE.value
    for row in reported.facts.school:
        rate = retention(row)
        if rate is not None and (rate.by_official_form >= line) != (rate.by_cohort >= line):
            message = (
                f"初中三年巩固率按官方表公式为 {rate.by_official_form:.2%}，按“毕业÷（初一＋转入－转出－死亡）”为 "
                f"{rate.by_cohort:.2%}，在 {line:.0%} 线两侧，结论不同。"
            )
            yield Breach("school", row, "graduates", message, "判定以官方表公式为准；请核对五个数，并备好学籍变动凭证。")


CHECK = Check(
    id="W-retention-formulas-disagree",
    title="巩固率的两种公式结论一致",
    why="官方表与外地所用公式不同；落在两者之间的学校在现场会有争议。",
    fields=FIELDS,
    run=retention_formulas_agree,
)
