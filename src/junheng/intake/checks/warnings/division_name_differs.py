"""DESCRIPTION
The county's name is the one its code has in the list of divisions.

WHY
和平区 and 沈河区 are one digit apart; a county under its neighbour's code would be published under its neighbour's name.
"""

from __future__ import annotations

from collections.abc import Iterator

from junheng.common.divisions import name_of
from junheng.intake.checks.model import Breach, Check, Reported
from junheng.intake.checks.reading import text


def division_names_agree(reported: Reported) -> Iterator[Breach]:
    for row in reported.facts.county:
        code, name = text(row, "county_code"), "".join(text(row, "county_name").split())
        listed = name_of(code)
        # 沈阳市和平区 is 和平区.
        if listed is None or not name or name.endswith(listed):
            continue
        yield Breach("county", row, "county_name", f"“区县名称”为“{name}”，而代码 {code} 是“{listed}”。", "请核对名称和代码。")


CHECK = Check(
    id="W-division-name-differs",
    title="区县名称与区县代码一致",
    why="相邻区县的代码只差一位；填错代码，结果会以邻县的名义公布。",
    fields=("county.county_name", "county.county_code"),
    run=division_names_agree,
)
