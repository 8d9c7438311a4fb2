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

    id: int
    unit: UnitRef
    round: int
    title: str
    criterion: str = Field(description="条目或指标的编号；空表示都不是")
    clause: str
    current: str
    required: str
    gap: str = Field(description="还差多少")
    shortfall: Literal["fail", "insufficient"]
    severity: Literal["normal", "serious", "grave"]
    source: str = Field(description="release:…、visit:…、objection:… 或 manual")
    department: str = Field(description="责任部门；空表示责任单位自己")
    state: StateOut
    moves: int
    entered_at: datetime
    due_on: date | None = Field(description="现在这一步的期限")
    finish_on: date | None = Field(description="责任单位报的完成时限")
    escalation: StateOut
    measures: str
    result: str = Field(description="整改情况")
    raised_at: datetime
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
