"""Every table of a page as one workbook."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from junheng.common.errors import UserError
from junheng.reports.grid import Grid
from junheng.reports.xlsx import workbook_of
from junheng.web.dashboards.area import area_of
from junheng.web.dashboards.area_tables import area_tables
from junheng.web.dashboards.changes import Change, all_of
from junheng.web.dashboards.county_tables import county_tables
from junheng.web.dashboards.models import Scenario
from junheng.web.dashboards.opened import facts_with_cells, opened
from junheng.web.dashboards.prepared import Prepared, prepared
from junheng.web.dashboards.queries import loaded, release_for, releases_within
from junheng.web.dashboards.school_tables import school_tables
from junheng.web.dashboards.whatif import what_if
from junheng.web.dashboards.whatif_tables import whatif_tables
from junheng.web.dashboards.years import years_until
from junheng.web.pages.download import XLSX, download
from junheng.web.reporting.queries import UnitInRound
from junheng.web.rights.levels import UnitKind


def board_tables(request: HttpRequest, place: UnitInRound) -> HttpResponse:
    name = place.unit.name
    return download(workbook_of(name, _grids(place)), f"{name}{place.round.school_year}学年看板.xlsx", XLSX)


def _grids(place: UnitInRound) -> Iterator[Grid]:
    if place.unit.kind in (UnitKind.PROVINCE, UnitKind.CITY):
        return area_tables(area_of(place))
    frozen = release_for(place.round, place.unit)
    if frozen is None:
        raise Http404
    found = opened(frozen)
    if place.unit.kind == UnitKind.COUNTY:
        return county_tables(found, years_until(frozen))
    return school_tables(found, facts_with_cells(frozen, place.unit.code), place.unit.code, place.unit.name, years_until(frozen))


def whatif_book(request: HttpRequest, place: UnitInRound) -> HttpResponse:
    """Of the changes in the address, as on the page."""
    releases = releases_within(place)
    if not releases:
        raise Http404
    before = prepared(releases)
    try:
        return _whatif(before, all_of(request.GET.getlist("c")), place)
    except UserError as error:
        messages.error(request, str(error))
        return redirect("whatif", round_id=place.round.pk, code=place.unit.code)


def scenario_book(request: HttpRequest, kept: Scenario) -> HttpResponse:
    releases = loaded(kept.releases)
    if len(releases) < len(kept.releases):
        raise Http404
    return _whatif(prepared(releases), all_of(kept.changes), UnitInRound(kept.round, kept.unit))


def _whatif(before: Prepared, changes: list[Change], place: UnitInRound) -> HttpResponse:
    if not changes:
        raise UserError("还没有改动，没有可以导出的", remedy="请先改一个数")
    grids = whatif_tables(before, changes, what_if(before, changes), place)
    return download(workbook_of(place.unit.name, grids), f"{place.unit.name}{place.round.school_year}学年试算.xlsx", XLSX)
