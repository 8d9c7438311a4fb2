"""A number as every board says it: unrounded, as printed, and why it is not there."""

from __future__ import annotations

import math
from typing import Any

from ninja import Schema
from pydantic import Field

from junheng.engine.trace_node import citation
from junheng.policy.in_force import Cited, PolicyInForce
from junheng.reports.grid import round_half_up
from junheng.reports.words import margin_words

NOT_KNOWN = "有学校没有报全"
NOT_REPORTED = "没有报"


class FigureOut(Schema):
    """一个数。没有报全的是 null，并写明为什么；从不用 0 代替。"""

    value: float | None = Field(description="未舍入的值；判定用它")
    shown: str = Field(description="页面和报表上的写法")
    missing: str = Field(description="为什么是 null；空表示有值")


class LimitOut(Schema):
    """一个限值和它的出处。"""

    value: float = Field(description="限值")
    clause: str = Field(description="文件和条款；待核的写在后面")

    @staticmethod
    def of(cited: Cited, policy: PolicyInForce) -> dict[str, Any]:
        return {"value": float(cited.value), "clause": str(citation(policy, cited.source, cited.unverified))}


class MarginOut(Schema):
    """离限值多远。"""

    value: float | None = Field(description="相对限值的余量，小数，不舍入；负的是差多少，null 表示还不能说")
    shown: str = Field(description="页面上的写法")

    @staticmethod
    def of(margin: float | None) -> dict[str, Any]:
        return {"value": margin, "shown": margin_words(margin)}


def figure(value: float | None, shown: str, why: str) -> dict[str, Any]:
    """why: said only where there is no value."""
    return {"value": value, "shown": shown, "missing": "" if value is not None else why}


def bound(value: float | None) -> float | None:
    """An end of an interval: JSON has no infinity."""
    return None if value is None or math.isinf(value) else value


def cv_figure(value: float | None, why: str = NOT_KNOWN) -> dict[str, Any]:
    return figure(value, "待定" if value is None else round_half_up(value, 3), why)
