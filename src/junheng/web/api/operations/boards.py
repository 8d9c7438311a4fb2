"""The boards: a county, its schools, one school, an area; each number opened."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Path, Query, Router
from pydantic import Field

from junheng.web.api import scopes
from junheng.web.api.filters import Code
from junheng.web.api.operations.declared import Number, gate_of, read
from junheng.web.api.paging import Paged, slice_of
from junheng.web.api.problems import no_such_thing, nothing_frozen
from junheng.web.api.schemas.boards import CountyBoardOut, SchoolLineOut
from junheng.web.api.schemas.common import PageOut
from junheng.web.api.schemas.releases import VerdictId
from junheng.web.dashboards.county import lines_of
from junheng.web.dashboards.opened import Opened, opened
from junheng.web.dashboards.pages import PAGES
from junheng.web.dashboards.queries import release_for
from junheng.web.dashboards.years import years_until
from junheng.web.reporting.models import CountyRelease
from junheng.web.reporting.queries import UnitInRound
from junheng.web.rights.levels import UnitKind

router = Router(tags=["看板"])
_BOARDS = gate_of(PAGES, "board")
UnitCode = Annotated[Code, Path(description="单位的代码")]
StageId = Literal["primary", "junior"]


class OfMatrix(Paged):
    stage: StageId | None = Field(None, description="只要这个学段的")
    indicator: Annotated[str, Field(pattern="^L[0-9]{1,2}$")] | None = Field(None, description="只要这项指标没有达到或还不能说的")
    verdict: VerdictId | None = Field(None, description="只要这个结论的")


def place_of(request: HttpRequest, round_id: int, code: str, *kinds: UnitKind) -> UnitInRound:
    """A unit of these kinds as it stands in a round. Raises ApiProblem 404."""
    place: UnitInRound = _BOARDS.find(request, round_id=round_id, code=code)
    if place.unit.kind not in kinds:
        raise no_such_thing()
    return place


def looked_at(place: UnitInRound) -> tuple[CountyRelease, Opened]:
    """The newest frozen release that speaks of it. Raises ApiProblem 404."""
    frozen = release_for(place.round, place.unit)
    if frozen is None:
        raise nothing_frozen()
    return frozen, opened(frozen)


@router.get("/boards/{int:round_id}/counties/{code}", **read(scopes.BOARDS, _BOARDS, CountyBoardOut, "县的看板", "api_county_board"))
def county(request: HttpRequest, round_id: Number, code: UnitCode) -> Any:
    """Conclusion, CVs with the schools that would turn them, criteria, margins, years."""
    place = place_of(request, round_id, code, UnitKind.COUNTY)
    frozen, found = looked_at(place)
    return CountyBoardOut.of_county(place, frozen, found, years_until(frozen))


@router.get("/boards/{int:round_id}/counties/{code}/schools", **read(scopes.BOARDS, _BOARDS, PageOut[SchoolLineOut], "县里各校各项，最差的在前", "api_county_schools"))
def schools(request: HttpRequest, round_id: Number, code: UnitCode, cut: Annotated[OfMatrix, Query()]) -> Any:
    """The matrix. The rank is of the whole county, however the list is cut."""
    _, found = looked_at(place_of(request, round_id, code, UnitKind.COUNTY))
    ranks = {(line.school.code, line.school.campus, line.school.stage): rank for rank, line in enumerate(lines_of(found), 1)}
    lines = [each for each in lines_of(found, cut.stage or "", cut.indicator or "") if cut.verdict in (None, each.school.verdict)]
    page = slice_of(lines, cut)
    return page | {"items": [SchoolLineOut.of(ranks[each.school.code, each.school.campus, each.school.stage], each, found) for each in page["items"]]}
