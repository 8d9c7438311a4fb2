"""Every table of a page as one workbook."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from junheng.web.dashboards.county_tables import county_tables
from junheng.web.dashboards.opened import facts_with_cells, opened
from junheng.web.dashboards.queries import release_for
from junheng.web.dashboards.school_tables import school_tables
from junheng.web.dashboards.tables import workbook
from junheng.web.dashboards.years import years_until
from junheng.web.reporting.queries import UnitInRound
from junheng.web.reporting.views.request import XLSX, download
from junheng.web.rights.levels import UnitKind


def board_tables(request: HttpRequest, place: UnitInRound) -> HttpResponse:
    frozen, name = release_for(place.round, place.unit), place.unit.name
    if frozen is None:
        raise Http404
    found = opened(frozen)
    if place.unit.kind == UnitKind.SCHOOL:
        grids = school_tables(found, facts_with_cells(frozen), place.unit.code, name, years_until(frozen))
    else:
        grids = county_tables(found)
    return download(workbook(name, grids), f"{name}{place.round.school_year}学年看板.xlsx", XLSX)
