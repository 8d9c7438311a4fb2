"""DESCRIPTION
A county code has six digits and begins with a province of GB/T 2260. Whether the unit is listed is a warning's matter.

WHY
Schools, county and release are joined by this code; a malformed one makes a county of its own.
"""

from __future__ import annotations

from collections.abc import Iterator

from junheng.common.identifiers import division_fault
from junheng.intake.checks.model import Breach, Check, Reported
from junheng.intake.checks.reading import text


def divisions_well_formed(reported: Reported) -> Iterator[Breach]:
    told: set[str] = set()
    for table in ("county", "school"):
        for row in reported.facts.rows(table):
            code = text(row, "county_code")
            fault = division_fault(code) if code and code not in told else ""
            if fault:
                told.add(code)  # once for the county, not again for each of its schools
                yield Breach(table, row, "county_code", f"“区县代码”{code} 有误：{fault}。", "请填 6 位行政区划代码，如和平区 210102。")


CHECK = Check(
    id="E-division-malformed",
    title="区县代码是 6 位数字，前两位是省级代码",
    why="学校、区县和数据版本靠区县代码相连；写错的代码会凭空多出一个县。",
    fields=("school.county_code", "county.county_code"),
    run=divisions_well_formed,
)
