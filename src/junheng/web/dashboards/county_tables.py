"""The tables of the county's page as grids."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from junheng.common.stages import Stage
from junheng.judging.result import Verdict
from junheng.reports.grid import Cell, Grid, Look
from junheng.reports.words import marked
from junheng.web.dashboards.county import ends_of, influences_of, lines_of, missing_of
from junheng.web.dashboards.county_years import cv_trends
from junheng.web.dashboards.opened import Opened
from junheng.web.dashboards.tables import figure, grid, said, share
from junheng.web.dashboards.years import Year


def county_tables(found: Opened, years: Sequence[Year]) -> Iterator[Grid]:
    name = f"{found.report.county_name} {found.verdict.school_year} 年"
    yield _balance(found, name)
    yield _schools(found, name)
    yield _influences(found, name)
    yield _missing(found, name)
    yield _ends(found, name)
    yield from _years(found, years, name)
    yield _criteria(found, name)


def _balance(found: Opened, name: str) -> Grid:
    titles = {each.code: each.title for each in found.policy.resources}
    rows = [
        [said(Stage(id).label), said(f"{each.code} {titles[each.code]}"), figure(each.mean), figure(each.sd, Look.THREE), figure(each.cv, Look.THREE),
         Cell(float(each.limit.value), Look.TWO), share(each.margin), said(marked(each.verdict)), figure(each.known_cv, Look.THREE), said(each.note)]
        for id, stage in found.verdict.stages.items()
        for each in stage.balance
    ]  # fmt: skip
    heads = [("学段", 8), ("指标", 40), ("全县均值", 12), ("标准差", 12), ("差异系数", 12), ("限值", 8), ("余量", 10), ("结论", 12), ("已报学校的差异系数", 16), ("备注", 20)]
    return grid("差异系数", f"{name}校际差异系数", heads, rows, notes=("判定用未舍入值；有缺报的不作判定，“已报学校的差异系数”仅供参考。",))


def _schools(found: Opened, name: str) -> Grid:
    resources = found.view["heads"]
    rows = [
        [said(line.shown["name"]), said(line.school.code), said(line.stage_label), figure(line.school.students, Look.WHOLE, missing="未报"),
         said(marked(line.school.verdict)), said(line.margin_words), *(figure(each.value, missing="未报") for each in line.school.indicators)]
        for line in lines_of(found)
    ]  # fmt: skip
    heads = [("学校", 28), ("标识码", 13), ("学段", 8), ("学生（人）", 10), ("结论", 12), ("最紧", 14), *((f"{each['code']} {each['short']}（{each['unit']}）", 14) for each in resources)]
    return grid("逐校逐项", f"{name}逐校逐项", heads, rows, notes=("最差的学校在前。",))


def _influences(found: Opened, name: str) -> Grid:
    rows = [
        [said(each.stage_label), said(each.title), said(each.school), figure(each.cv, Look.THREE), figure(each.if_brought, Look.THREE),
         said("能" if each.flips_if_brought else "不能"), figure(each.if_left_out, Look.THREE), said("能" if each.flips_if_left_out else "不能")]
        for each in influences_of(found)
    ]  # fmt: skip
    heads = [("学段", 8), ("指标", 40), ("学校", 28), ("现差异系数", 12), ("补到限值后", 12), ("能否达标", 10), ("剔除该校后", 12), ("能否达标", 10)]
    return grid("影响校", f"{name}拉开差距的学校", heads, rows)


def _missing(found: Opened, name: str) -> Grid:
    rows = [[said(each.school), said(each.stage_label), said(each.title), said(each.known)] for each in missing_of(found)]
    return grid("缺报", f"{name}没有报全的数", [("学校", 28), ("学段", 8), ("指标", 40), ("现在能说的", 30)], rows, notes=("缺报不作零；补报后自动重算。",))


def _ends(found: Opened, name: str) -> Grid:
    rows = [[said(each.title), said(each.value), said(each.limit), share(each.margin), said(marked(each.verdict))] for each in ends_of(found)]
    return grid("余量排序", f"{name}各项余量（最紧的在前）", [("项目", 50), ("现值", 20), ("限值", 16), ("余量", 10), ("结论", 12)], rows)


def _criteria(found: Opened, name: str) -> Grid:
    rows = [
        [said(group["label"]), said(item["number"]), said(item["title"]), said(item["told"]), said(f"{item['mark']['sign']} {item['mark']['word']}"), said(item["clause"])]
        for group in found.view["groups"]
        for item in group["items"]
    ]  # fmt: skip
    heads = [("类别", 14), ("序号", 6), ("条目", 40), ("指标值或简要结论", 50), ("结论", 12), ("条款", 30)]
    return grid("保障与质量", f"{name}政府保障、教育质量与社会认可", heads, rows)


def _years(found: Opened, years: Sequence[Year], name: str) -> Iterator[Grid]:
    """None with a single year, as on the page."""
    trends = cv_trends(found, years)
    if trends is not None:
        rows = [[said(each.stage_label), said(each.title), *map(said, each.values), said(each.limit)] for each in trends.cvs]
        rows.append([said("全县"), said("总结论"), *(said(marked(Verdict(each))) for each in trends.verdicts), said("")])
        heads = [("学段", 8), ("指标", 40), *((label, 16) for label in trends.labels), ("限值", 10)]
        yield grid("历年", f"{name}历年差异系数", heads, rows)
