"""The first page, and finding a school or county."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from junheng.web.areas.models import Unit
from junheng.web.pages.listing import page_of
from junheng.web.portal.in_force import in_force, latest_by_county
from junheng.web.portal.kept import kept, shown
from junheng.web.portal.models import DataRelease
from junheng.web.publicity.models import Announcement
from junheng.web.rights.levels import UnitKind

_OPEN_SHOWN = 10


@dataclass(frozen=True)
class City:
    """A city's counties: all of them, and their newest conclusions in force."""

    unit: Unit
    counties: int
    passed: tuple[Announcement, ...]
    failed: tuple[Announcement, ...]

    @property
    def rest(self) -> int:
        return self.counties - len(self.passed) - len(self.failed)


@kept
def home(request: HttpRequest) -> HttpResponse:
    newest = latest_by_county(in_force())
    cities = list(_cities(newest))
    open_now = Announcement.objects.filter(state="open").select_related("unit").order_by("closes_on", "pk")
    context = {
        "here": "portal", "cities": cities, "newest": newest, "passed": sum(len(each.passed) for each in cities),
        "counties": sum(each.counties for each in cities), "open_now": open_now[:_OPEN_SHOWN], "open_count": open_now.count(),
        "data": DataRelease.objects.first(),
    }  # fmt: skip
    return shown(request, "portal/home.html", context)


def _cities(newest: Iterable[Announcement]) -> Iterable[City]:
    counties = Counter(Unit.objects.filter(kind=UnitKind.COUNTY, closed_on=None).values_list("parent_id", flat=True))
    found: dict[int | None, list[Announcement]] = {}
    for each in newest:
        found.setdefault(each.unit.parent_id, []).append(each)
    for unit in Unit.objects.filter(pk__in=[pk for pk in counties if pk]):
        of = found.get(unit.pk, [])
        yield City(unit, counties[unit.pk], tuple(each for each in of if each.conclusion == "pass"), tuple(each for each in of if each.conclusion != "pass"))


def search(request: HttpRequest) -> HttpResponse:
    """Schools and counties whose name holds what was typed; every word must be in it."""
    words = request.GET.get("q", "").split()[:5]
    found = Unit.objects.filter(kind__in=(UnitKind.COUNTY, UnitKind.SCHOOL), closed_on=None).select_related("parent")
    for word in words:
        found = found.filter(name__contains=word)
    page = page_of(request, found.order_by("kind", "path") if words else found.none())
    return shown(request, "portal/search.html", {"here": "public_search", "asked": " ".join(words), "page": page})
