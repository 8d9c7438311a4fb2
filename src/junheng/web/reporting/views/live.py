"""The county as it stands: verdict, why, gauges, schools × indicators, what is missing; and every number opened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from junheng.common.errors import UserError
from junheng.common.stages import COMPULSORY_STAGES, Stage
from junheng.engine.trace import trace_criterion, trace_indicator
from junheng.engine.trace_node import TraceNode
from junheng.intake.model import Facts
from junheng.judging.result import SchoolVerdict, Verdict
from junheng.policy.in_force import PolicyInForce
from junheng.reports.words import school_label
from junheng.web.pages.listing import page_of
from junheng.web.reporting import live
from junheng.web.reporting.frozen import open_kept
from junheng.web.reporting.judged import policy_of
from junheng.web.reporting.models import CountyRelease
from junheng.web.reporting.queries import UnitInRound
from junheng.web.rights.levels import UnitKind

_ORDER = {Verdict.FAIL: 0, Verdict.INSUFFICIENT: 1, Verdict.PASS: 2}


@dataclass(frozen=True)
class Row:
    """A school's stage in the matrix."""

    school: SchoolVerdict
    stage: str
    stage_label: str
    name: str

    @property
    def worst(self) -> tuple[int, float]:
        margins = [each.margin for each in self.school.indicators if each.margin is not None]
        return (_ORDER[self.school.verdict], min(margins, default=0.0))


def reporting_live(request: HttpRequest, place: UnitInRound) -> HttpResponse:
    if place.unit.kind != UnitKind.COUNTY:
        raise Http404
    found = live.verdict(place.round, place.unit)
    if found is None:
        return render(request, "reporting/live.html", {"place": place, "found": None})
    verdict, indicator = found.judged.verdict, request.GET.get("indicator", "")
    rows = [
        Row(school, stage, Stage(stage).label, school_label(school.name or school.code, school.campus))
        for stage, judged in verdict.stages.items()
        for school in judged.schools
        if not indicator or any(each.code == indicator and not each.met for each in school.indicators)
    ]
    rows.sort(key=lambda row: row.worst)
    return render(request, "reporting/live.html", {
        "place": place, "found": found, "verdict": verdict, "page": page_of(request, rows), "indicator": indicator,
        "resources": found.judged.policy.resources, "stages": [(Stage(stage).label, stage, judged) for stage, judged in verdict.stages.items()],
        "criteria": [each for each in verdict.criteria.values() if each.conclusion is not Verdict.PASS], "silent": found.at.silent,
    })  # fmt: skip


def reporting_trace(request: HttpRequest, place: UnitInRound, item: str) -> HttpResponse:
    """One number of the live verdict, opened down to the cells and the clause."""
    found = live.verdict(place.round, place.unit) if place.unit.kind == UnitKind.COUNTY else None
    if found is None:
        raise Http404
    nodes = _opened(request, found.with_places(), found.judged.policy, place.unit.code, item)
    return render(request, "reporting/trace.html", {"place": place, "nodes": nodes, "frozen": None})


def county_release_trace(request: HttpRequest, frozen: CountyRelease, item: str) -> HttpResponse:
    """One number of a frozen release, opened."""
    facts = open_kept(frozen.key).facts()
    policy = policy_of(frozen.policy, frozen.unit.code, facts.school_year)[frozen.unit.code]
    nodes = _opened(request, facts, policy, frozen.unit.code, item)
    return render(request, "reporting/trace.html", {"frozen": frozen, "nodes": nodes, "place": UnitInRound(frozen.round, frozen.unit)})


def _opened(request: HttpRequest, facts: Facts, policy: PolicyInForce, county: str, item: str) -> list[TraceNode]:
    """Raises Http404 for an item the standard does not have."""
    asked: dict[str, Any] = {name: request.GET.get(name) or None for name in ("stage", "school", "campus")}
    try:
        if any(each.id == item for each in policy.criteria):
            return [trace_criterion(facts, policy, county, item, asked["school"])]
        stages = [Stage(asked["stage"])] if asked["stage"] in set(COMPULSORY_STAGES) else list(COMPULSORY_STAGES)
        return [trace_indicator(facts, policy, county, stage, item, asked["school"], campus=asked["campus"]) for stage in stages]
    except (UserError, KeyError) as error:
        raise Http404 from error
