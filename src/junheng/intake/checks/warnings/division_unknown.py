"""DESCRIPTION
A county code stands in the list of Liaoning's divisions.

WHY
Development zones and the demonstration zone are evaluated although they are not in the list, so this can only be asked.
"""

from __future__ import annotations

from collections.abc import Iterator

from junheng.common.divisions import city_of, name_of
from junheng.common.identifiers import division_fault
from junheng.intake.checks.model import Breach, Check, Reported
from junheng.intake.checks.reading import text


def divisions_known(reported: Reported) -> Iterator[Breach]:
    told: set[str] = set()
    for table in ("county", "school"):
        for row in reported.facts.rows(table):
            code = text(row, "county_code")
            if not code or code in told or division_fault(code) or name_of(code) is not None:
                continue
            told.add(code)  # once for the county, not again for each of its schools
            city = city_of(code)
            where = f"（按前四位属{city.name}）" if city else ""
            yield Breach(table, row, "county_code", f"“区县代码”{code} 不在辽宁省区划代码表中{where}。",
                         "开发区、示范区等评估单元可以这样填；否则请核对代码。")  # fmt: skip


CHECK = Check(
    id="W-division-unknown",
    title="区县代码在辽宁省区划代码表中",
    why="开发区、示范区等评估单元不在区划表内，所以只提醒；其余情况是代码写错。",
    fields=("county.county_code", "school.county_code"),
    run=divisions_known,
)
