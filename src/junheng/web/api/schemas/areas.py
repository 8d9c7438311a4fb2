"""The board of a city or the province, and its counties."""

from __future__ import annotations

from typing import Any

from ninja import Schema
from pydantic import Field

from junheng.web.api.schemas.boards import NOT_KNOWN, cv_figure
from junheng.web.api.schemas.common import UnitRef
from junheng.web.api.schemas.figures import FigureOut
from junheng.web.api.schemas.releases import VerdictId
from junheng.web.dashboards.area import Area, Between, Counted, County, between_of, targets_of
from junheng.web.dashboards.years import verdicts_before


class CountsOut(Schema):
    """多少个县是什么结论。"""

    counts: dict[str, int] = Field(description="pass 达标、fail 未达标、insufficient 待定、none 没有冻结的数据")
    total: int = Field(description="共几个县")

    @staticmethod
    def counted(counts: dict[str, int], total: int) -> dict[str, Any]:
        known = {each: counts.get(each, 0) for each in ("pass", "fail", "insufficient")}
        return {"counts": known | {"none": total - sum(known.values())}, "total": total}


class YearCountsOut(CountsOut):
    school_year: int = Field(description="学年开始的那一年")


class CityOut(Schema):
    city: UnitRef = Field(description="市")
    passed: int = Field(description="测算达标的县")
    total: int = Field(description="共几个县")


class TargetOut(Schema):
    """实施方案的一项目标，按省级评估验收数。"""

    id: str = Field(description="编号")
    title: str = Field(description="名称")
    due: str = Field(description="到什么时候；空表示没有定")
    counted: int = Field(description="已完成几个县")
    needed: int = Field(description="要求不少于几个")
    total: int = Field(description="共几个县")
    verdict: VerdictId | None = Field(description="结论；null 表示还没有到期，或只对全省判定")
    basis: str = Field(description="按什么数的")
    clause: str = Field(description="文件和条款")
    counties: list[str] = Field(description="已完成的县的代码")
    lacking: str = Field(description="待定的目标还缺什么；空表示不缺")

    @staticmethod
    def of(each: Counted) -> dict[str, Any]:
        found = each.found
        return {"id": found.target.id, "title": found.target.title, "due": each.due, "counted": found.counted, "needed": found.needed, "total": found.total,
                "verdict": each.mark, "basis": found.basis, "clause": each.clause, "counties": [unit.code for unit in each.names], "lacking": each.lacking}  # fmt: skip


class BetweenCv(Schema):
    code: str = Field(description="指标 L1–L7")
    cv: FigureOut = Field(description="县际差异系数")


class BetweenOut(Schema):
    """县际差异：以县为单位、按学生数加权，仅供参考，不作判定。"""

    stage: str = Field(description="学段")
    cvs: list[BetweenCv] = Field(description="逐项")

    @staticmethod
    def of(each: Between, area: Area) -> dict[str, Any]:
        codes = [resource.code for resource in area.policy.resources]
        return {"stage": each.stage_label, "cvs": [{"code": code, "cv": cv_figure(cv, "有县没有冻结数据，或" + NOT_KNOWN)} for code, cv in zip(codes, each.cvs, strict=True)]}


class AreaBoardOut(CountsOut):
    """省或市的看板。各县另取。"""

    unit: UnitRef = Field(description="单位")
    round: int = Field(description="轮次的编号")
    school_year: int = Field(description="学年开始的那一年")
    policy: str = Field(description="标准的编号")
    accepted: list[str] = Field(description="通过省级评估验收的县的代码")
    recognised: list[str] = Field(description="国家认定的县的代码")
    cities: list[CityOut] = Field(description="各市；市的看板没有")
    targets: list[TargetOut] = Field(description="实施方案的目标")
    between: list[BetweenOut] = Field(description="县际差异；不到两个县有数据的是空的")
    years: list[YearCountsOut] = Field(description="历年，早的在前；各年取每个县最新的正式版本")

    @staticmethod
    def of(area: Area) -> dict[str, Any]:
        place, total, units = area.place, len(area.counties), [each.unit for each in area.counties]
        earlier = verdicts_before(units, place.round.school_year)
        now = CountsOut.counted(area.counts, total)
        return now | {
            "unit": UnitRef.of(place.unit), "round": place.round.pk, "school_year": place.round.school_year, "policy": place.round.policy,
            "accepted": [each.unit.code for each in area.accepted], "recognised": [each.unit.code for each in area.recognised],
            "cities": [{"city": UnitRef.of(city), "passed": passed, "total": of} for city, passed, of in area.cities],
            "targets": [TargetOut.of(each) for each in targets_of(area)], "between": [BetweenOut.of(each, area) for each in between_of(area)],
            "years": [*({"school_year": year} | CountsOut.counted(counts, total) for year, counts in earlier.items()), {"school_year": place.round.school_year} | now],
        }  # fmt: skip


class OfAll(Schema):
    met: int = Field(description="达标几个")
    all: int = Field(description="共几个")


class AreaLineOut(Schema):
    """一个县。测算结论、省级评估验收和国家认定是三件事。"""

    unit: UnitRef = Field(description="县")
    city: UnitRef | None = Field(description="市")
    verdict: VerdictId | None = Field(description="测算结论；null 表示还没有冻结的数据")
    formal: bool | None = Field(description="冻结时没有错误")
    schools: OfAll | None = Field(description="学校学段")
    tests: OfAll | None = Field(description="差异系数")
    criteria: OfAll | None = Field(description="条目")
    why: str = Field(description="主要原因；没有冻结的写明")
    evaluation: str = Field(description="省级评估验收走到哪一步；空表示还没有开始")
    accepted: bool | None = Field(description="省级评估验收通过；null 表示还没有结论")
    recognised: bool = Field(description="国家认定")

    @staticmethod
    def of(county: County) -> dict[str, Any]:
        told, status = county.summary, county.status
        pairs = {name: dict(zip(("met", "all"), getattr(told, name), strict=True)) if told else None for name in ("schools", "tests", "criteria")}
        return {
            "unit": UnitRef.of(county.unit), "city": UnitRef.of(county.unit.parent) if county.unit.parent else None,
            "verdict": told.verdict if told else None, "formal": told.is_formal if told else None, **pairs, "why": told.why if told else "还没有冻结的数据",
            "evaluation": county.evaluation, "accepted": status.provincial_acceptance if status else None, "recognised": county.recognised,
        }  # fmt: skip
