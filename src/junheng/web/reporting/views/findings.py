"""The county's list of findings."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from junheng.web.areas.models import Unit
from junheng.web.pages.download import XLSX, download
from junheng.web.pages.listing import page_of
from junheng.web.reporting.county_findings import (
    Filter,
    counted_by_rule,
    lines_of,
    rule_in_words,
    with_urls,
    workbook,
)
from junheng.web.reporting.queries import UnitInRound
from junheng.web.rights.levels import UnitKind
from junheng.web.rounds.models import Round


def reporting_findings(request: HttpRequest, place: UnitInRound) -> HttpResponse:
    """Cut by rule, school, level, and whether something is still to be done."""
    every, chosen = lines_of(*_county(place)), Filter.of(request.GET.dict())
    kept = [each for each in every if chosen.keeps(each)]
    of_rules = [each for each in every if Filter("", chosen.level, chosen.words, chosen.is_open).keeps(each)]
    page = page_of(request, kept)
    return render(request, "reporting/findings.html", {
        "place": place, "filter": chosen, "page": page, "lines": with_urls(list(page)), "rules": counted_by_rule(of_rules),
        "rule_in_words": rule_in_words(chosen.rule), "all": len(every),
        "errors": sum(each.finding.level == "error" for each in every), "warnings": sum(each.finding.level == "warning" for each in every),
        "units": len({each.submission.pk for each in every}), "open": sum(each.is_open for each in every),
        "query": urlencode({name: value for name, value in request.GET.items() if name != "page" and value}),
    })  # fmt: skip


def reporting_findings_file(request: HttpRequest, place: UnitInRound) -> HttpResponse:
    """The same list, cut the same way, as a workbook."""
    chosen = Filter.of(request.GET.dict())
    kept = [each for each in lines_of(*_county(place)) if chosen.keeps(each)]
    data = workbook(f"{place.unit.name}“{place.round.name}”", kept)
    return download(data, f"{place.unit.name}{place.round.name}校核发现.xlsx", XLSX)


def _county(place: UnitInRound) -> tuple[Round, Unit]:
    if place.unit.kind != UnitKind.COUNTY:
        raise Http404
    return place.round, place.unit
