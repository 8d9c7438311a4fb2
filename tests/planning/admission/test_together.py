"""Siblings kept together: the shortest way there is on small counties, proven on large ones."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from junheng.planning.admission import together
from junheng.planning.admission.overflow import allocate


def county(seed: int, children: int, schools: int, twins: int, spare: int) -> tuple[np.ndarray, np.ndarray, list[tuple[int, ...]]]:
    """Distances, places and groups: twins live at one address, and are the first children."""
    rng = np.random.default_rng(seed)
    homes = rng.uniform(0, 10_000, (children, 2))
    for k in range(twins):
        homes[2 * k + 1] = homes[2 * k]
    sites = rng.uniform(0, 10_000, (schools, 2))
    distances = np.rint(np.linalg.norm(homes[:, None] - sites[None], axis=2)).astype(np.int64)
    places = np.bincount(rng.integers(0, schools, children + spare), minlength=schools).astype(np.int64)
    return distances, places, [(2 * k, 2 * k + 1) for k in range(twins)]


def shortest_by_trying(distances: np.ndarray, places: np.ndarray, groups: list[tuple[int, ...]]) -> int | None:
    best = None
    for way in product(range(len(places)), repeat=len(distances)):
        if (np.bincount(way, minlength=len(places)) <= places).all() and all(len({way[row] for row in group}) == 1 for group in groups):
            total = int(distances[np.arange(len(way)), list(way)].sum())
            best = total if best is None else min(best, total)
    return best


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 3), st.integers(0, 2))
def test_small_counties_keep_siblings_together_at_the_least_way_there_is(seed: int, twins: int, spare: int) -> None:
    distances, places, groups = county(seed, 7, 3, twins, spare)
    found = allocate(distances, places, groups)
    assert (np.bincount(found.place, minlength=3) <= places).all()
    kept = [group for group in groups if group not in found.apart]
    least = shortest_by_trying(distances, places, kept)

    assert least == found.total_m == found.bound_m


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_county_of_thousands_is_proven_to_a_hair(seed: int) -> None:
    distances, places, groups = county(seed, 3_000, 25, 60, 150)
    found = allocate(distances, places, groups)

    assert (np.bincount(found.place, minlength=25) <= places).all()
    assert not found.apart
    assert all(found.place[a] == found.place[b] for a, b in groups)
    assert 0 <= found.total_m - found.bound_m <= 1e-4 * found.total_m


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10**6))
def test_where_too_much_is_left_for_a_program_the_bound_still_holds(seed: int) -> None:
    distances, places, groups = county(seed, 7, 3, 2, 1)
    exact = allocate(distances, places, groups)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(together, "_MOST_ARCS", 0)
        found = allocate(distances, places, groups)

    assert found.bound_m <= exact.total_m <= found.total_m
