"""The first page, and finding a school or county."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from junheng.web.areas.models import Unit
from junheng.web.pages.listing import page_of
from junheng.web.portal.in_force import in_force, latest_by_county
from junheng.web.portal.kept import kept, shown
from junheng.web.portal.models import DataRelease
from junheng.web.portal.told import cities_of
from junheng.web.publicity.models import Announcement
from junheng.web.rights.levels import UnitKind

_OPEN_SHOWN = 10


@kept
def home(request: HttpRequest) -> HttpResponse:
    newest = latest_by_county(in_force())
    cities = cities_of(newest)
    open_now = Announcement.objects.filter(state="open").select_related("unit").order_by("closes_on", "pk")
    context = {
        "cities": cities, "newest": newest, "passed": sum(len(each.passed) for each in cities),
        "counties": sum(each.counties for each in cities), "open_now": open_now[:_OPEN_SHOWN], "open_count": open_now.count(),
        "data": DataRelease.objects.first(),
    }  # fmt: skip
    return shown(request, "portal/home.html", context)


def search(request: HttpRequest) -> HttpResponse:
    """Schools and counties whose name holds what was typed; every word must be in it."""
    words = request.GET.get("q", "").split()[:5]
    found = Unit.objects.filter(kind__in=(UnitKind.COUNTY, UnitKind.SCHOOL), closed_on=None).select_related("parent")
    for word in words:
        found = found.filter(name__contains=word)
    page = page_of(request, found.order_by("kind", "path") if words else found.none())
    return shown(request, "portal/search.html", {"asked": " ".join(words), "page": page})
