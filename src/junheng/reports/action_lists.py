"""问题清单, 任务清单 and 责任清单: what is short, what to do about it, and whose task it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from junheng.judging.result import Verdict
from junheng.reports.context import CountyReport
from junheng.reports.grid import Cell, Grid, Line, Look, head_lines
from junheng.reports.problems import Problem
from junheng.reports.words import MARKS
from junheng.reports.xlsx import Book

_TO_FILL = "待定"


def write_action_lists(folder: Path, report: CountyReport, found: Sequence[Problem]) -> list[Path]:
    """Write the three lists, one workbook each; they are written even when nothing is short."""
    paths = []
    for make in (problem_list, task_list, duty_list):
        grid = make(report, found)
        path = folder / f"{grid.name}.xlsx"
        with Book(path, title=grid.title) as book:
            book.add(grid)
        paths.append(path)
    return paths


def problem_list(report: CountyReport, found: Sequence[Problem]) -> Grid:
    """One line per shortfall."""
    lines = [
        [Cell(n, Look.WHOLE), Cell(f"{MARKS[p.verdict]} {p.verdict.label}", Look.CENTRE), Cell(p.subject), Cell(p.item), Cell(p.clause),
         Cell(p.current, Look.CENTRE), Cell(p.required, Look.CENTRE), Cell(p.gap or "—"), Cell(p.source or "—")]
        for n, p in enumerate(found, 1)
    ]  # fmt: skip
    heads = ("序号", "结论", "学校或县（区）", "问题项目", "条款", "现状", "要求", "还差", "来源")
    return _grid(report, "问题清单", heads, (6, 10, 26, 32, 24, 28, 16, 30, 34), lines)


def task_list(report: CountyReport, found: Sequence[Problem]) -> Grid:
    """What to do about each shortfall."""
    lines = [
        [Cell(n, Look.WHOLE), Cell(p.subject), Cell(p.item), Cell(p.remedy.measure), Cell(_goal(p)), Cell(p.remedy.lead, Look.CENTRE),
         Cell(_TO_FILL, Look.CENTRE), Cell("", Look.CENTRE)]
        for n, p in enumerate(found, 1)
    ]  # fmt: skip
    heads = ("序号", "学校或县（区）", "问题项目", "任务（建议措施）", "量化目标", "牵头部门", "完成期限", "进展")
    return _grid(report, "任务清单", heads, (6, 26, 32, 44, 34, 12, 12, 16), lines)


def duty_list(report: CountyReport, found: Sequence[Problem]) -> Grid:
    """The same tasks by department."""
    numbered = sorted(enumerate(found, 1), key=lambda pair: (pair[1].remedy.lead, pair[0]))
    lines = [
        [Cell(p.remedy.lead, Look.CENTRE), Cell(p.remedy.partners or "—", Look.CENTRE), Cell(f"{p.subject}：{p.item}"), Cell(p.remedy.measure),
         Cell(n, Look.WHOLE), Cell(_TO_FILL, Look.CENTRE), Cell(_TO_FILL, Look.CENTRE)]
        for n, p in numbered
    ]  # fmt: skip
    heads = ("责任部门", "配合部门", "责任事项", "任务（建议措施）", "问题序号", "责任人", "完成期限")
    return _grid(report, "责任清单", heads, (12, 24, 52, 44, 10, 12, 12), lines)


def _goal(problem: Problem) -> str:
    if problem.verdict is Verdict.INSUFFICIENT:
        return "补报或评定后重新判定"
    return problem.gap or f"达到 {problem.required}".strip()


def _grid(report: CountyReport, name: str, heads: tuple[str, ...], widths: tuple[float, ...], lines: list[list[Cell]]) -> Grid:
    note = "注：建议措施和责任部门由规则生成，供研究时参考；完成期限、责任人由使用者填写。结论为“待定”的，补报或评定后重新判定。"
    return list_grid(name, f"{report.county_name}义务教育{report.subject}发展{name}", report.heading, dict(zip(heads, widths, strict=True)), lines,
                     "没有发现问题：各项均达标，无缺报。", note)  # fmt: skip


def list_grid(
    name: str, title: str, subtitle: str, columns: Mapping[str, float], lines: Sequence[Line], nothing: str, note: str
) -> Grid:
    """One of the lists. columns: head → width; nothing: what is printed where there are no lines."""
    body = lines or [[Cell(nothing, cols=len(columns)), *[None] * (len(columns) - 1)]]
    boxes = [(f"{letter}1", head) for letter, head in zip("ABCDEFGHIJKL", columns, strict=False)]
    return Grid(name, title, tuple(columns.values()), head_lines(len(columns), *boxes), body, (note,), subtitle=subtitle)
