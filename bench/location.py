"""Where to open: public instances to their known optima, and large random ones to a gap, beside other solvers where they run.

`python bench/location.py FILE --format pmed|holmberg [--seconds 10]` reads one file of the OR-Library (pmed) or of Holmberg's
single-source set and prints one JSON line: objective, bound, gap, seconds, open_sites (numbered from 1, as in the files).
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import numpy as np
from scipy.sparse.csgraph import floyd_warshall

from junheng.planning.location import Located, capacitated, p_median
from side_by_side import report

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data" / "location"


def read_pmed(path: Path) -> tuple[np.ndarray, int]:
    """(shortest ways between all nodes, p). Where a file names an edge twice the later line holds, as OR-Library says."""
    numbers = path.read_text().split()
    nodes, _, p = (int(each) for each in numbers[:3])
    graph = np.full((nodes, nodes), np.inf)
    np.fill_diagonal(graph, 0.0)
    for start, end, length in zip(*[iter(numbers[3:])] * 3, strict=True):
        graph[int(start) - 1, int(end) - 1] = graph[int(end) - 1, int(start) - 1] = float(length)
    return floyd_warshall(graph, directed=False), p


def read_holmberg(path: Path) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """(costs of a whole customer, (customers, sites); demands; capacities; opening costs)."""
    numbers = [float(each) for each in path.read_text().split()]
    sites, customers = int(numbers[0]), int(numbers[1])
    parts = np.split(np.array(numbers[2:]), np.cumsum([sites, sites, customers]))
    capacities, opening, demands, costs = parts
    return costs[: sites * customers].reshape(customers, sites), demands, capacities, opening


def solve(path: Path, form: str, seconds: float) -> Located:
    if form == "pmed":
        distances, p = read_pmed(path)
        return p_median(distances, p, seconds=seconds)
    costs, demands, capacities, opening = read_holmberg(path)
    return capacitated(costs, demands, capacities, opening, single_source=True, seconds=seconds)


def line(found: Located) -> str:
    return json.dumps({
        "objective": round(found.objective, 6), "bound": round(found.bound, 6), "gap": round(found.gap, 8), "seconds": round(found.seconds, 3),
        "open_sites": [each + 1 for each in found.open_sites],
    })  # fmt: skip


def random_county(points: int, sites: int, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """(distances, weights) of places strewn over 100 km × 100 km."""
    rng = np.random.default_rng(seed)
    places, schools = rng.random((points, 2)) * 100, rng.random((sites, 2)) * 100
    return np.sqrt(((places[:, None] - schools[None]) ** 2).sum(axis=2)), rng.integers(1, 50, points).astype(float)


def _public() -> None:
    if not SHARED.is_dir():
        report("location, public instances", "skipped: the files are not here")
        return
    optima = {row["instance"]: float(row["optimum"]) for row in csv.DictReader((SHARED / "pmed" / "pmed_opt.csv").read_text().splitlines())}
    solved = [(name, solve(SHARED / "pmed" / f"{name}.txt", "pmed", 10.0), optimum) for name, optimum in optima.items()]
    exact = sum(found.objective == optimum and found.gap == 0 for _, found, optimum in solved)
    report("pmed", f"{exact} of {len(solved)} proven optimal, longest {max(found.seconds for _, found, _ in solved):.2f} s (goal ≤ 10 s each)")
    known = [float(each) for each in (SHARED / "holmberg" / "os").read_text().split()][:10]
    holmberg = [(solve(SHARED / "holmberg" / f"p{number}", "holmberg", 60.0), optimum) for number, optimum in enumerate(known, 1)]
    exact = sum(abs(found.objective - optimum) < 1e-6 * optimum and found.gap < 1e-6 for found, optimum in holmberg)
    report("Holmberg p1–p10, single source", f"{exact} of {len(holmberg)} at the known optimum, longest {max(found.seconds for found, _ in holmberg):.2f} s")


def _large() -> None:
    distances, weights = random_county(2000, 300)
    median = p_median(distances, 25, weights=weights, seconds=5.0, gap=0.0005)
    report("p-median 2,000 × 300, p = 25", f"gap {median.gap:.4%} in {median.seconds:.2f} s (goal ≤ 0.2 % in 5 s)")
    capacities = np.full(300, np.ceil(weights.sum() / 25 * 1.25))
    many = capacitated(distances * weights[:, None], weights, capacities, np.zeros(300), p=25, seconds=60.0, gap=0.002)
    report("capacitated p-median 2,000 × 300, p = 25, a quarter of room to spare", f"gap {many.gap:.3%} in {many.seconds:.1f} s (goal ≤ 2 % in 60 s)")
    opening = np.random.default_rng(1).integers(20_000, 60_000, 300).astype(float)
    fixed = capacitated(distances * weights[:, None], weights, capacities, opening, seconds=60.0, gap=0.002)
    report("capacitated with opening costs 2,000 × 300", f"gap {fixed.gap:.3%} in {fixed.seconds:.1f} s (goal ≤ 2 % in 60 s), {len(fixed.open_sites)} open")


def _beside_spopt() -> None:
    """The p-median of 200 × 100 as spopt states it; spopt needs Python 3.12 and is not among our dependencies."""
    try:
        import pulp
        from spopt.locate import PMedian
    except ImportError:
        report("beside spopt", "skipped: spopt is not installed (it needs Python 3.12)")
        return
    distances, weights = random_county(200, 100)
    ours = p_median(distances, 10, weights=weights, seconds=10.0)
    start = time.perf_counter()
    theirs = PMedian.from_cost_matrix(distances, weights, p_facilities=10).solve(pulp.PULP_CBC_CMD(msg=False))
    took = time.perf_counter() - start
    value = float(pulp.value(theirs.problem.objective))
    report("p-median 200 × 100 beside spopt", f"{ours.seconds:.2f} s against {took:.2f} s: {ours.seconds / took:.2f} ×; {ours.objective:.2f} and {value:.2f}")


def run() -> None:
    _public()
    _large()
    _beside_spopt()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--format", choices=("pmed", "holmberg"), required=True)
    parser.add_argument("--seconds", type=float, default=10.0)
    asked = parser.parse_args()
    print(line(solve(asked.file, asked.format, asked.seconds)))
