"""What anybody reads of places, as the public pages show it: what was announced and holds, of whom; zones."""

from __future__ import annotations

from datetime import date
from typing import Any

from ninja import Schema
from pydantic import Field

from junheng.web.api.schemas.common import StateOut, UnitRef
from junheng.web.areas.models import Unit
from junheng.web.portal.in_force import CONCLUSIONS
from junheng.web.portal.models import ZoneLine
from junheng.web.portal.school_told import Told as SchoolTold
from junheng.web.portal.told import City, Told, lotteries_of, own_of, zone_of
from junheng.web.publicity.models import Announcement


class PublicResultOut(Schema):
    """一个县现行有效的结论。省级评估验收不等于国家认定。"""

    county: UnitRef = Field(description="县")
    city: UnitRef | None = Field(description="市")
    conclusion: str = Field(description="pass 通过、fail 未通过")
    label: str = Field(description="结论的中文")
    round: str = Field(description="评估轮次")
    school_year: int = Field(description="学年开始的那一年")
    proclaimed_on: date | None = Field(description="公告日期")
    announcement: int = Field(description="公告的编号")
    hashes: dict[str, Any] = Field(description="所依据的数据版本、标准和软件版本")

    @staticmethod
    def of(each: Announcement) -> dict[str, Any]:
        city = each.unit.parent
        return {
            "county": UnitRef.of(each.unit), "city": UnitRef.of(city) if city else None, "conclusion": each.conclusion, "label": CONCLUSIONS[each.conclusion],
            "round": each.round.name, "school_year": each.round.school_year, "proclaimed_on": each.proclaimed_on, "announcement": each.pk,
            "hashes": each.hashes,
        }  # fmt: skip


class PublicCityOut(Schema):
    """一个市。尚无公告的县没有结论，不是没有通过。"""

    city: UnitRef = Field(description="市")
    counties: int = Field(description="共几个县")
    passed: list[str] = Field(description="通过的县的代码")
    failed: list[str] = Field(description="未通过的县的代码")
    none: int = Field(description="尚无公告的县")

    @staticmethod
    def of(each: City) -> dict[str, Any]:
        passed, failed = ([one.unit.code for one in of] for of in (each.passed, each.failed))
        return {"city": UnitRef.of(each.unit), "counties": each.counties, "passed": passed, "failed": failed, "none": each.rest}


class PlaceItem(UnitRef):
    """一个县或一所学校。"""

    above: str | None = Field(description="上级的名称")

    @staticmethod
    def of(unit: Unit) -> dict[str, Any]:
        return UnitRef.of(unit) | {"above": unit.parent.name if unit.parent else None}


class AnnouncedOut(Schema):
    """一件公示或公告；正文见 /announcements。"""

    id: int = Field(description="编号")
    title: str = Field(description="标题")
    state: StateOut = Field(description="状态")
    opens_on: date = Field(description="公示开始")
    closes_on: date = Field(description="公示截止")
    takes_objections: bool = Field(description="现在可以提出异议")


class ZoningOut(Schema):
    school_year: int = Field(description="学年开始的那一年")
    document: str = Field(description="依据的文件")


class PublicCountyOut(Schema):
    """一个县：公众能看到的。"""

    county: UnitRef = Field(description="县")
    city: UnitRef | None = Field(description="市")
    result: PublicResultOut | None = Field(description="现行有效的结论；null 表示还没有公告，不是没有通过")
    lines: list[dict[str, Any]] = Field(description="逐项结果，与公告一字不差：title、verdict、words 等")
    announcements: list[AnnouncedOut] = Field(description="公示和公告，新的在前")
    zoning: ZoningOut | None = Field(description="现行的学区划分；null 表示没有公布")
    lotteries: list[int] = Field(description="摇号的编号")

    @staticmethod
    def of(county: Unit, told: Told) -> dict[str, Any]:
        names = ("title", "opens_on", "closes_on", "takes_objections")
        city = county.parent
        return {
            "county": UnitRef.of(county), "city": UnitRef.of(city) if city else None,
            "result": PublicResultOut.of(_in(told.in_force, county)) if told.in_force else None, "lines": told.in_force.result if told.in_force else [],
            "announcements": [{"id": each.pk, "state": StateOut.of(each)} | {name: getattr(each, name) for name in names} for each in told.announcements],
            "zoning": _zoning(told), "lotteries": [each.pk for each in told.lotteries],
        }  # fmt: skip


class OwnKind(Schema):
    label: str = Field(description="名称")
    value: str = Field(description="内容")


class OwnLine(Schema):
    about: str = Field(description="一项指标，用话说")
    limit: str = Field(description="标准的要求")
    value: str = Field(description="学校的数；空表示不公布或没有报全")
    verdict: str = Field(description="pass、fail、insufficient；空表示不公布")
    words: str = Field(description="怎样，或为什么不公布")


class OwnStage(Schema):
    stage: str = Field(description="学段和校区")
    lines: list[OwnLine] = Field(description="逐项")


class OwnOut(Schema):
    """学校自己的情况。省里发文决定公布各校的数以前，只有标准的要求，没有数。"""

    year: str = Field(description="学年")
    standard: str = Field(description="标准的名称")
    rule: str = Field(description="一所学校要达到几项")
    kinds: list[OwnKind] = Field(description="是什么样的学校")
    stages: list[OwnStage] = Field(description="各学段")

    @staticmethod
    def of(own: SchoolTold) -> dict[str, Any]:
        return {"year": own.year_label, "standard": own.standard, "rule": own.rule, "kinds": [vars(each) for each in own.kinds],
                "stages": [{"stage": stage, "lines": [vars(line) for line in lines]} for stage, lines in own.stages]}  # fmt: skip


class WithheldOut(Schema):
    what: str = Field(description="不公布什么")
    why: str = Field(description="为什么")


class PublicSchoolOut(Schema):
    """一所学校：公众能看到的。公告按县作结论，没有单独一所学校的结论。"""

    school: UnitRef = Field(description="学校")
    run_by: str = Field(description="举办：空表示县里，市直属、省直属")
    closed_on: date | None = Field(description="撤并日期；null 表示还在")
    county: UnitRef | None = Field(description="所在县；null 表示没有指明")
    result: PublicResultOut | None = Field(description="所在县现行有效的结论；null 表示还没有公告")
    own: OwnOut | None = Field(description="学校自己的情况；null 表示所在县还没有现行有效的结论，或结论所依据的数据里没有这所学校")
    withheld: list[WithheldOut] = Field(description="不公布的，和为什么")
    zoning: ZoningOut | None = Field(description="所在县现行的学区划分")
    zone: list[str] = Field(description="学区里的小区、村或路段；空表示没有公布")
    lotteries: list[int] = Field(description="摇号的编号")

    @staticmethod
    def of(school: Unit, county: Unit | None, told: Told | None) -> dict[str, Any]:
        """told: of the county."""
        shown = own_of(school, told)
        return {
            "school": UnitRef.of(school), "run_by": school.run_by_in_words, "closed_on": school.closed_on, "county": UnitRef.of(county) if county else None,
            "result": PublicResultOut.of(_in(told.in_force, county)) if told and told.in_force and county else None,
            "own": OwnOut.of(shown.own) if shown.own else None, "withheld": [{"what": each.what, "why": each.why} for each in shown.withheld],
            "zoning": _zoning(told), "zone": [each.place for each in zone_of(school, told)],
            "lotteries": [each.pk for each in lotteries_of(school, county or school.parent)],
        }  # fmt: skip


def _in(announcement: Announcement, county: Unit) -> Announcement:
    """The county is known already."""
    announcement.unit = county
    return announcement


def _zoning(told: Told | None) -> dict[str, Any] | None:
    return {"school_year": told.zoning.school_year, "document": told.zoning.document} if told and told.zoning else None


class ZoneOut(Schema):
    """一个片区。"""

    place: str = Field(description="小区、村或路段")
    school: str = Field(description="学校")
    code: str | None = Field(description="学校标识码；null 表示没有给出")
    county: UnitRef = Field(description="县")
    school_year: int = Field(description="学年开始的那一年")
    document: str = Field(description="依据的文件")

    @staticmethod
    def of(line: ZoneLine) -> dict[str, Any]:
        zoning = line.zoning
        return {"place": line.place, "school": line.school, "code": line.code or None, "county": UnitRef.of(zoning.unit),
                "school_year": zoning.school_year, "document": zoning.document}  # fmt: skip
