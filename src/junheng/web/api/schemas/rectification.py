"""Problems and how they are mended."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from ninja import Schema
from pydantic import Field

from junheng.web.accounts.models import User
from junheng.web.api.schemas.common import StateOut, UnitRef
from junheng.web.api.schemas.steps import StepOut, steps_of
from junheng.web.rectification.models import Problem

OFFERED = ("plan", "submit")
"""What a program may do with a problem: report how it is mended. Verifying and closing are judgements: people take them."""


class ProblemItem(Schema):
    """一个要整改的问题。"""

    id: int = Field(description="编号")
    unit: UnitRef = Field(description="单位")
    round: int = Field(description="轮次的编号")
    title: str = Field(description="标题")
    criterion: str = Field(description="条目或指标的编号；空表示都不是")
    clause: str = Field(description="条款")
    current: str = Field(description="现状")
    required: str = Field(description="要求")
    gap: str = Field(description="还差多少")
    shortfall: Literal["fail", "insufficient"] = Field(description="未达标、待定")
    severity: Literal["normal", "serious", "grave"] = Field(description="一般、较重、严重")
    source: str = Field(description="release:…、visit:…、objection:… 或 manual")
    department: str = Field(description="责任部门；空表示责任单位自己")
    state: StateOut = Field(description="状态")
    moves: int = Field(description="走过几步；办理时送回，别人先办了就会告知")
    entered_at: datetime = Field(description="进入现在状态的时间")
    due_on: date | None = Field(description="现在这一步的期限")
    finish_on: date | None = Field(description="责任单位报的完成时限")
    escalation: StateOut = Field(description="督办升级到哪一级")
    measures: str = Field(description="整改措施")
    result: str = Field(description="整改情况")
    raised_at: datetime = Field(description="登记时间")
    came_back_from: int | None = Field(description="前次销号的同一问题")
    steps: list[StepOut] = Field(description="令牌所有人现在可以办的")

    @staticmethod
    def of(problem: Problem, user: User) -> dict[str, Any]:
        plain = ("title", "criterion", "clause", "current", "required", "gap", "shortfall", "severity", "source", "department", "moves",
                 "entered_at", "due_on", "finish_on", "measures", "result", "raised_at")  # fmt: skip
        return {name: getattr(problem, name) for name in plain} | {
            "id": problem.pk, "unit": UnitRef.of(problem.unit), "round": problem.round_id, "state": StateOut.of(problem),
            "escalation": StateOut.of(problem.escalation), "came_back_from": problem.came_back_from_id,
            "steps": steps_of(problem, OFFERED, user),
        }  # fmt: skip
