"""What is left of a p-median after fixing, as an integer program in HiGHS."""

from __future__ import annotations

from dataclasses import dataclass

import highspy
import numpy as np
from scipy.sparse import coo_array

from junheng.planning.location.answer import Floats, Ints
from junheng.planning.location.program import Program, solved


@dataclass(frozen=True)
class Finished:
    """opened: numbers of sites, None = nothing better than the cutoff was found. bound: of every plan of the program."""

    opened: Ints | None
    bound: float


def finish(costs: Floats, p: int, always: Ints, cutoff: float, seconds: float) -> Finished:
    """Constraints (1)–(5) of median.py; a point is never sent farther than to the nearest site that stays open."""
    points, sites = costs.shape
    farthest = costs[:, always].min(axis=1) if always.size else np.full(points, np.inf)
    point, site = np.nonzero((costs <= farthest[:, None]) & np.isfinite(costs))
    links = point.size
    # Columns: y of every site, then x of every link. Rows: one sum per point, one x ≤ y per link, the number of sites.
    number = np.arange(links)
    rows = np.concatenate([point, points + number, points + number, np.full(sites, points + links)])
    columns = np.concatenate([sites + number, sites + number, site, np.arange(sites)])
    values = np.concatenate([np.ones(links), np.ones(links), -np.ones(links), np.ones(sites)])
    lower = np.concatenate([np.ones(points), np.full(links, -np.inf), [p]])
    upper = np.concatenate([np.ones(points), np.zeros(links), [p]])
    at_least = np.zeros(sites + links)
    at_least[always] = 1.0
    program = Program(
        cost=np.concatenate([np.zeros(sites), costs[point, site]]), lower=at_least, upper=np.ones(sites + links),
        integer=np.arange(sites + links) < sites, row_lower=lower, row_upper=upper,
        matrix=coo_array((values, (rows, columns)), shape=(points + links + 1, sites + links)).tocsr(),
    )  # fmt: skip
    answer = solved(program, seconds=seconds, cutoff=cutoff)
    if answer.status == highspy.HighsModelStatus.kInfeasible:
        return Finished(None, cutoff)
    return Finished(None if answer.values is None else np.flatnonzero(answer.values[:sites] > 0.5), answer.bound)
