"""The tables of a what-if as grids: what was changed, and every verdict that comes out otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from junheng.common.stages import Stage
from junheng.reports.grid import Cell, Grid, Look
from junheng.reports.words import marked
from junheng.web.dashboards.changes import Change, in_words
from junheng.web.dashboards.prepared import Prepared
from junheng.web.dashboards.tables import figure, grid, said
from junheng.web.dashboards.templatetags.board_pieces import turned_words
from junheng.web.dashboards.whatif import Outcome
from junheng.web.reporting.queries import UnitInRound
from junheng.web.rights.levels import UnitKind

_NOTE = ("试算，不改任何数据和结论，不能作为结论上报。",)


def whatif_tables(before: Prepared, changes: Sequence[Change], found: Outcome, place: UnitInRound) -> Iterator[Grid]:
    name, policy = f"{place.unit.name} {place.round.school_year} 年试算", next(iter(before.policies.values()))
    rows = [[*map(said, in_words(each, policy, before.schools))] for each in changes]
    yield grid("改动", f"{name}：改了什么", [("项目", 60), ("现在", 20), ("如果", 20)], rows, notes=_NOTE)
    old, new = found.counts
    rows = [[said(marked(each)), Cell(old[each], Look.WHOLE), Cell(new[each], Look.WHOLE)] for each in old.keys() | new.keys()]
    yield grid("县数", f"{name}：多少个县（市、区）", [("结论", 14), ("现在", 10), ("如果", 10)], rows, notes=_NOTE)
    if place.unit.kind == UnitKind.COUNTY:
        yield _cvs(found, place.unit.code, name)
    rows = [
        [said(each.county_name), said(turned_words(each)), said(Stage(each.stage).label if each.stage else "—"), said(marked(each.old)), said(marked(each.new))]
        for each in found.turned
        if each.kind != "county"
    ]  # fmt: skip
    yield grid("会变的各项", f"{name}：会变的各项", [("县（市、区）", 20), ("项目", 50), ("学段", 8), ("现在", 14), ("如果", 14)], rows, notes=_NOTE)


def _cvs(found: Outcome, code: str, name: str) -> Grid:
    rows = [
        [said(each.stage_label), said(each.code), figure(each.old.cv, Look.THREE, missing="待定"), figure(each.new.cv, Look.THREE, missing="待定"),
         Cell(float(each.old.limit.value), Look.TWO), Cell(float(each.new.limit.value), Look.TWO), said(marked(each.old.verdict)), said(marked(each.new.verdict))]
        for each in found.cvs(code)
    ]  # fmt: skip
    heads = [("学段", 8), ("指标", 10), ("现在", 12), ("如果", 12), ("现限值", 10), ("如果的限值", 12), ("现结论", 14), ("如果的结论", 14)]
    return grid("差异系数", f"{name}：差异系数", heads, rows, notes=_NOTE)
