"""Every model of location beside trying everything, on small instances; public instances to their known optima."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import time
from itertools import combinations, product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from junheng.planning.location import Located, capacitated, max_cover, p_center, p_median
from junheng.planning.location.capacitated_search import Instance, search
from junheng.planning.location.interchange import greedy, interchange

ROOT = Path(__file__).resolve().parents[3]
SHARED = ROOT.parent / "shared" / "data" / "location"
OPTIMA = list(csv.DictReader((SHARED / "pmed" / "pmed_opt.csv").read_text().splitlines())) if SHARED.is_dir() else []
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the public instances are not beside this checkout")


def _county(seed: int, points: int = 9, sites: int = 6) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    distances = np.round(np.hypot(*(rng.random((points, 1, 2)) - rng.random((1, sites, 2))).transpose(2, 0, 1)) * 100, 1)
    return distances, rng.integers(1, 30, points).astype(float)


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("p", [1, 2, 4, 6])
def test_the_median_is_the_best_of_all_choices_and_says_so(seed: int, p: int) -> None:
    distances, weights = _county(seed)
    best = min((weights[:, None] * distances)[:, list(each)].min(axis=1).sum() for each in combinations(range(6), p))
    found = p_median(distances, p, weights=weights, seconds=5)
    assert found.objective == pytest.approx(best)
    assert found.bound == pytest.approx(best)
    assert len(found.open_sites) == p
    assert set(found.served_by) <= set(found.open_sites)


def test_the_median_sends_nobody_where_there_is_no_way_and_says_when_somebody_has_none() -> None:
    cut = np.array([[1.0, np.inf, 9.0], [np.inf, 1.0, 9.0], [2.0, np.inf, 1.0]])
    found = p_median(cut, 2)
    assert (found.objective, found.open_sites) == (4.0, (0, 1))
    assert p_median(np.array([[1.0, np.inf], [np.inf, 1.0]]), 1).infeasible


@pytest.mark.parametrize("seed", range(10))
def test_the_center_is_the_least_longest_way(seed: int) -> None:
    distances, _ = _county(seed)
    best = min(distances[:, list(each)].min(axis=1).max() for each in combinations(range(6), 2))
    found = p_center(distances, 2)
    assert (found.objective, found.bound) == (best, best)
    assert len(found.open_sites) == 2


def test_where_nobody_can_be_reached_the_center_says_that_there_is_no_plan() -> None:
    found = p_center(np.array([[1.0, np.inf], [np.inf, 1.0]]), 1)
    assert found.infeasible
    assert found.open_sites == ()


@pytest.mark.parametrize("seed", range(10))
def test_the_most_covered_is_the_most_of_all_choices(seed: int) -> None:
    distances, weights = _county(seed)
    best = max(weights[(distances[:, list(each)] <= 30).any(axis=1)].sum() for each in combinations(range(6), 2))
    found = max_cover(distances, 2, 30.0, weights=weights)
    assert found.objective == best
    assert found.bound == pytest.approx(best)
    assert all(site == -1 or distances[point, site] <= 30 for point, site in enumerate(found.served_by))


def _single_source_best(costs: np.ndarray, demands: np.ndarray, capacities: np.ndarray, opening: np.ndarray) -> float:
    best = np.inf
    for places in product(range(costs.shape[1]), repeat=len(demands)):
        load = np.bincount(places, weights=demands, minlength=costs.shape[1])
        if (load <= capacities).all():
            best = min(best, opening[sorted(set(places))].sum() + costs[np.arange(len(demands)), list(places)].sum())
    return float(best)


@pytest.mark.parametrize("seed", range(6))
def test_single_source_is_the_best_of_all_ways_and_splitting_never_costs_more(seed: int) -> None:
    distances, demands = _county(seed, points=6, sites=4)
    capacities, opening = np.full(4, np.ceil(demands.sum() / 2.5)), np.array([60.0, 80.0, 50.0, 70.0])
    whole = capacitated(distances, demands, capacities, opening, single_source=True)
    split = capacitated(distances, demands, capacities, opening)
    best = _single_source_best(distances, demands, capacities, opening)
    if np.isfinite(best):
        assert whole.objective == pytest.approx(best)
        assert whole.gap < 1e-6
        assert split.objective <= best + 1e-6
    else:
        assert whole.infeasible
    _holds(split, demands, capacities)


def _holds(found: Located, demands: np.ndarray, capacities: np.ndarray) -> None:
    """Everybody has a place, no site holds more than it can, nobody goes to a closed one."""
    assert found.shares is not None
    served, load = np.zeros(len(demands)), np.zeros(len(capacities))
    for (point, site), share in found.shares.items():
        served[point] += share
        load[site] += share * demands[point]
        assert site in found.open_sites
    assert served == pytest.approx(np.ones(len(demands)))
    assert (load <= capacities + 1e-6).all()


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000), spare=st.floats(1.05, 2.0), single=st.booleans(), p=st.sampled_from([None, 4]))
def test_the_search_for_large_ones_never_beats_the_whole_program_and_its_bound_never_lies(seed: int, spare: float, single: bool, p: int | None) -> None:
    distances, demands = _county(seed, points=14, sites=7)
    capacities, opening = np.full(7, np.ceil(demands.sum() / 4 * spare)), np.full(7, 40.0)
    exact = capacitated(distances, demands, capacities, opening, p=p, single_source=single, seconds=10)
    found = search(Instance(distances, demands, capacities, opening, p, single), time.monotonic(), 1.0, 0.0)
    assert found.bound <= exact.objective + 1e-6
    if found.open_sites:
        assert found.objective >= exact.objective - 1e-6
        if not single:
            _holds(found, demands, capacities)
            assert found.objective <= exact.objective * 1.1 + 1e-6


def test_too_little_room_is_said_at_once() -> None:
    distances, demands = _county(1)
    assert capacitated(distances, demands, np.full(6, 1.0), np.zeros(6)).infeasible


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 10_000), p=st.integers(1, 5))
def test_an_exchange_never_makes_a_plan_worse_and_ends_where_no_single_one_helps(seed: int, p: int) -> None:
    distances, _ = _county(seed, points=15, sites=8)
    start = greedy(distances, p)
    opened, cost = interchange(distances, start)
    assert cost <= distances[:, start].min(axis=1).sum() + 1e-9
    assert cost == pytest.approx(distances[:, opened].min(axis=1).sum())
    for out, into in product(opened, set(range(8)) - set(opened)):
        other = [*(each for each in opened if each != out), into]
        assert distances[:, other].min(axis=1).sum() >= cost - 1e-6


@needs_shared
@pytest.mark.parametrize("row", OPTIMA, ids=lambda row: row["instance"])
def test_the_bench_reads_an_or_library_file_and_proves_its_known_optimum(row: dict[str, str]) -> None:
    done = subprocess.run([sys.executable, str(ROOT / "bench" / "location.py"), str(SHARED / "pmed" / f"{row['instance']}.txt"), "--format", "pmed", "--seconds", "30"],
                          capture_output=True, text=True, check=True)  # fmt: skip
    (line,) = done.stdout.splitlines()
    found = json.loads(line)
    assert found["objective"] == float(row["optimum"])
    assert found["gap"] == 0
    assert len(found["open_sites"]) == int(row["p"])


@needs_shared
@pytest.mark.parametrize("number", range(1, 11))
def test_the_bench_reaches_the_known_optimum_of_holmbergs_single_source_instances(number: int) -> None:
    sys.path.insert(0, str(ROOT / "bench"))
    import location

    known = float((SHARED / "holmberg" / "os").read_text().split()[number - 1])
    found = location.solve(SHARED / "holmberg" / f"p{number}", "holmberg", 60.0)
    assert found.objective == pytest.approx(known, rel=1e-9)
    assert found.gap < 1e-6
