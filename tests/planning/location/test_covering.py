"""p-center and maximal covering: as good as trying every set, bounds that are bounds."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from location_cases import drawn_costs

from junheng.planning.location.max_cover import max_cover
from junheng.planning.location.p_center import p_center


@pytest.mark.parametrize("seed", range(8))
def test_the_longest_way_is_the_shortest_any_set_allows(seed: int) -> None:
    distance = drawn_costs(seed, 16, 9, whole=seed % 2 == 0)
    for p in (1, 2, 4, 9):
        found = p_center(distance, p)
        best = min(distance[:, sites].min(axis=1).max() for sites in combinations(range(9), p))
        assert (found.objective, found.bound) == (best, best)
        assert len(found.sites) == p
        assert distance[np.arange(16), found.assigned].max() == best


def test_a_center_of_hundreds_of_points_is_proven() -> None:
    distance = drawn_costs(1, 400, 120)
    found = p_center(distance, 12)

    assert found.gap == 0
    assert distance[:, list(found.sites)].min(axis=1).max() == found.objective


def test_without_time_the_longest_way_has_a_bound_below_it() -> None:
    hasty = p_center(drawn_costs(1, 120, 60), 8, seconds=0.0)
    best = p_center(drawn_costs(1, 120, 60), 8)

    assert hasty.bound <= best.objective <= hasty.objective


@pytest.mark.parametrize("seed", range(8))
def test_no_set_reaches_more_pupils(seed: int) -> None:
    distance = drawn_costs(seed, 16, 9)
    pupils = np.random.default_rng(seed).integers(0, 90, 16).astype(float)
    within = distance <= np.quantile(distance, 0.15)
    for p in (1, 3, 9):
        found = max_cover(pupils, within, p)
        best = max(pupils[within[:, sites].any(axis=1)].sum() for sites in combinations(range(9), p))
        assert found.objective == best
        assert found.bound == pytest.approx(best)
        assert all(site in found.sites and within[i, site] for i, site in enumerate(found.assigned) if site >= 0)


def test_nobody_within_the_limit_is_nobody_reached() -> None:
    found = max_cover(np.array([5.0, 7.0]), np.zeros((2, 3), dtype=bool), 1)

    assert found.objective == 0
    assert found.assigned.tolist() == [-1, -1]
