"""Location: the public problems, and drawn ones of a large county, each with its proven gap.

`python bench/location.py FILE --format pmed|holmberg --seconds 10` prints one JSON line: objective, bound, gap, seconds, open_sites
(numbered from 1, as the files number them). Holmberg's problems are solved with every point kept whole (single source).
"""

from __future__ import annotations

import argparse
import csv
import importlib.util
import json
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import numpy as np

from junheng.planning.location.facilities import Facilities
from junheng.planning.location.facility_location import facility_location
from junheng.planning.location.formats import read_holmberg, read_pmed
from junheng.planning.location.located import Floats, Located
from junheng.planning.location.p_median import p_median
from junheng.planning.location.single_source import single_source
from junheng.planning.siting.solve import attempt
from junheng.synth.siting import draw_county
from side_by_side import report

PUBLIC = Path(__file__).resolve().parents[1] / ".." / "shared" / "data" / "location"


def solve(path: Path, kind: str, seconds: float) -> Located:
    """One public file."""
    if kind == "holmberg":
        return single_source(read_holmberg(path), seconds=seconds)
    cost, p = read_pmed(path)
    return p_median(cost, p, seconds=seconds)


def large_county(seed: int, points: int = 2000, sites: int = 300) -> tuple[Floats, Floats]:
    """(pupils, pupils × distance): points on a plane of 50 km, sites at some of them."""
    rng = np.random.default_rng(seed)
    there, pupils = rng.random((points, 2)) * 50, rng.integers(5, 200, points).astype(float)
    where = there[rng.choice(points, sites, replace=False)]
    return pupils, np.hypot(there[:, None, 0] - where[None, :, 0], there[:, None, 1] - where[None, :, 1]) * pupils[:, None]


def run() -> None:
    if PUBLIC.is_dir():
        _public()
    for seed in range(3):
        pupils, cost = large_county(seed)
        free = p_median(cost, 25, seconds=5)
        report("L3 p-median 2000×300", f"p 25, draw {seed}: {free.objective:.0f}, proven gap {free.gap:.3%} in {free.seconds:.1f} s (goal ≤ 0.2 % in 5 s)")
        places = np.full(300, np.ceil(pupils.sum() * 1.25 / 25))
        full = facility_location(Facilities(pupils, places, np.zeros(300), cost, 25), seconds=60)
        report("L4 with places 2000×300", f"p 25, a quarter of places to spare, draw {seed}: {full.objective:.0f}, proven gap {full.gap:.3%} in {full.seconds:.1f} s "
                                          f"(goal ≤ 2 % in 60 s); places cost {full.objective / free.objective:.3f}×")  # fmt: skip
    _layout()
    _beside_spopt()


def _layout() -> None:
    """A layout over three periods. spopt has no periods, no classes and no opening of schools, so nothing of it stands beside this."""
    for draw in (1, 2):
        county = draw_county(draw, villages=28, estates=12, townships=4)
        plan = attempt(county, seconds=20).plan
        size = f"{len(county.points)}×{len(county.sites)}×{len(county.years)}"
        report("L6 layout over periods", f"{size}, draw {draw}: {float(plan.total) / 1e4:.0f} 万元, proven gap {plan.gap:.3%} in {plan.seconds:.1f} s" if plan
               else f"{size}, draw {draw}: no plan within 20 s")  # fmt: skip


def _public() -> None:
    with (PUBLIC / "pmed/pmed_opt.csv").open() as file:
        known = {PUBLIC / f"pmed/{row['instance']}.txt": float(row["optimum"]) for row in csv.DictReader(file)}
    holmberg = {PUBLIC / f"holmberg/p{n}": float(line) for n, line in enumerate((PUBLIC / "holmberg/os").read_text().split(), 1)}
    for name, kind, problems in (("L1 OR-Library", "pmed", known), ("L2 Holmberg", "holmberg", holmberg)):
        found = {path.stem: (solve(path, kind, 10), optimum) for path, optimum in problems.items()}
        right = sum(each.objective == optimum and each.gap == 0 for each, optimum in found.values())
        slowest = max(found, key=lambda each: found[each][0].seconds)
        report(name, f"{right} of {len(found)} at the known optimum and proven, {sum(each.seconds for each, _ in found.values()):.1f} s in all, "
                     f"slowest {slowest} {found[slowest][0].seconds:.2f} s (goal: all, ≤ 10 s each)")  # fmt: skip


def _beside_spopt() -> None:
    """spopt's p-median of a small county with HiGHS through PuLP, where both are installed; they are no dependency of ours."""
    if not (importlib.util.find_spec("spopt") and importlib.util.find_spec("pulp")):
        report("L5 beside spopt", f"spopt cannot be imported (it needs Python ≥ 3.12; this is {sys.version_info.major}.{sys.version_info.minor}); not compared")
        return
    import pulp
    from spopt.locate import PMedian

    pupils, cost = large_county(0, 200, 60)
    began = time.perf_counter()
    model = PMedian.from_cost_matrix(cost / pupils[:, None], pupils, p_facilities=8)
    model.solve(pulp.PULP_CBC_CMD(msg=False))
    theirs, took = pulp.value(model.problem.objective), time.perf_counter() - began
    ours = p_median(cost, 8)
    report("L5 beside spopt", f"200×60, p 8: ours {ours.objective:.2f} in {ours.seconds:.2f} s, spopt {theirs:.2f} in {took:.1f} s: {ours.seconds / took:.3f}×")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--format", choices=("pmed", "holmberg"), required=True)
    parser.add_argument("--seconds", type=float, default=10.0)
    given = parser.parse_args()
    found = solve(given.file, given.format, given.seconds)
    print(json.dumps({
        "objective": found.objective, "bound": found.bound, "gap": found.gap, "seconds": round(found.seconds, 3),
        "open_sites": [site + 1 for site in found.sites],
    }))  # fmt: skip


if __name__ == "__main__":
    main()
