"""仿真布局: one made-up county for the layout planner: villages around townships, estates in town, schools, and fewer pupils every period.

Nothing is real: names are numbered, places are drawn around a point of Liaoning.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import numpy as np

from junheng.planning.siting.bands import Band
from junheng.planning.siting.county import (
    County,
    Floats,
    Pin,
    PinKind,
    Point,
    Site,
    period_lengths,
    straight_km,
)
from junheng.planning.siting.parameters import built_in_parameters
from junheng.planning.siting.ways import lawful_modes

_CENTRE = (123.5, 41.5)
_KM_PER_DEGREE = 111.195
_TOWNS = ("青山", "河东", "向阳", "红旗", "光明", "东风", "新华", "胜利", "和顺", "长安", "临江", "双塔", "石桥", "柳河", "松林", "白云")
_PRIMARY, _ALL = frozenset({Band.LOWER, Band.UPPER}), frozenset(Band)
_LOWER, _JUNIOR = frozenset({Band.LOWER}), frozenset({Band.JUNIOR})


def draw_county(seed: int, *, villages: int = 120, estates: int = 24, townships: int = 10, school_years: tuple[int, ...] = (2026, 2029, 2032)) -> County:
    """A county of villages in townships and estates in the county town. Every child has a lawful way at the start."""
    rng = np.random.default_rng(seed)
    radius = 2.2 * np.sqrt(villages)
    towns = _scattered(rng, townships, radius)
    points, where = _villages(rng, villages, towns, len(school_years))
    more, there = _estates(rng, estates, len(school_years))
    points += more
    spots = np.concatenate([where, there])
    sites, places = _schools(rng, points, spots, towns)
    located = tuple(replace(each, lon=lon, lat=lat) for each, (lon, lat) in zip(points, map(_degrees, spots), strict=True))
    sited = tuple(replace(each, lon=lon, lat=lat) for each, (lon, lat) in zip(sites, map(_degrees, places), strict=True))
    parameters = built_in_parameters()
    km = straight_km(located, sited, parameters.amount("detour_factor"))
    pins = (Pin(PinKind.MUST_KEEP, sited[0].code, 0, "县直属学校"),)
    budgets = tuple(Decimal(120_000_000) for _ in school_years)
    return with_present_schools(County("仿真县", school_years, period_lengths(school_years), located, sited, km, parameters, pins, budgets))


def with_present_schools(county: County) -> County:
    """Everybody at the nearest standing school of their band that they may lawfully go to."""
    points = []
    for at, point in enumerate(county.points):
        present = {}
        for band in Band:
            near = [j for j in np.argsort(county.km[at], kind="stable").tolist()
                    if county.sites[j].existing and band in county.sites[j].now and lawful_modes(county, at, band, j)]  # fmt: skip
            if near and point.pupils[band][0]:
                present[band] = county.sites[near[0]].code
        points.append(replace(point, school=present))
    return replace(county, points=tuple(points))


def _scattered(rng: np.random.Generator, count: int, radius: float) -> Floats:
    """Township seats around the county town at (0, 0), none too near to another."""
    out = [np.zeros(2)]
    while len(out) < count + 1:
        angle, distance = rng.uniform(0, 2 * np.pi), radius * np.sqrt(rng.uniform(0.08, 1))
        spot = distance * np.array([np.cos(angle), np.sin(angle)])
        if min(np.hypot(*(spot - other)) for other in out) > radius / (1.6 * np.sqrt(count)):
            out.append(spot)
        else:
            radius *= 1.005
    return np.array(out)


def _villages(rng: np.random.Generator, count: int, towns: Floats, periods: int) -> tuple[list[Point], Floats]:
    points, spots = [], []
    for number in range(count):
        town = 1 + number % (len(towns) - 1)
        near = number < len(towns) - 1  # the seat itself
        spot = towns[town] + (rng.normal(0, 0.3, 2) if near else rng.uniform(1.0, 5.5) * _direction(rng))
        size = rng.gamma(2.0, 70.0) if near else rng.gamma(1.6, 16.0)
        decline = rng.uniform(0.72, 0.92)
        pupils = {band: tuple(round(max(1.0, size * share) * decline**u) for u in range(periods)) for band, share in zip(Band, (0.36, 0.36, 0.34), strict=True)}
        name = f"{_TOWNS[(town - 1) % len(_TOWNS)]}镇" + ("镇区" if near else f"第{number // (len(towns) - 1)}村")
        points.append(Point(f"C{number + 1:03d}", name, 0.0, 0.0, False, pupils))
        spots.append(spot)
    return points, np.array(spots)


def _estates(rng: np.random.Generator, count: int, periods: int) -> tuple[list[Point], Floats]:
    points, spots = [], []
    for number in range(count):
        new = number >= count - 2  # two estates still to be built
        size = rng.uniform(450, 700) if new else rng.gamma(4.0, 60.0)
        growth = 1.0 if new else rng.uniform(0.85, 0.98)
        pupils = {
            band: tuple(0 if new and u == 0 else round(size * share * growth**u) for u in range(periods))
            for band, share in zip(Band, (0.35, 0.34, 0.31), strict=True)
        }  # fmt: skip
        points.append(Point(f"X{number + 1:03d}", f"{'新建' if new else ''}{_TOWNS[number % len(_TOWNS)]}小区", 0.0, 0.0, True, pupils, new_estate=new))
        spots.append(rng.uniform(2.2, 2.8) * _direction(rng) if new else rng.normal(0, 1.0, 2))
    return points, np.array(spots)


def _direction(rng: np.random.Generator) -> Floats:
    angle = rng.uniform(0, 2 * np.pi)
    return np.array([np.cos(angle), np.sin(angle)])


def _schools(rng: np.random.Generator, points: list[Point], spots: Floats, towns: Floats) -> tuple[list[Site], list[Floats]]:
    sites: list[Site] = []
    places: list[Floats] = []

    def add(name: str, spot: Floats, now: frozenset[Band], rooms: int, most: int, **more: Any) -> None:
        made: dict[str, Any] = {"rural": True, "teaching_point": False, "may": now, "beds": 0, "beds_most": 0, "existing": True} | more
        sites.append(Site(f"S{len(sites) + 1:03d}", name, 0.0, 0.0, now=now if made["existing"] else frozenset(), rooms=rooms, rooms_most=most, **made))
        places.append(spot)

    urban = np.array([point.urban and not point.new_estate for point in points])
    primary = sum(sum(points[at].pupils[band][0] for band in _PRIMARY) for at in np.flatnonzero(urban).tolist())
    junior = sum(points[at].pupils[Band.JUNIOR][0] for at in np.flatnonzero(urban).tolist())
    for number in range(3):
        add(f"城区第{number + 1}小学", 1.1 * _direction(rng), _PRIMARY, primary // 3 // 38 + 3, primary // 3 // 38 + 9, rural=False)
    for number in range(2):
        add(f"城区第{number + 1}中学", 0.6 * _direction(rng), _JUNIOR, junior // 2 // 42 + 6, junior // 2 // 42 + 15, rural=False, beds=120, beds_most=400)
    for town in range(1, len(towns)):
        name = _TOWNS[(town - 1) % len(_TOWNS)]
        add(f"{name}镇中心小学", towns[town], _PRIMARY, 12, 20, beds=40, beds_most=120, pupils=300)
        if town % 2:
            add(f"{name}镇初级中学", towns[town] + 0.4 * _direction(rng), _JUNIOR, 9, 18, beds=150, beds_most=400)
    for at in np.flatnonzero([not point.urban for point in points]).tolist()[len(towns) - 1 :]:
        if at % 4 == 0:
            add(f"{points[at].name}小学", spots[at], _PRIMARY, 6, 8, pupils=sum(points[at].pupils[band][0] for band in _PRIMARY) + 20)
        elif at % 4 == 2:
            add(f"{points[at].name}教学点", spots[at], _LOWER, 1, 2, teaching_point=True, pupils=points[at].pupils[Band.LOWER][0])
    for number, at in enumerate(np.flatnonzero([point.new_estate for point in points]).tolist()):
        add(f"{points[at].name}配建学校", spots[at], _ALL if number else _PRIMARY, 0, 36, rural=False, existing=False, may=_ALL if number else _PRIMARY,
            estate=points[at].code, county_share=Decimal("0.2"))  # fmt: skip
    add("城北新建九年一贯制学校", 1.8 * _direction(rng), _ALL, 0, 36, rural=False, existing=False, may=_ALL)
    return sites, places


def _degrees(spot: Floats) -> tuple[float, float]:
    lon, lat = _CENTRE
    return round(lon + float(spot[0]) / (_KM_PER_DEGREE * float(np.cos(np.radians(lat)))), 6), round(lat + float(spot[1]) / _KM_PER_DEGREE, 6)
