"""Surveys of 社会认可度, and the ledger of commitments."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from ninja import Schema
from pydantic import Field

from junheng.web.api.schemas.common import StateOut, UnitRef
from junheng.web.api.schemas.releases import VerdictId
from junheng.web.commitments.ledger import Line as Kept
from junheng.web.survey.models import Survey
from junheng.web.survey.result import Line, Result


class SurveyItem(Schema):
    """一个县的社会认可度调查。"""

    id: int = Field(description="编号")
    unit: UnitRef = Field(description="单位")
    evaluation: int = Field(description="评估的编号")
    application: int = Field(description="第几次申报")
    state: StateOut = Field(description="状态")
    entered_at: datetime = Field(description="进入现在状态的时间")
    closes_on: date | None = Field(description="答题截止；null 表示还没有开始")

    @staticmethod
    def of(survey: Survey) -> dict[str, Any]:
        return {"id": survey.pk, "unit": UnitRef.of(survey.unit), "evaluation": survey.evaluation_id, "application": survey.application,
                "state": StateOut.of(survey), "entered_at": survey.entered_at, "closes_on": survey.closes_on}  # fmt: skip


class GroupOut(Schema):
    """一类调查对象，或全部问卷。没有人答的是 null，不是 0。"""

    id: str
    label: str
    population: int | None = Field(description="总体人数")
    quota: int = Field(description="配额")
    sent: int | None = Field(description="发放份数；null 表示有纸质问卷没有报发放数")
    returned: int = Field(description="回收份数")
    valid: int = Field(description="有效份数")
    satisfied: int | None = Field(description="满意份数")
    share: float | None = Field(description="满意率，小数，不舍入")
    low: float | None = Field(description="置信区间下限")
    high: float | None = Field(description="置信区间上限")
    interviewed: int | None = Field(description="现场访谈人数；null 表示没有访谈")
    content: int | None = Field(description="访谈中满意的人数")

    @staticmethod
    def of(line: Line) -> dict[str, Any]:
        heard, interval = line.heard, line.interval
        plain = ("id", "label", "population", "quota", "sent", "returned", "valid", "content")
        return {name: getattr(heard, name) for name in plain} | {
            "satisfied": heard.satisfied if heard.valid else None, "share": heard.satisfied / heard.valid if heard.valid else None,
            "low": interval.low if interval else None, "high": interval.high if interval else None, "interviewed": heard.asked,
        }  # fmt: skip


class SurveyOut(SurveyItem):
    """一个县的社会认可度调查和结果；确认以后是冻结的结果。"""

    confirmed: bool = Field(description="结果已确认")
    confidence: float = Field(description="置信水平")
    limit: float = Field(description="要达到的满意率")
    verdict: VerdictId = Field(description="还有一类没有人答时是 insufficient")
    straddles: bool = Field(description="限值落在置信区间里：换一批样本，结论可能不同")
    groups: list[GroupOut] = Field(description="七类对象")
    whole: GroupOut = Field(description="全部问卷，按它判定")

    @staticmethod
    def with_result(survey: Survey, result: Result) -> dict[str, Any]:
        return SurveyItem.of(survey) | {
            "confirmed": survey.result is not None, "confidence": float(survey.confidence), "limit": float(result.satisfaction.limit.value),
            "verdict": result.verdict, "straddles": result.straddles, "groups": [GroupOut.of(each) for each in result.lines],
            "whole": GroupOut.of(result.whole),
        }  # fmt: skip


class CommitmentOut(Schema):
    """政策落实台账里的一项承诺。"""

    target: str = Field(description="在政策包里的编号")
    title: str = Field(description="承诺")
    clause: str = Field(description="文件和条款")
    group: str = Field(description="文件的哪一部分")
    department: str = Field(description="牵头部门；空表示没有指定")
    measured: bool = Field(description="由平台测算；否则由部门报告")
    by: date | None = Field(description="完成时限；null 表示文件没有定")
    kind: Literal["overdue", "behind", "unreported", "reported", "under_way", "met"] = Field(description="逾期、滞后、待报告、待核实、推进中、已完成")
    words: str = Field(description="现在怎样")
    due: date | None = Field(description="在等的那一天")
    late: int = Field(description="逾期几天；0 表示没有逾期")

    @staticmethod
    def of(line: Kept) -> dict[str, Any]:
        promise = line.promise
        return {
            "target": promise.target.id, "title": promise.target.title, "clause": promise.clause, "group": promise.group, "department": promise.department,
            "measured": promise.measured, "by": promise.by, "kind": line.kind, "words": line.words, "due": line.due, "late": line.late,
        }  # fmt: skip
