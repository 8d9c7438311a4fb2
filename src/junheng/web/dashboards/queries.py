"""What is asked of the database for the dashboards."""

from __future__ import annotations

from collections.abc import Iterable

from junheng.web.areas.models import Unit
from junheng.web.dashboards.summary import newest_releases
from junheng.web.reporting.models import CountyRelease
from junheng.web.reporting.queries import UnitInRound, releases_of
from junheng.web.rights.levels import UnitKind
from junheng.web.rounds.models import Round


def county_of(unit: Unit) -> Unit | None:
    """The county a county or a school counts with; None above the county, and for a school of which nobody said with which."""
    if unit.kind == UnitKind.COUNTY or unit.lies_in is not None:
        return unit.lies_in or unit
    return unit.parent if unit.kind == UnitKind.SCHOOL and unit.parent and unit.parent.kind == UnitKind.COUNTY else None


def release_for(round: Round, unit: Unit) -> CountyRelease | None:
    """The newest frozen release that speaks of a county or a school, its documents to be fetched when somebody reads them:
    they are large, and what pages show of them is kept (opened.py). None = nothing frozen, or no county's."""
    county = county_of(unit)
    return releases_of(round, county).defer("result", "detail").first() if county else None


def division(unit: Unit) -> str:
    """The beginning of the codes of an area by which standards know it: "21", "2101", "210102"; of a school its county's."""
    codes = unit.path.rstrip("/").split("/")
    return codes[2] if len(codes) > 2 else codes[-1][: 2 * len(codes)]


def counties_within(unit: Unit) -> list[Unit]:
    """Open counties at and below a unit, with the unit above each."""
    return list(Unit.objects.within(unit.path).filter(kind=UnitKind.COUNTY, closed_on=None).select_related("parent"))


def releases_within(place: UnitInRound) -> list[CountyRelease]:
    """The newest release of every county of the place, without their documents; none for a school."""
    return loaded(newest_numbers(place))


def newest_numbers(place: UnitInRound) -> set[int]:
    """Their primary keys."""
    return {pk for pk, _, _ in newest_releases(place.round, counties_within(place.unit)).values()}


def loaded(pks: Iterable[int]) -> list[CountyRelease]:
    """By county; without their documents, which are large."""
    found = CountyRelease.objects.filter(pk__in=list(pks)).select_related("unit", "round").defer("result", "detail")
    return list(found.order_by("unit__code"))
