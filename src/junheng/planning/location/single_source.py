"""有容量的选址（整点不拆）: which sites to open, and to which one of them each point goes, within the places there are.

Sets, data as in `facility_location`; x_ij ∈ {0,1}: a village, an estate, keeps its children together.
Minimise    Σ_j f_j y_j + Σ_i Σ_j c_ij x_ij                     (0)
subject to  Σ_j x_ij = 1                    for i ∈ I           (1)
            Σ_i d_i x_ij ≤ s_j y_j          for j ∈ J           (2)
            x_ij ≤ y_j                      for i ∈ I, j ∈ J    (3)
            Σ_j s_j y_j ≥ Σ_i d_i                               (4)
            Σ_j y_j = p                     (where p is given)  (5)
Source: Holmberg, Rönnqvist & Yuan 1999, “An exact algorithm for the capacitated facility location problems with single
sourcing”, EJOR 113.

Way: the search with split demand, whose flows are made whole (`whole_assignment`); the Lagrangian bound with knapsacks of whole
points, whose sets of sites are made whole too; small problems are finished by HiGHS with the sites that the bound fixed.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp

from junheng.common.errors import UserError
from junheng.planning.highs import minimise
from junheng.planning.location.capacity_bound import Bound, lagrangian
from junheng.planning.location.facilities import Facilities, Supplied, supplied
from junheng.planning.location.facility_location import SMALL, searched
from junheng.planning.location.facility_model import as_start, facility_model
from junheng.planning.location.located import Floats, Ints, all_whole, raised
from junheng.planning.location.whole_assignment import whole_assignment


@dataclass
class _Best:
    """The best plan so far: every point's site; sites: those open; tries: how often more to make points whole."""

    problem: Facilities
    cost: float = np.inf
    assigned: Ints | None = None
    sites: Ints | None = None
    tries: int = 60

    def offer(self, sites: Ints, _: Floats) -> float:
        """Whole points to these sites, if they fit; returns the best cost known."""
        if self.tries and self.problem.count in (None, len(sites)):
            self.tries -= 1
            assigned = whole_assignment(self.problem, sites)
            if assigned is not None:
                self.keep(assigned, sites)
        return self.cost

    def keep(self, assigned: Ints, sites: Ints) -> None:
        if self.problem.count is None:
            sites = np.unique(assigned)
        cost = float(self.problem.cost[np.arange(len(assigned)), assigned].sum() + self.problem.opening[sites].sum())
        if cost < self.cost:
            self.cost, self.assigned, self.sites = cost, assigned, np.sort(sites)


def single_source(problem: Facilities, *, seconds: float = 60.0, gap: float = 0.0) -> Supplied:
    """The best plan found, with its bound. Raises UserError when no way of keeping points whole was found in the time."""
    began = time.monotonic()
    until = began + seconds
    best = _Best(problem)
    split = searched(problem, began, seconds)
    if split.best is not None:
        best.offer(split.best.sites, problem.demand)
    found = lagrangian(problem, best.cost, best.offer, until=began + seconds / 2, single=True, aim=1.1 * split.cost)
    bound = found.bound
    if best.cost - bound > max(gap, 1e-9) * abs(best.cost) and problem.cost.size <= SMALL:
        bound = max(bound, _finish(best, found, until - time.monotonic(), gap))
    if best.assigned is None or best.sites is None:
        raise UserError("没有找到整点不拆的安排", why="容量太紧，或时间不够", remedy="请放宽容量，或允许一个点分到两所学校")
    n, m = problem.cost.shape
    share = sp.csr_array((np.ones(n), (np.arange(n), best.assigned)), shape=(n, m))
    return supplied(problem, share, tuple(best.sites.tolist()), bound, time.monotonic() - began)


def _finish(best: _Best, found: Bound, seconds: float, gap: float) -> float:
    """HiGHS from the best plan known; returns what it proved."""
    problem = best.problem
    n, m = problem.cost.shape
    start = None
    if best.assigned is not None and best.sites is not None:
        start = as_start(sp.csr_array((np.ones(n), (np.arange(n), best.assigned)), shape=(n, m)), best.sites)
    answer = minimise(facility_model(problem, single=True, shut=found.shut, kept=found.kept), seconds=seconds, gap=gap, start=start)
    if answer.values is not None:
        best.keep(answer.values[m:].reshape(n, m).argmax(axis=1), np.flatnonzero(answer.values[:m] > 0.5))
    return raised(min(answer.bound, best.cost), all_whole(problem.cost, problem.opening))
