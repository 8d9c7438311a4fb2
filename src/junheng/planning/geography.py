"""地理: coordinate systems in use in China, and distances by road or by great circle × detour factor.

Coordinates are degrees, longitude first, as arrays. CGCS2000 (the national system) and WGS84 differ by centimetres and are
taken as one. GCJ-02 is the offset system of licensed Chinese web maps, BD-09 Baidu's further offset of it; taking one for the
other moves a school by 100–700 m. The state publishes neither formula; those here are the ones in general use (the ellipsoid of
Krassovsky 1940), for planning sketches, never for surveying.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import NamedTuple

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.sparse.csgraph import dijkstra

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]
Metres = NDArray[np.int64]
Coordinates = NDArray[np.float64]
"""One row per place: longitude, latitude in degrees."""

EARTH_RADIUS_KM = 6371.0088
"""Mean radius (IUGG)."""
_AXIS_M, _ECCENTRICITY2 = 6378245.0, 0.00669342162296594323
_BAIDU = np.pi * 3000.0 / 180.0


class Datum(StrEnum):
    """坐标系."""

    CGCS2000 = "cgcs2000"
    WGS84 = "wgs84"
    GCJ02 = "gcj02"
    BD09 = "bd09"

    @property
    def label(self) -> str:
        return {"cgcs2000": "CGCS2000（国家大地坐标系）", "wgs84": "WGS84", "gcj02": "GCJ-02（高德、腾讯地图）", "bd09": "BD-09（百度地图）"}[self.value]


class Places(NamedTuple):
    """Places in one coordinate system: degrees, one entry per place."""

    lon: Floats
    lat: Floats


def to_wgs84(places: Places, datum: Datum) -> Places:
    """The same places in WGS84. Outside China GCJ-02 is WGS84."""
    if datum is Datum.BD09:
        places = _inverse(places, _gcj02_to_bd09)
    return _inverse(places, _wgs84_to_gcj02) if datum in (Datum.BD09, Datum.GCJ02) else places


def from_wgs84(places: Places, datum: Datum) -> Places:
    """Places in WGS84, written in another system."""
    if datum in (Datum.WGS84, Datum.CGCS2000):
        return places
    gcj = _wgs84_to_gcj02(places)
    return _gcj02_to_bd09(gcj) if datum is Datum.BD09 else gcj


def in_china(places: Places) -> NDArray[np.bool_]:
    """A box around China: inside it the offset applies."""
    lon, lat = places
    return np.asarray((lon > 72.004) & (lon < 137.8347) & (lat > 0.8293) & (lat < 55.8271))


def _wgs84_to_gcj02(places: Places) -> Places:
    lon, lat = places
    x, y = lon - 105.0, lat - 35.0
    root, waves = np.sqrt(np.abs(x)), 20 * np.sin(6 * np.pi * x) + 20 * np.sin(2 * np.pi * x)
    north = -100 + 2 * x + 3 * y + 0.2 * y**2 + 0.1 * x * y + 0.2 * root
    north += (waves + 20 * np.sin(np.pi * y) + 40 * np.sin(np.pi * y / 3) + 160 * np.sin(np.pi * y / 12) + 320 * np.sin(np.pi * y / 30)) * 2 / 3
    east = 300 + x + 2 * y + 0.1 * x**2 + 0.1 * x * y + 0.1 * root
    east += (waves + 20 * np.sin(np.pi * x) + 40 * np.sin(np.pi * x / 3) + 150 * np.sin(np.pi * x / 12) + 300 * np.sin(np.pi * x / 30)) * 2 / 3
    radians = np.radians(lat)
    magic = 1 - _ECCENTRICITY2 * np.sin(radians) ** 2
    dlat = np.degrees(north / (_AXIS_M * (1 - _ECCENTRICITY2) / magic**1.5))
    dlon = np.degrees(east / (_AXIS_M / np.sqrt(magic) * np.cos(radians)))
    inside = in_china(places)
    return Places(np.where(inside, lon + dlon, lon), np.where(inside, lat + dlat, lat))


def _gcj02_to_bd09(places: Places) -> Places:
    lon, lat = places
    radius = np.hypot(lon, lat) + 2e-5 * np.sin(lat * _BAIDU)
    angle = np.arctan2(lat, lon) + 3e-6 * np.cos(lon * _BAIDU)
    return Places(radius * np.cos(angle) + 0.0065, radius * np.sin(angle) + 0.006)


def _inverse(places: Places, forward: Callable[[Places], Places]) -> Places:
    """The place that `forward` takes to these, by fixed-point steps: the offsets change slowly."""
    guess = places
    for _ in range(30):
        there = forward(guess)
        guess = Places(guess.lon + places.lon - there.lon, guess.lat + places.lat - there.lat)
        if max(np.abs(places.lon - there.lon).max(initial=0.0), np.abs(places.lat - there.lat).max(initial=0.0)) < 1e-12:
            break
    return guess


def great_circle_km(here: Places, there: Places) -> Floats:
    """here × there, kilometres along the sphere (haversine)."""
    lon1, lat1, lon2, lat2 = (np.radians(each) for each in (here.lon[:, None], here.lat[:, None], there.lon[None, :], there.lat[None, :]))
    half = np.sin((lat2 - lat1) / 2) ** 2 + np.cos(lat1) * np.cos(lat2) * np.sin((lon2 - lon1) / 2) ** 2
    out: Floats = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.clip(half, 0.0, 1.0)))
    return out


def distances_m(here: Coordinates, there: Coordinates) -> Metres:
    """here × there in whole metres along the sphere: straight over the ground, roads are longer. Both in one datum."""
    return np.rint(1000 * great_circle_km(Places(here[:, 0], here[:, 1]), Places(there[:, 0], there[:, 1]))).astype(np.int64)


class Roads(NamedTuple):
    """A road table: one entry per stretch, between numbered junctions, passable both ways. length_km > 0."""

    start: Ints
    end: Ints
    length_km: Floats
    junctions: int


def road_km(roads: Roads, here: Ints, there: Ints) -> Floats:
    """here × there: shortest way between junctions in kilometres; inf where no road leads. Two stretches between the same
    junctions count as the shorter one."""
    low, high = np.minimum(roads.start, roads.end), np.maximum(roads.start, roads.end)
    order = np.lexsort((roads.length_km, high, low))
    first = np.ones(len(order), dtype=bool)
    first[1:] = (np.diff(low[order]) != 0) | (np.diff(high[order]) != 0)
    kept = order[first]
    graph = sp.csr_array((roads.length_km[kept], (low[kept], high[kept])), shape=(roads.junctions, roads.junctions))
    fewer, swapped = (here, False) if len(here) <= len(there) else (there, True)
    sources, at = np.unique(fewer, return_inverse=True)
    ways = np.asarray(dijkstra(graph, directed=False, indices=sources), dtype=float)[at.ravel()]
    return ways[:, here].T if swapped else ways[:, there]
