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

    id: int
    hash: str
    verdict: str


class EvaluationOut(Schema):
    """一个县在一个轮次里的省级评估验收。"""

    id: int
    unit: UnitRef
    round: int
    application: int = Field(description="第几次申报")
    state: StateOut
    moves: int
    entered_at: datetime
    due_on: date | None
    release: SignedOut | None = Field(description="县里签署的数据版本；null 表示还没有签")
    conclusion: str = Field(description="公示的结论 pass 或 fail；空表示还没有")
    announcement: int | None
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

    id: int
    unit: UnitRef
    state: StateOut
    title: str
    body: str
    result: list[dict[str, Any]] = Field(description="逐项结果：title、verdict、words 等")
    hashes: dict[str, Any] = Field(description="所依据的数据版本、标准和软件版本")
    opens_on: date
    closes_on: date
    proclaimed_on: date | None
    ended_on: date | None
    ended_reason: str
    ended_document: str = Field(description="撤销的批准文号")

    @staticmethod
    def of(announcement: Announcement) -> dict[str, Any]:
        shown = {name: getattr(announcement, name) for name in ("title", "body", "result", "hashes")}
        if announcement.state == "withdrawn":
            shown = {"title": "", "body": "", "result": [], "hashes": {}}
        names = ("opens_on", "closes_on", "proclaimed_on", "ended_on", "ended_reason", "ended_document")
        return {"id": announcement.pk, "unit": UnitRef.of(announcement.unit), "state": StateOut.of(announcement), **shown,
                **{name: getattr(announcement, name) for name in names}}  # fmt: skip
