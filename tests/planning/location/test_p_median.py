"""p-median: as good as trying every set, the public problems to their known optimum, and bounds that are bounds."""

from __future__ import annotations

import csv
from itertools import combinations

import numpy as np
import pytest
from location_cases import PUBLIC, drawn_costs, needs_public

from junheng.common.errors import UserError
from junheng.planning.location.formats import read_pmed
from junheng.planning.location.p_median import p_median


@pytest.mark.parametrize("seed", range(12))
def test_the_sites_cost_what_the_best_of_all_sets_costs(seed: int) -> None:
    cost = drawn_costs(seed, 14, 9, whole=seed % 2 == 0)
    for p in (1, 3, 8, 9):
        found = p_median(cost, p)
        best = min(cost[:, sites].min(axis=1).sum() for sites in combinations(range(9), p))
        assert found.objective == pytest.approx(best)
        assert found.bound == pytest.approx(best)


def test_every_point_is_served_by_its_nearest_open_site() -> None:
    cost = drawn_costs(3, 40, 15)
    found = p_median(cost, 4)

    assert set(found.assigned.tolist()) <= set(found.sites)
    assert cost[np.arange(40), found.assigned].sum() == found.objective


def test_a_bound_found_in_no_time_is_still_a_bound() -> None:
    cost = drawn_costs(5, 60, 30, whole=False)
    hasty, best = p_median(cost, 6, seconds=0.0), p_median(cost, 6)

    assert best.gap == 0
    assert hasty.bound <= best.objective <= hasty.objective


@needs_public
def test_the_public_problems_reach_their_known_optimum() -> None:
    with (PUBLIC / "pmed/pmed_opt.csv").open() as file:
        known = {row["instance"]: float(row["optimum"]) for row in csv.DictReader(file)}
    assert len(known) == 10
    for name, optimum in known.items():
        found = p_median(*read_pmed(PUBLIC / f"pmed/{name}.txt"))
        assert (name, found.objective, found.bound) == (name, optimum, optimum)


def test_more_sites_than_there_are_is_refused() -> None:
    with pytest.raises(UserError, match="要开的点数不能用"):
        p_median(drawn_costs(0, 5, 3), 4)
