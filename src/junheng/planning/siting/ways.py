"""合法的上学方式: by which schools, and how, the children of a point may lawfully get there.

On foot (走读) within the limit of their band and place; by school bus only where it is too far to walk and a bus gets there
(校车条例第三条 puts near schools before buses); boarding only for the bands that may, where it is too far to walk. What is not in this
list is not in any plan: the right of every child to a lawful way is a constraint, never a wish.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from junheng.planning.siting.bands import Band, Mode
from junheng.planning.siting.county import County, PinKind

BOARDER_TRIPS = 0.2
"""A boarder goes home once in five school days."""


@dataclass(frozen=True)
class Way:
    """The children of a band at a point go to a site by a mode. over_km: beyond the limit (0 = lawful)."""

    point: int
    band: Band
    site: int
    mode: Mode
    km: float
    over_km: float = 0.0

    @property
    def travel(self) -> float:
        """Kilometres one way per school day."""
        return self.km * (BOARDER_TRIPS if self.mode is Mode.BOARD else 1.0)


def ways_of(county: County) -> tuple[Way, ...]:
    """All lawful ways of points that have pupils, the nearest schools of each first."""
    out: list[Way] = []
    for at, point in enumerate(county.points):
        for band in Band:
            if any(point.pupils.get(band, ())):
                out += _of(county, at, band)
    return tuple(out)


def _of(county: County, at: int, band: Band) -> list[Way]:
    nearest = np.argsort(county.km[at], kind="stable").tolist()
    return [Way(at, band, site, mode, float(county.km[at, site]))
            for site in nearest if band in county.sites[site].may for mode in lawful_modes(county, at, band, site)]  # fmt: skip


def lawful_modes(county: County, at: int, band: Band, site: int) -> tuple[Mode, ...]:
    """How children of this band may get from the point to the site; () = no lawful way."""
    point, km = county.points[at], county.km[at, site]
    limit = county.parameters.limit_km
    if not np.isfinite(km):
        return ()
    if km <= limit(Mode.WALK, band, point.urban):
        return (Mode.WALK,)
    modes = []
    if point.bus and km <= limit(Mode.BUS, band, point.urban):
        modes.append(Mode.BUS)
    if km <= limit(Mode.BOARD, band, point.urban) and county.sites[site].beds_most > 0:
        modes.append(Mode.BOARD)
    return tuple(modes)


def moves_pinned(county: County, way: Way, period: int) -> bool:
    """The way leads away from the present school of a point whose 学区 must not move."""
    point = county.points[way.point]
    return point.school.get(way.band, county.sites[way.site].code) != county.sites[way.site].code and any(
        pin.kind is PinKind.MUST_NOT_MOVE and pin.code == point.code and period >= pin.since for pin in county.pins
    )
