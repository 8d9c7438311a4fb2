"""Location with capacities: as good as trying everything, Holmberg's problems to their known optimum, places kept."""

from __future__ import annotations

from itertools import combinations, product

import numpy as np
import pytest
from location_cases import PUBLIC, drawn_facilities, needs_public
from scipy.optimize import linprog  # type: ignore[import-untyped]

from junheng.common.errors import UserError
from junheng.planning.location.capacity_bound import lagrangian
from junheng.planning.location.facilities import Facilities, Supplied
from junheng.planning.location.facility_location import facility_location
from junheng.planning.location.formats import read_holmberg
from junheng.planning.location.located import Floats
from junheng.planning.location.single_source import single_source


def check(problem: Facilities, plan: Supplied) -> None:
    """Everybody is served, nobody beyond the places or by a closed site, and the cost is what it says."""
    share = plan.share.toarray()
    assert np.allclose(share.sum(axis=1), 1)
    assert (share >= -1e-12).all()
    assert (problem.demand @ share <= problem.capacity + 1e-6).all()
    assert set(np.flatnonzero(share.sum(axis=0) > 1e-12).tolist()) <= set(plan.sites)
    assert problem.count in (None, len(plan.sites))
    cost = (share * problem.cost).sum() + problem.opening[list(plan.sites)].sum()
    assert plan.objective == pytest.approx(cost)
    assert plan.bound <= plan.objective


def splits_of(problem: Facilities) -> float:
    """The least cost with split demand: a linear program for every set of sites."""
    n, m = problem.cost.shape
    best = np.inf
    for size in range(1, m + 1) if problem.count is None else (problem.count,):
        for sites in map(list, combinations(range(m), size)):
            if problem.capacity[sites].sum() >= problem.demand.sum():
                served = np.kron(np.eye(n), np.ones(size))
                load = np.kron(problem.demand, np.eye(size))
                done = linprog(problem.cost[:, sites].ravel(), load, problem.capacity[sites], served, np.ones(n), method="highs")
                best = min(best, done.fun + problem.opening[sites].sum()) if done.status == 0 else best
    return float(best)


def wholes_of(problem: Facilities) -> float:
    """The least cost with points kept whole: every assignment there is."""
    n, m = problem.cost.shape
    every = np.array(list(product(range(m), repeat=n)))
    load = np.stack([(problem.demand * (every == j)).sum(axis=1) for j in range(m)], axis=1)
    used = np.stack([(every == j).any(axis=1) for j in range(m)], axis=1)
    cost: Floats = problem.cost[np.arange(n), every].sum(axis=1) + used @ problem.opening
    fits = (load <= problem.capacity).all(axis=1)
    if problem.count is not None:
        fits &= used.sum(axis=1) <= problem.count
        spare = [np.sort(problem.opening[~row])[: problem.count - row.sum()].sum() if row.sum() <= problem.count else 0 for row in used]
        cost = cost + np.array(spare)
    return float(cost[fits].min()) if fits.any() else np.inf


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("count", [None, 3])
def test_no_set_of_sites_serves_split_demand_for_less(seed: int, count: int | None) -> None:
    problem = drawn_facilities(seed, 9, 6, count=count, slack=1.1 + 0.1 * (seed % 4))
    plan = facility_location(problem, seconds=20)

    check(problem, plan)
    assert plan.objective == pytest.approx(splits_of(problem), rel=1e-6)
    assert plan.gap < 1e-6


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("count", [None, 2])
def test_no_assignment_of_whole_points_costs_less(seed: int, count: int | None) -> None:
    problem = drawn_facilities(seed, 7, 4, count=count, slack=1.15 + 0.1 * (seed % 4))
    best = wholes_of(problem)
    if np.isinf(best):
        with pytest.raises(UserError, match="整点不拆"):
            single_source(problem, seconds=20)
        return
    plan = single_source(problem, seconds=20)

    check(problem, plan)
    assert set(np.unique(plan.share.toarray()).tolist()) <= {0.0, 1.0}
    assert (plan.objective, plan.bound) == (best, best)


@pytest.mark.parametrize("single", [False, True])
def test_a_bound_stopped_early_stays_below_the_best(single: bool) -> None:
    for seed in range(6):
        problem = drawn_facilities(seed, 7, 4)
        best = (wholes_of if single else splits_of)(problem)
        for steps in (1, 5, 40):
            found = lagrangian(problem, np.inf, lambda *_: np.inf, until=np.inf, steps=steps, single=single, aim=1.2 * best)
            assert found.bound <= best + 1e-6
            assert len(found.shut) == len(found.kept) == 0


@needs_public
def test_holmbergs_problems_reach_their_known_optimum() -> None:
    known = [float(line) for line in (PUBLIC / "holmberg/os").read_text().split()]
    for number, optimum in enumerate(known, 1):
        problem = read_holmberg(PUBLIC / f"holmberg/p{number}")
        plan = single_source(problem, seconds=30)
        check(problem, plan)
        assert (number, plan.objective, plan.bound) == (number, optimum, optimum)


@pytest.mark.parametrize("count", [None, 8])
def test_hundreds_of_points_with_places_have_a_small_gap(count: int | None) -> None:
    problem = drawn_facilities(1, 400, 60, count=count, slack=1.25)
    plan = facility_location(problem, seconds=8)

    check(problem, plan)
    assert plan.gap < 0.02


def test_too_few_places_are_refused() -> None:
    with pytest.raises(UserError, match="容量不够"):
        drawn_facilities(0, 5, 3, count=1, slack=0.3)


def test_half_pupils_are_refused() -> None:
    one = np.ones(1)
    with pytest.raises(UserError, match="须是整数"):
        Facilities(one * 1.5, one * 2, one, np.ones((1, 1)))
