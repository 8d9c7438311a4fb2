"""The tables of an area's page as grids."""

from __future__ import annotations

from collections.abc import Iterator

from junheng.reports.grid import Cell, Grid, Look
from junheng.reports.words import marked
from junheng.web.dashboards.area import Area, between_of, targets_of
from junheng.web.dashboards.summary import Summary
from junheng.web.dashboards.tables import figure, grid, said


def area_tables(area: Area) -> Iterator[Grid]:
    name = f"{area.place.unit.name} {area.place.round.school_year} 年"
    rows = [
        [said(each.unit.name), said(each.unit.code), said(each.unit.parent.name if each.unit.parent else ""),
         said(marked(each.summary.verdict) if each.summary else "还没有冻结的数据"), *_pairs(each.summary), said(each.evaluation),
         said("已认定" if each.recognised else ""), said(each.summary.why if each.summary else "")]
        for each in area.counties
    ]  # fmt: skip
    heads = [("县（市、区）", 20), ("代码", 9), ("市", 12), ("测算结论", 14), ("达标的学校学段", 10), ("学校学段", 10), ("达标的差异系数", 10), ("差异系数", 10),
             ("达标的条目", 10), ("条目", 8), ("省级评估验收", 16), ("国家认定", 10), ("主要原因", 60)]  # fmt: skip
    yield grid("各县", f"{name}各县（市、区）", heads, rows, notes=("测算结论、省级评估验收和国家认定是三件事。",))
    rows = [
        [said(f"{each.due} {each.found.target.title}"), Cell(each.found.counted, Look.WHOLE), Cell(each.found.total, Look.WHOLE), Cell(each.found.needed, Look.WHOLE),
         said(marked(each.mark) if each.mark else "未到期"), said(each.clause), said(each.lacking),
         said("；".join(f"{heading}（{len(units)} 个）：{'、'.join(unit.name for unit in units)}" for heading, units in each.behind))]
        for each in targets_of(area)
    ]  # fmt: skip
    yield grid("目标", f"{name}目标", [("目标", 44), ("已完成", 9), ("全部", 9), ("要求不少于", 12), ("结论", 12), ("出处", 30), ("还缺什么", 60), ("数字背后的县（市、区）", 80)], rows)
    rows = [[said(each.stage_label), *(figure(cv, Look.THREE) for cv in each.cvs)] for each in between_of(area)]
    yield grid("县际差异", f"{name}县际差异系数", [("学段", 8), *((each.code, 10) for each in area.policy.resources)], rows, notes=("以县为单位、按学生数加权，仅供参考，不作判定。",))


def _pairs(summary: Summary | None) -> list[Cell]:
    if summary is None:
        return [said("")] * 6
    return [Cell(number, Look.WHOLE) for pair in (summary.schools, summary.tests, summary.criteria) for number in pair]
