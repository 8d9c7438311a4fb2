"""出处: one number opened, from the formula with the figures in it down to file, sheet and cell, and the clause."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from junheng.engine.trace_node import TraceNode
from junheng.reports.xlsx import workbook_of
from junheng.web.dashboards.queries import release_for
from junheng.web.dashboards.tables import grid, said
from junheng.web.dashboards.traced import Asked, NoSuchItem, asked_of, traced
from junheng.web.pages.download import XLSX, download
from junheng.web.reporting.models import CountyRelease
from junheng.web.reporting.queries import UnitInRound


def board_trace(request: HttpRequest, place: UnitInRound, item: str) -> HttpResponse:
    """A county's number, or with a school's code in the URL that school's alone. 404 for what the standard does not have."""
    frozen, asked, nodes = _traced(request, place, item)
    return render(request, "dashboards/trace.html", {"place": place, "frozen": frozen, "nodes": nodes, "asked": asked})


def board_trace_cells(request: HttpRequest, place: UnitInRound, item: str) -> HttpResponse:
    """Every cell the number was made from, as a workbook."""
    frozen, _, nodes = _traced(request, place, item)
    rows = [
        [said(" › ".join(path)), said(node.label), said(node.value), said(node.place.file), said(node.place.sheet), said(node.place.cell), said(node.raw)]
        for root in nodes
        for path, node in _leaves(root, ())
    ]  # fmt: skip
    heads = [("属于", 60), ("项目", 34), ("值", 16), ("文件", 44), ("表", 16), ("格", 8), ("格中写的", 16)]
    made = grid("单元格", f"{nodes[0].label}：用到的单元格", heads, rows, notes=(f"数据版本 {frozen.hash}",))
    return download(workbook_of(nodes[0].label, [made]), f"{place.unit.name}{item}出处.xlsx", XLSX)


def _leaves(node: TraceNode, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], TraceNode]]:
    """Cells and values of the policy, each with what it hangs below."""
    for child in node.children:
        if child.children:
            yield from _leaves(child, (*path, child.label))
        else:
            yield path, child


def _traced(request: HttpRequest, place: UnitInRound, item: str) -> tuple[CountyRelease, Asked, list[TraceNode]]:
    frozen = release_for(place.round, place.unit)
    if frozen is None:
        raise Http404
    asked = asked_of(place, item, request.GET.get("stage", ""), request.GET.get("campus"))
    try:
        return frozen, asked, traced(frozen, asked)
    except NoSuchItem as error:
        raise Http404 from error
