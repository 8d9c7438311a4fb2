"""What anybody reads without a token, at the pace of an address: nothing more than the public pages show."""

from __future__ import annotations

from typing import Annotated, Any

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest
from ninja import Path, Query, Router
from pydantic import Field

from junheng.opendata.datasets import DATASETS
from junheng.web.api.filters import Code
from junheng.web.api.operations.declared import Number, open_to_all
from junheng.web.api.paging import Paged, Paging, page_of, slice_of
from junheng.web.api.problems import no_such_thing
from junheng.web.api.schemas.common import PageOut
from junheng.web.api.schemas.library import (
    DatasetOut,
    DataVersionOut,
    DocumentItem,
    DocumentOut,
    LotteryItem,
    LotteryOut,
)
from junheng.web.api.schemas.public import (
    PlaceItem,
    PublicCityOut,
    PublicCountyOut,
    PublicResultOut,
    PublicSchoolOut,
    ZoneOut,
)
from junheng.web.areas.models import Unit
from junheng.web.portal.in_force import in_force, latest_by_county
from junheng.web.portal.models import DataRelease, Lottery, ZoneLine
from junheng.web.portal.policy_library import documents
from junheng.web.portal.told import cities_of, open_schools, schools_of, told_of_county
from junheng.web.portal.views.places import county_of, school_of
from junheng.web.portal.views.policies import ASSUMPTION, document_of
from junheng.web.rights.levels import UnitKind

router = Router(tags=["公众查询"])
UnitCode = Annotated[Code, Path(description="代码")]
DocumentId = Annotated[str, Path(pattern="^[0-9A-Za-z_]{1,60}$", description="编号")]
_WORDS = r"^[^\x00]*$"


class Named(Paged):
    q: str = Field("", max_length=40, pattern=_WORDS, description="名称里的字；几个词用空格分开，每个词都要有")


class OfSchools(Named):
    county: Code | None = Field(None, description="只要这个县的")


class OfZones(Paged):
    q: str = Field(min_length=1, max_length=40, pattern=_WORDS, description="小区、村或路段名里的字")


@router.get("/public/results", **open_to_all(PageOut[PublicResultOut], "现行有效的结论", "api_public_results"))
def results(request: HttpRequest, paging: Paging) -> Any:
    """The newest of every county that was announced and neither withdrawn nor revoked."""
    page = slice_of(latest_by_county(in_force()), paging)
    return page | {"items": [PublicResultOut.of(each) for each in page["items"]]}


@router.get("/public/cities", **open_to_all(PageOut[PublicCityOut], "各市通过的县", "api_public_cities"))
def cities(request: HttpRequest, paging: Paging) -> Any:
    return slice_of([PublicCityOut.of(each) for each in cities_of(latest_by_county(in_force()))], paging)


@router.get("/public/counties", **open_to_all(PageOut[PlaceItem], "县", "api_public_counties"))
def counties(request: HttpRequest, cut: Annotated[Named, Query()]) -> Any:
    found = Unit.objects.filter(kind=UnitKind.COUNTY, closed_on=None).select_related("parent")
    for word in cut.q.split():
        found = found.filter(name__contains=word)
    return page_of(found, cut, PlaceItem.of, "path")


@router.get("/public/counties/{code}", **open_to_all(PublicCountyOut, "一个县", "api_public_county"))
def county(request: HttpRequest, code: UnitCode) -> Any:
    try:
        found = county_of(code)
    except ObjectDoesNotExist:
        raise no_such_thing() from None
    return PublicCountyOut.of(found, told_of_county(found))


@router.get("/public/schools", **open_to_all(PageOut[PlaceItem], "学校", "api_public_schools"))
def schools(request: HttpRequest, cut: Annotated[OfSchools, Query()]) -> Any:
    found = open_schools() if cut.county is None else schools_of(cut.county)
    for word in cut.q.split():
        found = found.filter(name__contains=word)
    return page_of(found.select_related("parent"), cut, PlaceItem.of, "path")


@router.get("/public/schools/{code}", **open_to_all(PublicSchoolOut, "一所学校", "api_public_school"))
def school(request: HttpRequest, code: UnitCode) -> Any:
    """With the county it lies in: a result is a county's, never a school's; of the school itself what the page tells."""
    try:
        found = school_of(code)
    except ObjectDoesNotExist:
        raise no_such_thing() from None
    above = found.lies_in or found.parent
    county = above if above and above.kind == UnitKind.COUNTY else None
    return PublicSchoolOut.of(found, county, told_of_county(county) if county else None)


@router.get("/public/zones", **open_to_all(PageOut[ZoneOut], "查学区", "api_public_zones"))
def zones(request: HttpRequest, cut: Annotated[OfZones, Query()]) -> Any:
    """Of zonings that are in force."""
    found = ZoneLine.objects.filter(zoning__state="in_force").select_related("zoning", "zoning__unit")
    for word in cut.q.split():
        found = found.filter(place__contains=word)
    return page_of(found if cut.q.split() else found.none(), cut, ZoneOut.of)


@router.get("/public/policies", **open_to_all(PageOut[DocumentItem], "政策库", "api_public_policies"))
def policies(request: HttpRequest, paging: Paging) -> Any:
    return slice_of([DocumentItem.of(each) for id, each in documents().items() if id != ASSUMPTION], paging)


@router.get("/public/policies/{id}", **open_to_all(DocumentOut, "一份文件，逐条", "api_public_policy"))
def policy(request: HttpRequest, id: DocumentId) -> Any:
    try:
        return DocumentOut.of(document_of(id))
    except Http404:
        raise no_such_thing() from None


@router.get("/public/datasets", **open_to_all(PageOut[DatasetOut], "开放数据的表和列", "api_public_datasets"))
def datasets(request: HttpRequest, paging: Paging) -> Any:
    return slice_of([DatasetOut.of(each) for each in DATASETS], paging)


@router.get("/public/data", **open_to_all(PageOut[DataVersionOut], "开放数据的各版", "api_public_data"))
def data(request: HttpRequest, paging: Paging) -> Any:
    """Oldest first."""
    return page_of(DataRelease.objects.defer("counted"), paging, DataVersionOut.of, "number")


@router.get("/public/data/{int:number}", **open_to_all(DataVersionOut, "开放数据的一版", "api_public_data_version"))
def data_version(request: HttpRequest, number: Number) -> Any:
    found = DataRelease.objects.defer("counted").filter(number=number).first()
    if found is None:
        raise no_such_thing()
    return DataVersionOut.of(found)


@router.get("/public/lotteries", **open_to_all(PageOut[LotteryItem], "摇号", "api_public_lotteries"))
def lotteries(request: HttpRequest, paging: Paging) -> Any:
    """Withdrawn ones are not among them."""
    return page_of(Lottery.objects.exclude(state="withdrawn").select_related("unit"), paging, LotteryItem.of)


@router.get("/public/lotteries/{int:pk}", **open_to_all(LotteryOut, "一次摇号和核验", "api_public_lottery"))
def lottery(request: HttpRequest, pk: Number) -> Any:
    """Drawn again from the published list and seed while it is asked for."""
    found = Lottery.objects.select_related("unit").filter(pk=pk).first()
    if found is None:
        raise no_such_thing()
    return LotteryOut.of(found)
