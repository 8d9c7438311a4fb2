"""The boards: a county, its schools, one school, an area; each number opened."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Path, Query, Router, Schema
from pydantic import ConfigDict, Field

from junheng.web.api import scopes
from junheng.web.api.filters import Code
from junheng.web.api.operations.declared import Number, gate_of, read
from junheng.web.api.paging import Paged, slice_of
from junheng.web.api.problems import no_such_thing, nothing_frozen
from junheng.web.api.schemas.areas import AreaBoardOut, AreaLineOut
from junheng.web.api.schemas.boards import CountyBoardOut, OnReleaseOut
from junheng.web.api.schemas.common import PageOut
from junheng.web.api.schemas.matrix import SchoolLineOut
from junheng.web.api.schemas.releases import VerdictId
from junheng.web.api.schemas.schools import SchoolBoardOut
from junheng.web.api.schemas.traces import NodeOut, TraceOut
from junheng.web.dashboards.area import area_of
from junheng.web.dashboards.county import lines_of
from junheng.web.dashboards.opened import Opened, opened
from junheng.web.dashboards.pages import PAGES
from junheng.web.dashboards.queries import release_for
from junheng.web.dashboards.traced import NoSuchItem, asked_of, traced
from junheng.web.dashboards.years import years_until
from junheng.web.reporting.models import CountyRelease
from junheng.web.reporting.queries import UnitInRound
from junheng.web.rights.levels import UnitKind

router = Router(tags=["看板"])
_BOARDS = gate_of(PAGES, "board")
UnitCode = Annotated[Code, Path(description="单位的代码")]
StageId = Literal["primary", "junior"]


Item = Annotated[str, Path(pattern="^[0-9A-Za-z_]{1,80}$", description="L1–L7、条目的编号或指标编号")]


class OfArea(Paged):
    verdict: VerdictId | Literal["none"] | None = Field(None, description="只要这个结论的；none 还没有冻结的数据")
    city: Code | None = Field(None, description="只要这个市的")


class OfTrace(Schema):
    model_config = ConfigDict(extra="ignore")

    stage: StageId | None = Field(None, description="只要这个学段的")
    campus: Annotated[str, Field(max_length=100, pattern=r"^[^\x00]*$")] | None = Field(None, description="只要这个校区的；空表示全校")


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


@router.get("/boards/{int:round_id}/schools/{code}", **read(scopes.BOARDS, _BOARDS, SchoolBoardOut, "一校一档", "api_school_board"))
def school(request: HttpRequest, round_id: Number, code: UnitCode) -> Any:
    """Its stages with their years, what is judged school by school, what it reported with the cells, what was found."""
    place = place_of(request, round_id, code, UnitKind.SCHOOL)
    frozen, found = looked_at(place)
    return SchoolBoardOut.of_school(place, frozen, found, years_until(frozen))


@router.get("/boards/{int:round_id}/areas/{code}", **read(scopes.BOARDS, _BOARDS, AreaBoardOut, "省、市的看板", "api_area_board"))
def area(request: HttpRequest, round_id: Number, code: UnitCode) -> Any:
    """How many counties stand where, the plan's targets, the differences between counties, years."""
    return AreaBoardOut.of(area_of(place_of(request, round_id, code, UnitKind.PROVINCE, UnitKind.CITY)))


@router.get("/boards/{int:round_id}/areas/{code}/counties", **read(scopes.BOARDS, _BOARDS, PageOut[AreaLineOut], "省、市里的各县，最差的在前", "api_area_counties"))
def counties(request: HttpRequest, round_id: Number, code: UnitCode, cut: Annotated[OfArea, Query()]) -> Any:
    """测算结论, 省级评估验收 and 国家认定 are three things."""
    found = area_of(place_of(request, round_id, code, UnitKind.PROVINCE, UnitKind.CITY)).counties
    shown = [each for each in found if cut.verdict in (None, each.kind) and (cut.city is None or (each.unit.parent and each.unit.parent.code == cut.city))]
    return slice_of([AreaLineOut.of(each) for each in shown], cut)


@router.get("/boards/{int:round_id}/units/{code}/trace/{item}", **read(scopes.BOARDS, _BOARDS, TraceOut, "一个数的出处", "api_trace"))
def trace(request: HttpRequest, round_id: Number, code: UnitCode, item: Item, cut: Annotated[OfTrace, Query()]) -> Any:
    """From the formula with its figures down to file, sheet and cell, and to the clause. Of a school: that school's alone."""
    place = place_of(request, round_id, code, UnitKind.COUNTY, UnitKind.SCHOOL)
    frozen, found = looked_at(place)
    try:
        trees = traced(frozen, asked_of(place, item, cut.stage or "", cut.campus))
    except NoSuchItem:
        raise no_such_thing() from None
    return OnReleaseOut.of(place, frozen, found) | {"item": item, "trees": [NodeOut.of(each) for each in trees]}
