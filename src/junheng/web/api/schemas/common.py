"""What several documents share."""

from __future__ import annotations

from typing import Any, Generic, TypeVar

from ninja import Schema
from pydantic import Field

from junheng.web.areas.models import Unit
from junheng.web.flow.models import Subject

T = TypeVar("T")


class PageOut(Schema, Generic[T]):
    """一页。"""

    items: list[T] = Field(description="这一页的内容")
    next: str | None = Field(description="下一页的 cursor；null 表示没有了")


class WrongField(Schema):
    name: str = Field(description="名称")
    message: str = Field(description="什么不对")


class ProblemOut(Schema):
    """出错时的答复（RFC 9457）。"""

    type: str = Field(description="urn:junheng:problem:… 供程序区分")
    title: str = Field(description="什么不对")
    status: int = Field(description="状态码")
    detail: str = Field(description="完整的一句话：什么、哪里、为什么、怎么办")
    instance: str = Field(description="请求的网址")
    where: str = Field(description="哪里")
    why: str = Field(description="为什么")
    remedy: str = Field(description="怎么办")
    fields: list[WrongField] = Field(description="哪些参数或填写项不对")


class BytesOut(Schema):
    """The bytes of a file: the document says so in its own way (document.py)."""


class UnitRef(Schema):
    code: str = Field(description="代码：行政区划代码、评估单元代码或学校标识码")
    name: str = Field(description="名称")
    kind: str = Field(description="province、city、county 或 school")

    @staticmethod
    def of(unit: Unit) -> dict[str, Any]:
        return {"code": unit.code, "name": unit.name, "kind": unit.kind}


class StateOut(Schema):
    id: str
    label: str = Field(description="中文名称")
    turn: str = Field(description="轮到谁办；空表示不等谁")

    @staticmethod
    def of(subject: Subject) -> dict[str, Any]:
        shown = subject.state_shown
        return {"id": shown.id, "label": shown.label, "turn": shown.turn}


ERRORS: dict[int, Any] = dict.fromkeys((401, 403, 404, 422, 429), ProblemOut)
"""What every operation behind a token may answer."""
