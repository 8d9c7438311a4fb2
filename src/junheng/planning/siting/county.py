"""一个县的布局问题: who lives where, which schools and sites there are, what officials have fixed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from junheng.planning.geography import Places, great_circle_km
from junheng.planning.siting.bands import Band
from junheng.planning.siting.parameters import LayoutParameters

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Point:
    """需求点: a village or an estate. lon, lat: WGS84 degrees; urban: 城区; bus: a school bus can get there.

    pupils: per band and period, whole numbers; school: code of the present school per band, where known; new_estate: 新建小区.
    """

    code: str
    name: str
    lon: float
    lat: float
    urban: bool
    pupils: Mapping[Band, tuple[int, ...]]
    bus: bool = True
    school: Mapping[Band, str] = field(default_factory=dict)
    new_estate: bool = False


@dataclass(frozen=True)
class Site:
    """A school (现有) or a candidate site (候选).

    now: bands it teaches now; may: bands it could teach; rooms, beds: what stands now; rooms_most, beds_most: what fits.
    teaching_point: 教学点, whose bands may be taught in one class (复式); pupils: in school now, None = not given.
    estate: code of the new estate whose 配建 this is, ""; county_share: part of its capital cost that the county bears.
    """

    code: str
    name: str
    lon: float
    lat: float
    existing: bool
    rural: bool
    teaching_point: bool
    now: frozenset[Band]
    may: frozenset[Band]
    rooms: int
    rooms_most: int
    beds: int = 0
    beds_most: int = 0
    pupils: int | None = None
    estate: str = ""
    county_share: Decimal = Decimal(1)


class PinKind(StrEnum):
    """What an official may fix."""

    MUST_OPEN = "must_open"
    MUST_KEEP = "must_keep"
    MUST_NOT_MOVE = "must_not_move"
    MUST_CLOSE = "must_close"

    @property
    def label(self) -> str:
        return {"must_open": "必须开办", "must_keep": "必须保留", "must_not_move": "不得调整学区", "must_close": "必须停办"}[self.value]


@dataclass(frozen=True)
class Pin:
    """kind, of which site (MUST_OPEN: from period `since` on; MUST_KEEP: with all its present bands; MUST_CLOSE: not open from
    `since` on, where its buildings are unsafe) or point (MUST_NOT_MOVE: all its children stay at their present school).
    reason: as the official wrote it."""

    kind: PinKind
    code: str
    since: int = 0
    reason: str = ""


@dataclass(frozen=True)
class County:
    """Everything a plan is made from.

    school_years: first school year of every period; years: how many each lasts; km: points × sites, by road, inf = no way;
    budgets: yuan of capital per period, None = no limit.
    """

    name: str
    school_years: tuple[int, ...]
    years: tuple[int, ...]
    points: tuple[Point, ...]
    sites: tuple[Site, ...]
    km: Floats
    parameters: LayoutParameters
    pins: tuple[Pin, ...] = ()
    budgets: tuple[Decimal | None, ...] | None = None

    def budget(self, period: int) -> Decimal | None:
        return None if self.budgets is None else self.budgets[period]

    def site_at(self, code: str) -> int:
        """Position of a site; KeyError when there is none."""
        return self._sites[code]

    def point_at(self, code: str) -> int:
        """Position of a point; KeyError when there is none."""
        return self._points[code]

    @cached_property
    def _sites(self) -> dict[str, int]:
        return {site.code: at for at, site in enumerate(self.sites)}

    @cached_property
    def _points(self) -> dict[str, int]:
        return {point.code: at for at, point in enumerate(self.points)}

    def small_rural(self, at: int) -> bool:
        """乡村小规模学校 or 教学点: kept unless every child still has a lawful way."""
        site = self.sites[at]
        few = site.pupils is not None and site.pupils < int(self.parameters.amount("small_school_pupils"))
        return site.existing and site.rural and (site.teaching_point or (few and Band.JUNIOR not in site.now))


def least_classes(site: Site, grades: int) -> int:
    """Classes a section has at least: one per grade; a teaching point may teach a band in one class."""
    return 1 if site.teaching_point else grades


def straight_km(points: Sequence[Point], sites: Sequence[Site], detour_factor: Decimal) -> Floats:
    """points × sites: great circle × detour factor, to ten metres."""
    here, there = (Places(np.array([each.lon for each in row]), np.array([each.lat for each in row])) for row in (points, sites))
    return np.round(great_circle_km(here, there) * float(detour_factor), 2)


def period_lengths(school_years: Sequence[int]) -> tuple[int, ...]:
    """Years from one period to the next; the last lasts as long as the one before it (three years where it is the only one)."""
    gaps = [later - earlier for earlier, later in pairwise(school_years)]
    return (*gaps, gaps[-1] if gaps else 3)
