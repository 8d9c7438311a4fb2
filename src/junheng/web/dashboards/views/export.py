"""Every table of a page as one workbook."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import Http404, HttpRequest, HttpResponse

from junheng.reports.grid import Grid
from junheng.reports.xlsx import workbook_of
from junheng.web.dashboards.area import area_of
from junheng.web.dashboards.area_tables import area_tables
from junheng.web.dashboards.county_tables import county_tables
from junheng.web.dashboards.opened import facts_with_cells, opened
from junheng.web.dashboards.queries import release_for
from junheng.web.dashboards.school_tables import school_tables
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
        return county_tables(found)
    return school_tables(found, facts_with_cells(frozen, place.unit.code), place.unit.code, place.unit.name, years_until(frozen))
