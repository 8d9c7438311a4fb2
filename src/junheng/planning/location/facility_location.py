"""有容量的选址（可拆分）: which sites to open, and how many pupils of each point go to each, within the places there are.

Sets        I points, J sites
Data        d_i pupils, c_ij cost of serving all of i from j, s_j places, f_j cost of opening, p how many sites (or free)
Variables   y_j ∈ {0,1} j is open; x_ij ∈ [0,1] part of i served by j
Minimise    Σ_j f_j y_j + Σ_i Σ_j c_ij x_ij                     (0)
subject to  Σ_j x_ij = 1                    for i ∈ I           (1)
            Σ_i d_i x_ij ≤ s_j y_j          for j ∈ J           (2)
            x_ij ≤ y_j                      for i ∈ I, j ∈ J    (3)
            Σ_j s_j y_j ≥ Σ_i d_i                               (4)
            Σ_j y_j = p                     (where p is given)  (5)
(3) and (4) follow from the rest for whole y; they tighten the relaxation.
Source: Kuehn & Hamburger 1963, Manag. Sci. 9; Cornuéjols, Sridharan & Thizy 1991, EJOR 50.

Way: search by swaps, openings and closures, every set priced by a min-cost flow (`capacity_search`); a Lagrangian bound
(`capacity_bound`), whose sets of sites are searched from too; small problems are finished by HiGHS.
"""

from __future__ import annotations

import time

import numpy as np
import scipy.sparse as sp

from junheng.planning.highs import minimise
from junheng.planning.location.capacity_bound import lagrangian
from junheng.planning.location.capacity_search import Search, opened_greedily
from junheng.planning.location.facilities import Facilities, Supplied, supplied
from junheng.planning.location.facility_model import as_start, facility_model
from junheng.planning.location.located import Floats, Ints
from junheng.planning.location.transport import transport

SMALL = 20_000
"""Points × sites that HiGHS is asked to finish."""
_KICKS, _OFFERS = 40, 10


def facility_location(problem: Facilities, *, seconds: float = 60.0, gap: float = 0.0) -> Supplied:
    """The best plan found, with its bound. Ends when the gap is proven, the search is worn out or the time is over."""
    began = time.monotonic()
    until = began + seconds
    search = searched(problem, began, seconds)
    proposed: list[Ints] = []

    def offer(sites: Ints, _: Floats) -> float:
        proposed.append(sites)
        return search.cost

    found = lagrangian(problem, search.cost, offer, until=began + seconds / 2)
    for sites in reversed(proposed[-_OFFERS:]):  # the later, the nearer to the best prices
        search.descend(sites, began + seconds * 3 / 4)
    search.kick(until, found.bound * (1 + gap) if found.bound > 0 else found.bound, _KICKS)
    assert search.best is not None
    sites, bound = search.best.sites, min(found.bound, search.cost)
    share = shares(problem, sites)
    if search.cost - bound > max(gap, 1e-9) * abs(search.cost) and problem.cost.size <= SMALL:
        model = facility_model(problem, single=False, shut=found.shut, kept=found.kept)
        answer = minimise(model, seconds=until - time.monotonic(), gap=gap, start=as_start(share, sites))
        bound = max(bound, min(answer.bound, search.cost))
        if answer.values is not None and answer.objective < search.cost:
            sites = np.flatnonzero(answer.values[: problem.cost.shape[1]] > 0.5)
            share = shares(problem, sites)
    return supplied(problem, share, tuple(sites.tolist()), bound, time.monotonic() - began)


def searched(problem: Facilities, began: float, seconds: float) -> Search:
    """A search that descended from the greedy start and, for a quarter of the time, from kicks."""
    search = Search(problem)
    search.descend(opened_greedily(problem), began + seconds / 4)
    search.kick(began + seconds / 4, -np.inf, _KICKS // 2)
    return search


def shares(problem: Facilities, sites: Ints) -> sp.csr_array:
    """points × sites: the part of each point's demand that each site serves, by the exact flow."""
    flow = transport(problem, sites)
    assert flow is not None
    out = np.zeros_like(problem.cost)
    out[:, flow.sites] = flow.amount / problem.demand[:, None]
    return sp.csr_array(out)
