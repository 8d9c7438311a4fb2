"""出处: one number opened, from the formula with the figures in it down to file, sheet and cell, and the clause."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from junheng.common.errors import UserError
from junheng.common.stages import COMPULSORY_STAGES, Stage
from junheng.engine.trace import trace_criterion, trace_indicator
from junheng.engine.trace_node import TraceNode
from junheng.intake.model import Facts
from junheng.judging.result import Verdict
from junheng.policy.in_force import PolicyInForce
from junheng.reports.words import marked
from junheng.reports.xlsx import workbook_of
from junheng.web.dashboards.opened import Opened, facts_with_cells, opened
from junheng.web.dashboards.queries import release_for
from junheng.web.dashboards.school import BY_SCHOOL
from junheng.web.dashboards.tables import grid, said
from junheng.web.pages.download import XLSX, download
from junheng.web.reporting.models import CountyRelease
from junheng.web.reporting.queries import UnitInRound
from junheng.web.rights.levels import UnitKind


@dataclass(frozen=True)
class Asked:
    """Which number. school: "" = the county's; stage: None = both."""

    item: str
    stage: Stage | None
    school: str
    campus: str | None


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
    stage = request.GET.get("stage", "")
    asked = Asked(item, Stage(stage) if stage in set(COMPULSORY_STAGES) else None,
                  place.unit.code if place.unit.kind == UnitKind.SCHOOL else "", request.GET.get("campus"))  # fmt: skip
    return frozen, asked, _nodes(frozen, opened(frozen), asked)


def _nodes(frozen: CountyRelease, found: Opened, asked: Asked) -> list[TraceNode]:
    facts, policy, county = facts_with_cells(frozen, asked.school), found.policy, frozen.unit.code
    try:
        if any(each.id == asked.item for each in policy.criteria):
            if asked.school:
                return [_of_school(facts, policy, county, asked)]
            return [trace_criterion(facts, policy, county, asked.item, conclusion=marked(found.verdict.criteria[asked.item].conclusion))]
        stages = [asked.stage] if asked.stage else [stage for stage in COMPULSORY_STAGES if _has(found, asked, stage)]
        return [
            trace_indicator(facts, policy, county, stage, asked.item, asked.school or None, campus=asked.campus,
                            conclusion=_conclusion(found, asked, stage))
            for stage in stages
        ]  # fmt: skip
    except (UserError, KeyError) as error:
        raise Http404 from error


def _of_school(facts: Facts, policy: PolicyInForce, county: str, asked: Asked) -> TraceNode:
    """What the criterion asks of single schools, for this one alone: the county's figures and its 评定表 are not the school's.
    Raises KeyError for a criterion that asks nothing of single schools."""
    criterion = next(each for each in policy.criteria if each.id == asked.item)
    demands = tuple(each for each in criterion.demands if each.scope in BY_SCHOOL)
    if not demands:
        raise KeyError(asked.item)
    own = replace(policy, criteria=(replace(criterion, demands=demands, evidence=(), evidence_unless=()),))
    without = Facts(facts.school_year, school=facts.school, county=facts.county, cells=facts.cells)
    return trace_criterion(without, own, county, asked.item, asked.school)


def _has(found: Opened, asked: Asked, stage: Stage) -> bool:
    """Whether the county, or the school, has the stage at all."""
    schools = found.verdict.stages[str(stage)].schools
    return any(asked.school in ("", each.code) for each in schools)


def _conclusion(found: Opened, asked: Asked, stage: Stage) -> str:
    judged = found.verdict.stages[str(stage)]
    if not asked.school:
        return next((marked(each.verdict) for each in judged.balance if asked.item in (each.code, each.indicator)), "")
    for school in judged.schools:
        if school.code == asked.school and asked.campus in (None, school.campus):
            met = next((each.met for each in school.indicators if asked.item in (each.code, each.indicator)), None)
            return marked(Verdict.INSUFFICIENT if met is None else Verdict.PASS if met else Verdict.FAIL)
    return ""
