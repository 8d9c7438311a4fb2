"""Plans side by side, on a page and as a workbook."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from junheng.reports.grid import Cell, Grid, Look
from junheng.reports.xlsx import workbook_of
from junheng.web.accounts.signed_in import me
from junheng.web.desk.bars import charts_of
from junheng.web.desk.comparison import MOST, Comparison, compare
from junheng.web.desk.models import Plan
from junheng.web.desk.places import Drawing, drawing_of
from junheng.web.desk.queries import side_by_side
from junheng.web.pages.download import XLSX, download
from junheng.web.pages.listing import page_of


def compared(request: HttpRequest) -> HttpResponse:
    """Two to four plans ("p") of one planner."""
    plans = side_by_side(me(request), request.GET.getlist("p"))
    if fault := _fault(plans):
        messages.error(request, fault)
        return redirect("plans")
    found = compare(plans)
    measures = page_of(request, found.measures)
    context = {"found": found, "charts": charts_of(found), "maps": _maps(plans), "page": measures, "asked_for": urlencode([("p", each.pk) for each in plans]), "columns": list(zip(plans, found.answers, found.gaps, strict=True))}
    return render(request, "desk/compare.html", context)


def compared_book(request: HttpRequest) -> HttpResponse:
    plans = side_by_side(me(request), request.GET.getlist("p"))
    if _fault(plans):
        raise Http404
    return download(workbook_of("方案比较", _grids(compare(plans))), f"{plans[0].planner_label}比较.xlsx", XLSX)


def _maps(plans: Sequence[Plan]) -> list[tuple[Plan, Drawing]]:
    """Of those that have one; each in its last period."""
    drawn = [(each, drawing_of(each, list(each.files.all()))) for each in plans]
    return [(plan, drawing) for plan, drawing in drawn if drawing is not None and drawing.sketch is not None]


def _fault(plans: Sequence[Plan]) -> str:
    if len(plans) < 2:
        return "比较要选两个以上已求得的方案。请在列表里勾选，再点“比较选中的方案”。"
    if len(plans) > MOST:
        return f"一次最多比较 {MOST} 个方案。请少选几个。"
    return "" if len({each.planner for each in plans}) == 1 else "只有同一种规划的方案能比较。请按规划筛选后再选。"


def _grids(found: Comparison) -> Iterator[Grid]:
    names = [each.name for each in found.plans]
    widths = (28.0, *(24.0 for _ in names))
    yield _grid("结论", widths, ["", *names], [["结论", *(each.headline for each in found.plans)], ["离最好的差", *found.gaps], ["还要知道", *("；".join(each.lines) or "没有" for each in found.answers)],
                                            ["为什么没有方案", *("；".join(each.reasons) or "有方案" for each in found.answers)]])  # fmt: skip
    figures = [[f"{each.label}{f'（{each.rule}）' if each.rule else ''}", *(f"{words}{'（较好）' if best else ''}" for words, best in each.cells)] for each in found.figures]
    yield _grid("数字", widths, ["项目", *names], figures)
    yield _grid("条件", widths, ["条件（只列不同的）", *names], [[label, *words] for label, words in found.asked])
    measures = [[each.school, each.what, *(amount or "不做" for amount in each.amounts)] for each in found.measures]
    yield _grid("措施", (24.0, 28.0, *(20.0 for _ in names)), ["学校", "措施（只列不同的）", *names], measures)


def _grid(name: str, widths: tuple[float, ...], head: Sequence[str], body: Sequence[Sequence[str]]) -> Grid:
    return Grid(name, f"方案比较：{name}", widths, [[Cell(each, Look.HEAD) for each in head]], [[Cell(each) for each in line] for line in body])
