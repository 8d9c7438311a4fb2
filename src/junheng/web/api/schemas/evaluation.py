"""Evaluations, and announcements to the public."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from ninja import Schema
from pydantic import Field

from junheng.web.api.schemas.common import StateOut, UnitRef
from junheng.web.evaluation.models import Evaluation
from junheng.web.publicity.models import Announcement


class SignedOut(Schema):
    """县里签署的数据版本。"""

    id: int = Field(description="编号")
    hash: str = Field(description="校验值")
    verdict: str = Field(description="结论")


class EvaluationOut(Schema):
    """一个县在一个轮次里的省级评估验收。"""

    id: int = Field(description="编号")
    unit: UnitRef = Field(description="单位")
    round: int = Field(description="轮次的编号")
    application: int = Field(description="第几次申报")
    state: StateOut = Field(description="状态")
    moves: int = Field(description="走过几步；办理时送回，别人先办了就会告知")
    entered_at: datetime = Field(description="进入现在状态的时间")
    due_on: date | None = Field(description="期限；null 表示没有期限")
    release: SignedOut | None = Field(description="县里签署的数据版本；null 表示还没有签")
    conclusion: str = Field(description="公示的结论 pass 或 fail；空表示还没有")
    announcement: int | None = Field(description="公示公告的编号")
    national: str | None = Field(description="国家认定的状态；null 表示没有登记")

    @staticmethod
    def of(evaluation: Any) -> dict[str, Any]:
        """evaluation: with `national_state` annotated."""
        found: Evaluation = evaluation
        signed = found.release
        return {
            "id": found.pk, "unit": UnitRef.of(found.unit), "round": found.round_id, "application": found.application, "state": StateOut.of(found),
            "moves": found.moves, "entered_at": found.entered_at, "due_on": found.due_on,
            "release": {"id": signed.pk, "hash": signed.hash, "verdict": signed.verdict} if signed else None,
            "conclusion": found.conclusion, "announcement": found.announcement_id, "national": evaluation.national_state,
        }  # fmt: skip


class AnnouncementOut(Schema):
    """一件公示或公告。已撤回的只有撤回的日期和理由。"""

    id: int = Field(description="编号")
    unit: UnitRef = Field(description="单位")
    state: StateOut = Field(description="状态")
    title: str = Field(description="标题")
    body: str = Field(description="正文")
    result: list[dict[str, Any]] = Field(description="逐项结果：title、verdict、words 等")
    hashes: dict[str, Any] = Field(description="所依据的数据版本、标准和软件版本")
    opens_on: date = Field(description="公示开始")
    closes_on: date = Field(description="公示截止")
    proclaimed_on: date | None = Field(description="公告日期；null 表示没有公告")
    ended_on: date | None = Field(description="撤回或撤销的日期")
    ended_reason: str = Field(description="撤回或撤销的理由")
    ended_document: str = Field(description="撤销的批准文号")

    @staticmethod
    def of(announcement: Announcement) -> dict[str, Any]:
        shown = {name: getattr(announcement, name) for name in ("title", "body", "result", "hashes")}
        if announcement.state == "withdrawn":
            shown = {"title": "", "body": "", "result": [], "hashes": {}}
        names = ("opens_on", "closes_on", "proclaimed_on", "ended_on", "ended_reason", "ended_document")
        return {"id": announcement.pk, "unit": UnitRef.of(announcement.unit), "state": StateOut.of(announcement), **shown,
                **{name: getattr(announcement, name) for name in names}}  # fmt: skip
