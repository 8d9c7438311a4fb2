"""Blank 单价表 and 约束表 for 达标方案: the built-in prices to be replaced, the county's schools to be pinned."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from junheng.intake.model import Row
from junheng.planning.improvement.levers import LEVERS
from junheng.planning.improvement.tables import COST_HEADINGS, PIN_HEADINGS
from junheng.planning.improvement.unit_costs import built_in_costs
from junheng.reports.grid import Cell, Grid, Look
from junheng.reports.xlsx import Book

COSTS, PINS = "单价表.xlsx", "约束表.xlsx"


def write_templates(folder: Path, schools: Sequence[Row]) -> tuple[Path, Path]:
    """Write both tables into a folder that exists; returns their paths."""
    with Book(folder / COSTS, title="达标方案单价表") as book:
        book.add(_costs())
    with Book(folder / PINS, title="达标方案约束表") as book:
        book.add(_pins(schools))
        book.add(_measures())
    return folder / COSTS, folder / PINS


def _costs() -> Grid:
    body = [
        [Cell(each.title), Cell(each.unit, Look.CENTRE), *(Cell(float(yuan), Look.TWO) for yuan in (each.low_yuan, each.usual_yuan, each.high_yuan)),
         Cell("是" if each.yearly else "否", Look.CENTRE), Cell("" if each.county_most is None else str(each.county_most), Look.CENTRE),
         Cell(each.source), Cell(each.unverified)]
        for each in built_in_costs().values()
    ]  # fmt: skip
    return Grid("单价表", "达标方案单价表", (34, 7, 14, 14, 14, 10, 10, 40, 40), [[Cell(title, Look.HEAD) for title in COST_HEADINGS]], body,
                ("自带单价只是示例，请换成本地核定的单价；删去一行，方案就不用这项措施。“全县上限”留空为不限（例如空编数、财政可安排的间数）。",))  # fmt: skip


def _pins(schools: Sequence[Row]) -> Grid:
    body = [[Cell(str(row["school_code"] or ""), Look.CENTRE), Cell(str(row["campus"] or "")), *[Cell("")] * (len(PIN_HEADINGS) - 3), Cell(str(row["school_name"] or ""))]
            for row in schools]  # fmt: skip
    return Grid("约束表", "达标方案约束表", (14, 14, 8, 34, 8, 10, 10, 10, 10, 40), [[Cell(title, Look.HEAD) for title in PIN_HEADINGS]], body, (
        "一行一条，可自行加行；没有数字的行不起作用。学校标识码留空为所有学校，学段、措施留空为所有。",
        "“调出”填“是”时，最少、最多说的是从这所学校调出的数量：不许动的学校填“调出=是，最多=0”。",
        "“固定”等于最少和最多相同。“优先次序”填 1、2、3……，数字小的学校先安排。",
    ))  # fmt: skip


def _measures() -> Grid:
    body = [[Cell(each.title), Cell(each.unit, Look.CENTRE), Cell("可调出" if each.moves else "", Look.CENTRE), Cell(each.profile)] for each in LEVERS]
    return Grid("措施名称", "可以写进约束表的措施", (36, 8, 10, 50), [[Cell(name, Look.HEAD) for name in ("措施", "单位", "调出", "说明")]], body)
