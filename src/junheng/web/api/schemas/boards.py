"""The board of a county, and its matrix of schools by indicators."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from ninja import Schema
from pydantic import Field

from junheng.judging.result import (
    BalanceVerdict,
    CriterionVerdict,
    DemandVerdict,
    Influence,
)
from junheng.reports.grid import round_half_up
from junheng.reports.measured_words import (
    cv_value,
    demand_limit,
    demand_title,
    demand_value,
)
from junheng.reports.page.view import criterion_told
from junheng.reports.words import EXCLUSION_LABELS
from junheng.web.api.schemas.common import UnitRef
from junheng.web.api.schemas.figures import (
    NOT_KNOWN,
    NOT_REPORTED,
    FigureOut,
    LimitOut,
    MarginOut,
    bound,
    cv_figure,
    figure,
)
from junheng.web.api.schemas.releases import VerdictId
from junheng.web.dashboards.county import End, ends_of
from junheng.web.dashboards.opened import Opened
from junheng.web.dashboards.years import Year
from junheng.web.reporting.models import CountyRelease
from junheng.web.reporting.queries import UnitInRound


class OnReleaseOut(Schema):
    """一块看板说的是谁，依据哪个冻结的数据版本。"""

    unit: UnitRef = Field(description="单位")
    round: int = Field(description="轮次的编号")
    school_year: int = Field(description="学年开始的那一年")
    release: int = Field(description="数据版本的编号")
    hash: str = Field(description="数据版本的校验值")
    formal: bool = Field(description="冻结时没有错误")
    frozen_at: datetime = Field(description="冻结时间")
    policy: str = Field(description="标准的编号")
    as_of: date = Field(description="基准日")
    drift: list[str] = Field(description="现在重算与冻结时不同的地方，以冻结的为准；空表示相同")

    @staticmethod
    def of(place: UnitInRound, frozen: CountyRelease, found: Opened) -> dict[str, Any]:
        return {
            "unit": UnitRef.of(place.unit), "round": place.round.pk, "school_year": place.round.school_year, "release": frozen.pk, "hash": frozen.hash,
            "formal": frozen.is_formal, "frozen_at": frozen.at, "policy": frozen.policy, "as_of": frozen.as_of, "drift": list(found.drift),
        }  # fmt: skip


class InfluenceOut(Schema):
    """一所学校对一个差异系数的影响。"""

    code: str = Field(description="学校标识码")
    campus: str = Field(description="校区；空表示全校")
    name: str = Field(description="学校")
    if_brought: FigureOut = Field(description="把它补到限值以后的差异系数")
    flips_if_brought: bool = Field(description="这样就能达标")
    if_left_out: FigureOut = Field(description="不算它时的差异系数")
    flips_if_left_out: bool = Field(description="这样就能达标")

    @staticmethod
    def of(one: Influence) -> dict[str, Any]:
        return {"code": one.code, "campus": one.campus, "name": one.name, "if_brought": cv_figure(one.cv_if_brought_to_limit),
                "flips_if_brought": one.flips_if_brought_to_limit, "if_left_out": cv_figure(one.cv_if_left_out),
                "flips_if_left_out": one.flips_if_left_out}  # fmt: skip


class CvOut(Schema):
    """一个学段一项指标的校际差异系数。"""

    stage: str = Field(description="primary 小学、junior 初中")
    code: str = Field(description="指标 L1–L7")
    title: str = Field(description="指标的名称")
    cv: FigureOut = Field(description="差异系数")
    mean: FigureOut = Field(description="按学生数加权的全县均值")
    sd: FigureOut = Field(description="标准差")
    low: float | None = Field(description="没有报全时差异系数最小可能是多少；null 表示不知道")
    high: float | None = Field(description="最大可能是多少；null 表示不知道或没有上限")
    known_cv: FigureOut = Field(description="已报学校的差异系数，仅供参考，不作判定")
    limit: LimitOut = Field(description="限值")
    margin: MarginOut = Field(description="余量")
    verdict: VerdictId = Field(description="pass 达标、fail 未达标、insufficient 待定")
    schools: int = Field(description="算了几所学校")
    note: str = Field(description="备注")
    influences: list[InfluenceOut] = Field(description="超过限值时，影响最大的学校；影响大的在前")

    @staticmethod
    def of(stage: str, each: BalanceVerdict, found: Opened) -> dict[str, Any]:
        why = each.note or NOT_KNOWN
        return {
            "stage": stage, "code": each.code, "title": title_of(found, each.code), "cv": figure(each.cv, cv_value(each), why),
            "mean": figure(each.mean, _shown(each.mean, 2), why), "sd": figure(each.sd, _shown(each.sd, 3), why),
            "low": bound(each.cv_lo), "high": bound(each.cv_hi), "known_cv": cv_figure(each.known_cv), "limit": LimitOut.of(each.limit, found.policy),
            "margin": MarginOut.of(each.margin), "verdict": each.verdict, "schools": each.n, "note": each.note,
            "influences": [InfluenceOut.of(one) for one in each.influence],
        }  # fmt: skip


class DemandOut(Schema):
    """一条要求里可以计数的一项。"""

    indicator: str = Field(description="指标编号")
    stage: str = Field(description="学段；空表示不分")
    title: str = Field(description="名称")
    value: FigureOut = Field(description="全县的数；逐校判定的没有这个数")
    limit: str = Field(description="要求；空表示没有数")
    verdict: VerdictId = Field(description="结论")
    failing: list[str] = Field(description="未达标的学校")
    undecided: list[str] = Field(description="待定的学校")

    @staticmethod
    def of(demand: DemandVerdict) -> dict[str, Any]:
        by_school = bool(demand.failing or demand.undecided or demand.met is not None)
        return {
            "indicator": demand.indicator, "stage": demand.stage, "title": demand_title(demand),
            "value": figure(demand.value, demand_value(demand), "逐校判定，没有全县的数" if by_school else NOT_REPORTED),
            "limit": demand_limit(demand), "verdict": demand.verdict, "failing": list(demand.failing), "undecided": list(demand.undecided),
        }  # fmt: skip


class EvidenceOut(Schema):
    """数里看不出来、由人评定的部分。"""

    needed: list[str] = Field(description="要评定什么")
    verdict: VerdictId = Field(description="评定结果；没有评定的是 insufficient")


class CriterionOut(Schema):
    """政府保障、教育质量、社会认可和一票否决里的一条。"""

    id: str = Field(description="编号")
    group: str = Field(description="government、quality、recognition、veto")
    number: int = Field(description="组里的序号")
    title: str = Field(description="名称")
    clause: str = Field(description="条款")
    told: str = Field(description="指标值或简要结论，与申报表相同，不写评定人")
    demands: list[DemandOut] = Field(description="可以计数的各项")
    verdict: VerdictId = Field(description="按报的数判定的结论")
    evidence: EvidenceOut | None = Field(description="由人评定的部分；null 表示没有")
    conclusion: VerdictId = Field(description="两部分合起来的结论")
    unverified: list[str] = Field(description="用到的待核值")

    @staticmethod
    def of(each: CriterionVerdict, told: str) -> dict[str, Any]:
        evidence = each.evidence and {"needed": list(each.evidence.needed), "verdict": each.evidence.verdict}
        return {
            "id": each.id, "group": each.group, "number": each.number, "title": each.title, "clause": each.clause, "told": told,
            "demands": [DemandOut.of(demand) for demand in each.demands], "verdict": each.verdict, "evidence": evidence,
            "conclusion": each.conclusion, "unverified": list(each.unverified),
        }  # fmt: skip


class EndOut(Schema):
    """全县的一项和它离限值多远。"""

    title: str = Field(description="名称")
    item: str = Field(description="取出处（trace）时用的编号")
    stage: str = Field(description="学段；空表示不分")
    value: str = Field(description="现值的写法")
    limit: str = Field(description="限值的写法")
    margin: MarginOut = Field(description="余量")
    verdict: VerdictId = Field(description="结论")

    @staticmethod
    def of(end: End) -> dict[str, Any]:
        return {name: getattr(end, name) for name in ("title", "item", "stage", "value", "limit", "verdict")} | {"margin": MarginOut.of(end.margin)}


class ExcludedOut(Schema):
    """一所不参与资源配置判定的学校。"""

    code: str = Field(description="学校标识码")
    campus: str = Field(description="校区；空表示全校")
    name: str = Field(description="学校")
    reason: str = Field(description="原因的编号")
    label: str = Field(description="原因")


class CvOfYear(Schema):
    stage: str = Field(description="学段")
    code: str = Field(description="指标")
    cv: FigureOut = Field(description="那一年的差异系数")


class CountyYearOut(Schema):
    """一个学年：那一年最新的正式版本说了什么。"""

    school_year: int = Field(description="学年开始的那一年")
    verdict: VerdictId = Field(description="结论")
    cvs: list[CvOfYear] = Field(description="各学段各指标的差异系数")

    @staticmethod
    def of(year: Year) -> dict[str, Any]:
        return {"school_year": year.school_year, "verdict": year.verdict,
                "cvs": [{"stage": stage, "code": code, "cv": cv_figure(cv)} for (stage, code), cv in year.cv.items()]}  # fmt: skip


class CountyBoardOut(OnReleaseOut):
    """一个县的看板。学校乘指标的矩阵另取。"""

    verdict: VerdictId = Field(description="结论")
    summary: str = Field(description="一句话")
    reasons: list[str] = Field(description="为什么是这个结论，起决定作用的在前")
    unverified: list[str] = Field(description="用到的待核值")
    exceptions: list[str] = Field(description="依例外达标的学校")
    unassessed: list[str] = Field(description="交来了却没有采用的；有一处就不会达标")
    balance: list[CvOut] = Field(description="14 个校际差异系数")
    criteria: list[CriterionOut] = Field(description="逐条结论")
    margins: list[EndOut] = Field(description="全县各项按余量排，最紧的在前；还不能说余量的不在内")
    excluded: list[ExcludedOut] = Field(description="不参与判定的学校")
    years: list[CountyYearOut] = Field(description="历年，早的在前")

    @staticmethod
    def of_county(place: UnitInRound, frozen: CountyRelease, found: Opened, years: list[Year]) -> dict[str, Any]:
        verdict, view = found.verdict, found.view
        return OnReleaseOut.of(place, frozen, found) | {
            "verdict": verdict.verdict, "unassessed": list(verdict.unassessed),
            **{name: view[name] for name in ("summary", "reasons", "unverified", "exceptions")},
            "balance": [CvOut.of(stage, each, found) for stage, of in verdict.stages.items() for each in of.balance],
            "criteria": [CriterionOut.of(each, criterion_told(found.report, each, names=False)) for each in verdict.criteria.values()],
            "margins": [EndOut.of(each) for each in ends_of(found)],
            "excluded": [{"code": each.code, "campus": each.campus, "name": each.name, "reason": each.reason,
                          "label": EXCLUSION_LABELS.get(each.reason, each.reason)} for each in verdict.excluded],
            "years": [CountyYearOut.of(year) for year in years],
        }  # fmt: skip


def title_of(found: Opened, code: str) -> str:
    return next(each.title for each in found.policy.resources if each.code == code)


def _shown(value: float | None, places: int) -> str:
    return "待定" if value is None else round_half_up(value, places, thousands=True)
