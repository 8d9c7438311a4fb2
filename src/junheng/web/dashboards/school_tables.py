"""The tables of a school's page as grids."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from junheng.common.school_years import school_year_label
from junheng.intake.model import Facts
from junheng.reports.grid import Grid
from junheng.reports.words import marked
from junheng.web.dashboards.opened import Opened
from junheng.web.dashboards.school import items_of, reported_of, stages_of
from junheng.web.dashboards.tables import grid, said
from junheng.web.dashboards.years import Year


def school_tables(found: Opened, facts: Facts, code: str, name: str, years: Sequence[Year]) -> Iterator[Grid]:
    """facts: with cells."""
    labels = [school_year_label(each.school_year) for each in years]
    rows = [
        [said(stage.line.shown["name"]), said(stage.line.stage_label), said(f"{each.code} {each.title}"), said(each.unit), said(each.cell["text"]),
         said(f"{each.cell['sign']} {each.cell['word']}"), said(each.limit), said(each.margin), said(each.gap), *map(said, each.years)]
        for stage in stages_of(found, code, years)
        for each in stage.figures
    ]  # fmt: skip
    heads = [("学校", 26), ("学段", 8), ("指标", 38), ("单位", 12), ("现值", 12), ("结论", 12), ("要求", 18), ("余量", 12), ("还差", 40), *((label, 14) for label in labels)]
    yield grid("指标", f"{name}七项指标", heads, rows)
    rows = [
        [said(each.title), said(each.figure), said(each.required), said(marked(each.verdict) if each.verdict else "不在本项范围"), said(each.clause)]
        for each in items_of(found, code)
    ]  # fmt: skip
    yield grid("条目", f"{name}逐校判定的条目", [("条目", 40), ("本校情况", 50), ("要求", 20), ("结论", 14), ("依据", 30)], rows)
    rows = [
        [said(group), said(each.column.label), said(each.value), said(each.place if each.place.file else "")]
        for group, lines in reported_of(facts, code)
        for each in lines
    ]  # fmt: skip
    yield grid("上报数据", f"{name}上报的数据和出处", [("类别", 18), ("项目", 40), ("上报值", 18), ("出处", 50)], rows)
