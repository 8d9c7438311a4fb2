"""Capacitated location: which sites to open, and who goes where, when a site holds only so many.

Sets: demand points i with people d_i, sites j with capacity s_j and opening cost f_j. Variables: y_j site open, x_ij the
share of point i that goes to site j, at cost c_ij for all of it.

    (1) min Σ_j f_j y_j + Σ_ij c_ij x_ij
    (2) Σ_j x_ij = 1                     for every i
    (3) Σ_i d_i x_ij ≤ s_j y_j           for every j
    (4) x_ij ≤ y_j                       for every i, j
    (5) Σ_j y_j = p                      where the number of sites is given
    (6) y ∈ {0, 1};  0 ≤ x ≤ 1, or x ∈ {0, 1} where a point may not be split (single source)

Small ones go to HiGHS whole, strong form (4). Large ones: lower bound by relaxing (2) with multipliers, each site then
being a continuous knapsack (Cornuéjols, Sridharan and Thizy, European Journal of Operational Research 50 (1991)); plans by
opening what the bound's best sites suggest, sending everybody by min-cost flow, and exchanging sites while that helps.
The continuous bound holds for single source too.
"""

from __future__ import annotations

import time

import highspy
import numpy as np
from scipy.sparse import coo_array

from junheng.planning.location.answer import Floats, Located, no_plan
from junheng.planning.location.capacitated_search import Instance, search
from junheng.planning.location.program import Program, solved

_EXACT_LINKS = 30_000
"""Points × sites up to which HiGHS gets the whole program."""


def capacitated(
    costs: Floats, demands: Floats, capacities: Floats, opening: Floats, *, p: int | None = None, single_source: bool = False,
    seconds: float = 60.0, gap: float = 0.0,
) -> Located:  # fmt: skip
    """costs: (demand points, sites), for all of a point's demand, inf = cannot go there. gap: stop when proven so near."""
    began = time.monotonic()
    instance = Instance(np.asarray(costs, dtype=float), np.asarray(demands, dtype=float), np.asarray(capacities, dtype=float),
                        np.asarray(opening, dtype=float), p, single_source)  # fmt: skip
    if costs.size <= _EXACT_LINKS:
        return _whole(instance, began, seconds, gap)
    return search(instance, began, seconds, gap)


def _whole(instance: Instance, began: float, seconds: float, gap: float) -> Located:
    points, sites = instance.costs.shape
    point, site = np.nonzero(np.isfinite(instance.costs))
    links = point.size
    number = np.arange(links)
    # Rows: (2) per point, (3) per site, (4) per link, (5).
    rows = np.concatenate([point, points + site, points + np.arange(sites), points + sites + number, points + sites + number])
    columns = np.concatenate([sites + number, sites + number, np.arange(sites), sites + number, site])
    values = np.concatenate([np.ones(links), instance.demands[point], -instance.capacities, np.ones(links), -np.ones(links)])
    count = points + sites + links
    lower, upper = np.concatenate([np.ones(points), np.full(sites + links, -np.inf)]), np.concatenate([np.ones(points), np.zeros(sites + links)])
    if instance.p is not None:
        rows, columns, values = np.concatenate([rows, np.full(sites, count)]), np.concatenate([columns, np.arange(sites)]), np.concatenate([values, np.ones(sites)])
        lower, upper, count = np.append(lower, instance.p), np.append(upper, instance.p), count + 1
    integer = np.ones(sites + links, dtype=bool)
    integer[sites:] = instance.single_source
    program = Program(
        np.concatenate([instance.opening, instance.costs[point, site]]), np.zeros(sites + links), np.ones(sites + links), integer, lower, upper,
        coo_array((values, (rows, columns)), shape=(count, sites + links)).tocsr(),
    )  # fmt: skip
    answer = solved(program, seconds=seconds, gap=gap)
    took = time.monotonic() - began
    if answer.values is None:
        return no_plan(took, infeasible=answer.status == highspy.HighsModelStatus.kInfeasible, bound=answer.bound)
    opened = np.flatnonzero(answer.values[:sites] > 0.5)
    shares = np.zeros((points, sites))
    shares[point, site] = np.where(answer.values[sites:] > 1e-9, answer.values[sites:], 0.0)
    return instance.located(opened, shares, answer.bound, took)
