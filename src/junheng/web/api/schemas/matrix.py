"""The matrix: schools by indicators."""

from __future__ import annotations

from typing import Any

from ninja import Schema
from pydantic import Field

from junheng.judging.result import IndicatorVerdict
from junheng.reports.measured_words import resource_value, school_gap_words
from junheng.web.api.schemas.figures import NOT_REPORTED, FigureOut, LimitOut, MarginOut, bound, figure
from junheng.web.api.schemas.releases import VerdictId
from junheng.web.dashboards.county import Line
from junheng.web.dashboards.opened import Opened


class CellOut(Schema):
    """矩阵里的一格。"""

    code: str = Field(description="指标 L1–L7")
    value: FigureOut = Field(description="生均值")
    low: float | None = Field(description="没有报全时最小可能是多少；null 表示不知道")
    high: float | None = Field(description="最大可能是多少；null 表示没有上限")
    limit: LimitOut = Field(description="限值")
    met: bool | None = Field(description="达到限值；null 表示还不能说")
    near: bool | None = Field(description="没有达到限值，但达到 85% 线；null 表示还不能说")
    margin: MarginOut = Field(description="余量")
    gap: str = Field(description="还差什么；空表示不差或还不能说")
    exception: str = Field(description="按哪一条例外计算；空表示没有")

    @staticmethod
    def of(line: Line, each: IndicatorVerdict, found: Opened) -> dict[str, Any]:
        return {
            "code": each.code, "value": figure(each.value, resource_value(each), "没有报全"), "low": bound(each.lo), "high": bound(each.hi),
            "limit": LimitOut.of(each.limit, found.policy), "met": each.met, "near": each.near, "margin": MarginOut.of(each.margin),
            "gap": school_gap_words(line.school, each), "exception": each.exception,
        }  # fmt: skip


class StageLineOut(Schema):
    """一所学校一个学段。"""

    code: str = Field(description="学校标识码")
    campus: str = Field(description="校区；空表示全校")
    name: str = Field(description="学校")
    stage: str = Field(description="primary 小学、junior 初中")
    stage_label: str = Field(description="学段")
    students: FigureOut = Field(description="学生数")
    verdict: VerdictId = Field(description="按逐校的要求判定的结论")
    binding: str = Field(description="余量最小的指标；空表示没有")
    margin: MarginOut = Field(description="那一项的余量")
    cells: list[CellOut] = Field(description="逐项")

    @staticmethod
    def of_line(line: Line, found: Opened) -> dict[str, Any]:
        school = line.school
        students = figure(school.students, "未报" if school.students is None else f"{school.students:,}", NOT_REPORTED)
        return {
            "code": school.code, "campus": school.campus, "name": school.name, "stage": school.stage, "stage_label": line.stage_label,
            "students": students, "verdict": school.verdict, "binding": school.binding, "margin": MarginOut.of(line.margin),
            "cells": [CellOut.of(line, each, found) for each in school.indicators],
        }  # fmt: skip


class SchoolLineOut(StageLineOut):
    """矩阵里的一行：一所学校一个学段。"""

    rank: int = Field(description="全县的名次，1 最差")

    @staticmethod
    def of(rank: int, line: Line, found: Opened) -> dict[str, Any]:
        return StageLineOut.of_line(line, found) | {"rank": rank}
