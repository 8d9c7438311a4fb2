"""A county, and a school, as the public reads them."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse

from junheng.opendata.schools import PUBLISHED_BASIS, SCHOOL_FIGURES, WITHHELD
from junheng.web.areas.models import Unit
from junheng.web.portal.in_force import CONCLUSIONS, releases_behind
from junheng.web.portal.kept import kept, shown
from junheng.web.portal.models import Disclosure, Lottery, ZoneLine, Zoning
from junheng.web.portal.school_told import told_of
from junheng.web.publicity.models import Announcement
from junheng.web.rights.levels import UnitKind


def county_of(code: str) -> Unit:
    return Unit.objects.select_related("parent").get(code=code, kind=UnitKind.COUNTY)


def school_of(code: str) -> Unit:
    return Unit.objects.select_related("parent", "lies_in").get(code=code, kind=UnitKind.SCHOOL)


def _told(county: Unit) -> dict[str, Any]:
    """announcements: all that the public may read, the newest first; in_force: the newest that holds, None = none."""
    told = list(Announcement.objects.filter(unit=county).exclude(state="withdrawn").select_related("round"))
    holding = [each for each in told if each.state == "in_force" and each.conclusion in CONCLUSIONS]
    newest = max(holding, key=lambda each: (each.proclaimed_on is not None, each.proclaimed_on, each.pk), default=None)
    lotteries = Lottery.objects.filter(unit=county).exclude(state="withdrawn")[:20]
    zoning = Zoning.objects.filter(unit=county, state="in_force").first()
    return {"lotteries": lotteries, "zoning": zoning, "announcements": told, "in_force": newest, "conclusion": CONCLUSIONS[newest.conclusion] if newest else ""}


@kept
def county(request: HttpRequest, county: Unit) -> HttpResponse:
    schools = Unit.objects.filter(Q(parent=county) | Q(lies_in=county), kind=UnitKind.SCHOOL, closed_on=None).order_by("name")
    return shown(request, "portal/county.html", {"here": "public_search", "county": county, "schools": schools, **_told(county)})


@kept
def school(request: HttpRequest, school: Unit) -> HttpResponse:
    """A school run by a city or the province is shown with the county it lies in."""
    above = school.lies_in or school.parent
    told = _told(above) if above and above.kind == UnitKind.COUNTY else {}
    zone = ZoneLine.objects.filter(zoning=told.get("zoning"), code=school.code) if told.get("zoning") else ()
    lotteries = Lottery.objects.filter(school__in=(school.name, school.code), unit=above).exclude(state="withdrawn")
    context = {"here": "public_search", "school": school, "county": above if told else None, "zone": zone, **told, "lotteries": lotteries,
               **_own(school, told.get("in_force"))}  # fmt: skip
    return shown(request, "portal/school.html", context)


def _own(school: Unit, in_force: Announcement | None) -> dict[str, Any]:
    """What is told of the school itself, from the release that its county's result in force was announced with; own: None = nothing."""
    disclosed = Disclosure.objects.filter(state="in_force").first()
    release = releases_behind([in_force]).get(in_force.pk) if in_force else None
    own = told_of(release, school.code, figures=disclosed is not None) if release else None
    withheld = [each for each in WITHHELD if not (disclosed and each is SCHOOL_FIGURES)]
    return {"own": own, "disclosed": disclosed, "withheld": withheld, "basis": PUBLISHED_BASIS}
