"""What the public is told of a city, a county, a school."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from junheng.common.errors import ReleaseError
from junheng.opendata.schools import PUBLISHED_BASIS, SCHOOL_FIGURES, WITHHELD, Withheld
from junheng.web.areas.models import Unit
from junheng.web.portal import school_told
from junheng.web.portal.in_force import CONCLUSIONS, releases_behind
from junheng.web.portal.models import Disclosure, Lottery, ZoneLine, Zoning
from junheng.web.publicity.models import Announcement
from junheng.web.rights.levels import UnitKind
from junheng.web.store import StoreError

_log = logging.getLogger(__name__)

_LOTTERIES = 20


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


def cities_of(newest: Iterable[Announcement]) -> list[City]:
    """newest: `latest_by_county` of what is in force."""
    counties = Counter(Unit.objects.filter(kind=UnitKind.COUNTY, closed_on=None).values_list("parent_id", flat=True))
    found: dict[int | None, list[Announcement]] = {}
    for each in newest:
        found.setdefault(each.unit.parent_id, []).append(each)
    out = []
    for unit in Unit.objects.filter(pk__in=[pk for pk in counties if pk]):
        of = found.get(unit.pk, [])
        passed, failed = ([each for each in of if (each.conclusion == "pass") is wanted] for wanted in (True, False))
        out.append(City(unit, counties[unit.pk], tuple(passed), tuple(failed)))
    return out


@dataclass(frozen=True)
class Told:
    """announcements: all that the public may read, the newest first; in_force: the newest that holds, None = none; conclusion: in
    words, "" = none."""

    announcements: Sequence[Announcement]
    in_force: Announcement | None
    conclusion: str
    zoning: Zoning | None
    lotteries: Sequence[Lottery]


def told_of_county(county: Unit) -> Told:
    told = list(Announcement.objects.filter(unit=county).exclude(state="withdrawn").select_related("round"))
    holding = [each for each in told if each.state == "in_force" and each.conclusion in CONCLUSIONS]
    newest = max(holding, key=lambda each: (each.proclaimed_on is not None, each.proclaimed_on, each.pk), default=None)
    lotteries = list(Lottery.objects.filter(unit=county).exclude(state="withdrawn")[:_LOTTERIES])
    zoning = Zoning.objects.filter(unit=county, state="in_force").first()
    return Told(told, newest, CONCLUSIONS[newest.conclusion] if newest else "", zoning, lotteries)


def open_schools() -> QuerySet[Unit]:
    return Unit.objects.filter(kind=UnitKind.SCHOOL, closed_on=None)


def schools_of(county: str) -> QuerySet[Unit]:
    """Open schools of a county, by its code, and those a city or the province runs there."""
    return open_schools().filter(Q(parent__code=county) | Q(lies_in__code=county))


def zone_of(school: Unit, told: Told | None) -> Sequence[ZoneLine]:
    """told: of the school's county."""
    return list(ZoneLine.objects.filter(zoning=told.zoning, code=school.code)) if told and told.zoning else []


def lotteries_of(school: Unit, county: Unit | None) -> QuerySet[Lottery]:
    return Lottery.objects.filter(school__in=(school.name, school.code), unit=county).exclude(state="withdrawn")


@dataclass(frozen=True)
class Own:
    """own: what is told of the school itself, from the release that its county's result in force was announced with; None = nothing.
    disclosed: the province's decision in force that figures of single schools are shown. withheld: what is not told, and why. unreadable: the
    release cannot be read now, which a page of the public survives."""

    own: school_told.Told | None
    disclosed: Disclosure | None
    withheld: Sequence[Withheld]
    unreadable: bool = False
    basis: str = PUBLISHED_BASIS


def own_of(school: Unit, told: Told | None) -> Own:
    """told: of the school's county."""
    in_force = told.in_force if told else None
    disclosed = Disclosure.objects.filter(state="in_force").first()
    release = releases_behind([in_force]).get(in_force.pk) if in_force else None
    withheld = [each for each in WITHHELD if not (disclosed and each is SCHOOL_FIGURES)]
    try:
        own = school_told.told_of(release, school.code, figures=disclosed is not None) if release else None
    except (StoreError, ReleaseError):
        _log.exception("the release behind a public page cannot be read")
        return Own(None, disclosed, withheld, unreadable=True)
    return Own(own, disclosed, withheld)
