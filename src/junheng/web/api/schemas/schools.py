"""一校一档."""

from __future__ import annotations

from typing import Any

from ninja import Schema
from pydantic import Field

from junheng.reports.grid import round_half_up
from junheng.web.api.schemas.boards import OnReleaseOut
from junheng.web.api.schemas.figures import NOT_REPORTED, FigureOut, figure
from junheng.web.api.schemas.matrix import StageLineOut
from junheng.web.api.schemas.releases import VerdictId
from junheng.web.api.schemas.reporting import FindingOut
from junheng.web.api.schemas.traces import PlaceOut
from junheng.web.dashboards import school
from junheng.web.dashboards.county import Line
from junheng.web.dashboards.opened import Opened, facts_with_cells
from junheng.web.dashboards.years import Year
from junheng.web.reporting.models import CountyRelease
from junheng.web.reporting.queries import UnitInRound


class YearValue(Schema):
    code: str = Field(description="指标 L1–L7")
    value: FigureOut = Field(description="那一年的生均值")


class StageYear(Schema):
    """一个学段的一个学年。"""

    school_year: int = Field(description="学年开始的那一年")
    values: list[YearValue] = Field(description="逐项")


class SchoolStageOut(StageLineOut):
    """学校的一个学段，和它的历年。"""

    years: list[StageYear] = Field(description="历年，早的在前")

    @staticmethod
    def of(line: Line, found: Opened, years: list[Year]) -> dict[str, Any]:
        return StageLineOut.of_line(line, found) | {"years": [_year(line, each) for each in years]}


class ItemOut(Schema):
    """一项逐校判定的要求。"""

    criterion: str = Field(description="条目的编号")
    title: str = Field(description="名称")
    clause: str = Field(description="条款")
    figure: str = Field(description="学校报的数；空表示没有可说的")
    required: str = Field(description="要求；空表示没有数")
    verdict: VerdictId | None = Field(description="结论；null 表示这所学校不在要求之内")


class ReportedOut(Schema):
    """学校报的一项。"""

    group: str = Field(description="表里的哪一部分；分校区的写在后面")
    column: str = Field(description="填报项的编号")
    label: str = Field(description="名称")
    value: bool | int | float | str | None = Field(description="按数据契约的单位；null 表示没有报，不是 0")
    unit: str = Field(description="单位")
    shown: str = Field(description="页面上的写法")
    place: PlaceOut | None = Field(description="在原表的哪一格；null 表示没有")

    @staticmethod
    def of(group: str, each: school.Reported) -> dict[str, Any]:
        return {"group": group, "column": each.column.name, "label": each.column.label, "value": each.stored, "unit": each.column.unit.symbol,
                "shown": each.value, "place": PlaceOut.of(each.place)}  # fmt: skip


class SchoolBoardOut(OnReleaseOut):
    """一校一档。整改和佐证材料另取。"""

    verdict: VerdictId | None = Field(description="最差的学段的结论；null 表示不参与判定")
    excluded: str = Field(description="为什么不参与判定；空表示参与")
    stages: list[SchoolStageOut] = Field(description="各校区各学段")
    items: list[ItemOut] = Field(description="逐校判定的各项要求")
    reported: list[ReportedOut] = Field(description="报的每一项；要报而没有报的也在内")
    findings: list[FindingOut] = Field(description="校核发现")

    @staticmethod
    def of_school(place: UnitInRound, frozen: CountyRelease, found: Opened, years: list[Year]) -> dict[str, Any]:
        code = place.unit.code
        lines = [each.line for each in school.stages_of(found, code, years)]
        worst = min(lines, key=lambda line: line.worst, default=None)
        reported = school.reported_of(facts_with_cells(frozen, code), code)
        return OnReleaseOut.of(place, frozen, found) | {
            "verdict": worst.school.verdict if worst else None, "excluded": school.exclusion_of(found, code),
            "stages": [SchoolStageOut.of(line, found, years) for line in lines], "items": [vars(each) for each in school.items_of(found, code)],
            "reported": [ReportedOut.of(group, each) for group, of in reported for each in of],
            "findings": [FindingOut.of(each, {}) for each in school.findings_of(found, code)],
        }  # fmt: skip


def _year(line: Line, year: Year) -> dict[str, Any]:
    values = []
    for each in line.school.indicators:
        key = (line.school.code, line.school.campus, line.school.stage, each.code)
        value = year.values.get(key)
        shown = "—" if value is None else round_half_up(value, 2, thousands=True)
        values.append({"code": each.code, "value": figure(value, shown, NOT_REPORTED if key in year.values else "那一年没有参与判定")})
    return {"school_year": year.school_year, "values": values}
