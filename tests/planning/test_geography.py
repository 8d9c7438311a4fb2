"""Coordinate systems go there and back; distances agree with plain formulas."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from junheng.planning.geography import (
    EARTH_RADIUS_KM,
    Datum,
    Places,
    Roads,
    from_wgs84,
    great_circle_km,
    road_km,
    to_wgs84,
)


def one(lon: float, lat: float) -> Places:
    return Places(np.array([lon]), np.array([lat]))


@pytest.mark.parametrize(
    ("wgs84", "gcj02"),
    [
        ((121.5272106, 31.1774276), (121.531541859215, 31.17530398364597)),
        ((113.912316, 22.543847), (113.9171764808363, 22.540796131694766)),
        ((116.377817, 39.911954), (116.38404722455657, 39.91334545536069)),
    ],
)
def test_known_places_of_web_maps(wgs84: tuple[float, float], gcj02: tuple[float, float]) -> None:
    found = from_wgs84(one(*wgs84), Datum.GCJ02)

    assert (found.lon[0], found.lat[0]) == pytest.approx(gcj02, abs=1e-7)


@given(st.floats(73, 136), st.floats(3, 54), st.sampled_from(list(Datum)))
def test_there_and_back_is_the_same_place_to_a_millimetre(lon: float, lat: float, datum: Datum) -> None:
    back = to_wgs84(from_wgs84(one(lon, lat), datum), datum)

    assert back.lon[0] == pytest.approx(lon, abs=1e-8)
    assert back.lat[0] == pytest.approx(lat, abs=1e-8)


@given(st.floats(119, 125), st.floats(39, 43))
def test_the_offsets_in_liaoning_are_hundreds_of_metres(lon: float, lat: float) -> None:
    here = one(lon, lat)
    gcj, baidu = (great_circle_km(here, from_wgs84(here, datum))[0, 0] for datum in (Datum.GCJ02, Datum.BD09))

    assert 0.1 < gcj < 1.0
    assert 0.3 < baidu < 2.0


def test_outside_china_nothing_is_offset() -> None:
    assert from_wgs84(one(-0.1, 51.5), Datum.GCJ02).lon[0] == -0.1


def test_the_national_system_is_taken_as_wgs84() -> None:
    assert to_wgs84(one(123.4, 41.8), Datum.CGCS2000) == one(123.4, 41.8)


def test_a_degree_of_the_meridian_is_111_km() -> None:
    assert great_circle_km(one(123, 41), one(123, 42))[0, 0] == pytest.approx(EARTH_RADIUS_KM * math.pi / 180)


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6), st.integers(1, 50)), max_size=15))
def test_ways_by_road_are_those_of_floyd(stretches: list[tuple[int, int, int]]) -> None:
    stretches = [each for each in stretches if each[0] != each[1]]
    wanted = np.full((7, 7), np.inf)
    np.fill_diagonal(wanted, 0)
    for a, b, length in stretches:
        wanted[a, b] = wanted[b, a] = min(wanted[a, b], length)
    for k in range(7):
        wanted = np.minimum(wanted, wanted[:, k, None] + wanted[None, k, :])
    table = np.array(stretches, dtype=float).reshape(-1, 3)
    roads = Roads(table[:, 0].astype(np.intp), table[:, 1].astype(np.intp), table[:, 2], 7)
    here, there = np.array([0, 3, 3, 5]), np.array([6, 1, 0])

    assert np.array_equal(road_km(roads, here, there), wanted[np.ix_(here, there)])
    assert np.array_equal(road_km(roads, there, here), wanted[np.ix_(there, here)])
