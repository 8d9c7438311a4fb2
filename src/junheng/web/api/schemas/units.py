"""Units of the tree, and rounds."""

from __future__ import annotations

from datetime import date
from typing import Any

from ninja import Schema
from pydantic import Field

from junheng.web.api.schemas.common import StateOut, UnitRef
from junheng.web.areas.models import Unit
from junheng.web.rounds.models import Round


class UnitOut(UnitRef):
    """一个单位。"""

    parent: str | None = Field(description="上级的代码；省没有上级")
    path: str = Field(description="从省到本单位的代码，各跟一个斜杠；甲在乙之下，当且仅当甲的 path 以乙的开头")
    closed_on: date | None = Field(description="撤并日期；null 表示还在")

    @staticmethod
    def of(unit: Unit) -> dict[str, Any]:
        codes = unit.path.rstrip("/").split("/")
        return UnitRef.of(unit) | {"parent": codes[-2] if len(codes) > 1 else None, "path": unit.path, "closed_on": unit.closed_on}


class RoundOut(Schema):
    """一个评估轮次。"""

    id: int = Field(description="编号")
    name: str = Field(description="名称")
    unit: UnitRef = Field(description="单位")
    policy: str = Field(description="标准的编号")
    school_year: int = Field(description="学年开始的那一年")
    state: StateOut = Field(description="状态")
    opens_on: date | None = Field(description="开始日期")
    reports_due_on: date | None = Field(description="学校和县填报截止；null 表示没有定")
    self_due_on: date | None = Field(description="县级自评截止")
    review_due_on: date | None = Field(description="市级复核截止")

    @staticmethod
    def of(round: Round) -> dict[str, Any]:
        return {
            "id": round.pk, "name": round.name, "unit": UnitRef.of(round.unit), "policy": round.policy, "school_year": round.school_year,
            "state": StateOut.of(round), "opens_on": round.opens_on, "reports_due_on": round.reports_due_on,
            "self_due_on": round.self_due_on, "review_due_on": round.review_due_on,
        }  # fmt: skip
