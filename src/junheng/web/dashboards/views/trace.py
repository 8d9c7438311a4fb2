"""出处: one number opened, from the formula with the figures in it down to file, sheet and cell, and the clause."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from junheng.common.errors import UserError
from junheng.common.stages import COMPULSORY_STAGES, Stage
from junheng.engine.trace import trace_criterion, trace_indicator
from junheng.engine.trace_node import TraceNode
from junheng.judging.result import Verdict
from junheng.reports.words import marked
from junheng.web.dashboards.opened import Opened, facts_with_cells, opened
from junheng.web.dashboards.queries import release_for
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
    frozen = release_for(place.round, place.unit)
    if frozen is None:
        raise Http404
    stage = request.GET.get("stage", "")
    asked = Asked(item, Stage(stage) if stage in set(COMPULSORY_STAGES) else None,
                  place.unit.code if place.unit.kind == UnitKind.SCHOOL else "", request.GET.get("campus"))  # fmt: skip
    nodes = _nodes(frozen, opened(frozen), asked)
    return render(request, "dashboards/trace.html", {"place": place, "frozen": frozen, "nodes": nodes, "asked": asked})


def _nodes(frozen: CountyRelease, found: Opened, asked: Asked) -> list[TraceNode]:
    facts, policy, county = facts_with_cells(frozen), found.policy, frozen.unit.code
    try:
        if any(each.id == asked.item for each in policy.criteria):
            conclusion = "" if asked.school else marked(found.verdict.criteria[asked.item].conclusion)
            return [trace_criterion(facts, policy, county, asked.item, asked.school or None, conclusion=conclusion)]
        stages = [asked.stage] if asked.stage else [stage for stage in COMPULSORY_STAGES if _has(found, asked, stage)]
        return [
            trace_indicator(facts, policy, county, stage, asked.item, asked.school or None, campus=asked.campus,
                            conclusion=_conclusion(found, asked, stage))
            for stage in stages
        ]  # fmt: skip
    except (UserError, KeyError) as error:
        raise Http404 from error


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
