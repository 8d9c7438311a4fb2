"""DESCRIPTION
A school that was built by 2010 was also built by 2016.

WHY
The two flags open different exceptions; 是 and 否 cannot both be true, so one exception is claimed or lost by mistake.
"""

from __future__ import annotations

from collections.abc import Iterator

from junheng.intake.checks.model import Breach, Check, Reported


def built_flags_agree(reported: Reported) -> Iterator[Breach]:
    for row in reported.facts.school:
        if row.get("built_by_2010") is True and row.get("built_by_2016") is False:
            message = "“是否2010年及之前规划并建成”填“是”，“是否2016年及之前规划并建成”却填“否”，两者矛盾。"
            yield Breach("school", row, "built_by_2016", message, "请按竣工文件核对两项。")


CHECK = Check(
    id="W-built-flags-contradict",
    title="2010 年及之前建成的学校，也是 2016 年及之前建成",
    why="两项各关系一条例外；一“是”一“否”必有一错，会误用或丢掉例外。",
    fields=("school.built_by_2010", "school.built_by_2016"),
    run=built_flags_agree,
)
