"""A county, and a school, as the public reads them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from junheng.web.areas.models import Unit
from junheng.web.portal.kept import kept, shown
from junheng.web.portal.told import lotteries_of, own_of, schools_of, told_of_county, zone_of
from junheng.web.rights.levels import UnitKind


def county_of(code: str) -> Unit:
    return Unit.objects.select_related("parent").get(code=code, kind=UnitKind.COUNTY)


def school_of(code: str) -> Unit:
    return Unit.objects.select_related("parent", "lies_in").get(code=code, kind=UnitKind.SCHOOL)


@kept
def county(request: HttpRequest, county: Unit) -> HttpResponse:
    return shown(request, "portal/county.html", {"county": county, "schools": schools_of(county.code).order_by("name"), **vars(told_of_county(county))})


@kept
def school(request: HttpRequest, school: Unit) -> HttpResponse:
    """A school run by a city or the province is shown with the county it lies in."""
    above = school.lies_in or school.parent
    told = told_of_county(above) if above and above.kind == UnitKind.COUNTY else None
    context = {"school": school, "county": above if told else None, "zone": zone_of(school, told),
               **(vars(told) if told else {}), "lotteries": lotteries_of(school, above), **vars(own_of(school, told))}  # fmt: skip
    return shown(request, "portal/school.html", context)
