"""p-中位: open p sites so that the pupils travel least in all.

Sets        I points, J sites
Data        c_ij cost of serving i from j (pupils × distance), p how many sites
Variables   x_ij ∈ {0,1} i is served by j; y_j ∈ {0,1} j is open
Minimise    Σ_i Σ_j c_ij x_ij                                   (0)
subject to  Σ_j x_ij = 1                    for i ∈ I           (1)
            x_ij ≤ y_j                      for i ∈ I, j ∈ J    (2)
            Σ_j y_j = p                                         (3)
Source: Hakimi 1964, Oper. Res. 12; ReVelle & Swain 1970, Geogr. Anal. 2.

Way: greedy start and vertex substitution (`interchange`), the Lagrangian bound with fixing of sites (`median_bound`), whose
sets of sites are substituted again; then best-first branch and bound on y with the same bound until the time is over.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from heapq import heappop, heappush
from itertools import count

import numpy as np

from junheng.planning.location.interchange import greedy, interchange, kicked, serving_cost
from junheng.planning.location.located import Floats, Ints, Located, all_whole, check_choice, raised
from junheng.planning.location.median_bound import Climb, Node, climb, closed

_KICKS = 60
_ROOT = Climb(steps=2000, until=0.0, theta=1.0, floor=2e-3)
_DEEPER = Climb(steps=150, until=0.0, theta=0.25, floor=2e-2)


@dataclass
class _Best:
    """The best plan so far. near: sets of sites substituted already; within: only sets this near to the best are."""

    cost_matrix: Floats
    sites: Ints
    cost: float
    seen: set[bytes] = field(default_factory=set)
    within: float = 0.1

    def offer(self, sites: Ints) -> float:
        sites = np.sort(sites)
        if sites.tobytes() not in self.seen:
            self.seen.add(sites.tobytes())
            cost = serving_cost(self.cost_matrix, sites)
            if cost < self.cost * (1 + self.within):
                sites, cost = interchange(self.cost_matrix, sites)
            if cost < self.cost:
                self.sites, self.cost = sites, cost
        return self.cost


def p_median(cost: Floats, p: int, *, seconds: float = 10.0, gap: float = 0.0) -> Located:
    """The p sites of least cost. cost: points × sites, finite. Ends when the gap is proven or the time is over."""
    check_choice(cost, p)
    began = time.monotonic()
    until = began + seconds
    whole = all_whole(cost)
    start, value = kicked(cost, greedy(cost, p), kicks=_KICKS, until=began + seconds / 4)
    best = _Best(cost, start, value)
    root = Node(np.zeros(0, dtype=np.intp), np.arange(cost.shape[1]), cost.min(axis=1) + 1e-9 * cost.mean())
    bound = _branch(best, p, root, whole, until, gap)
    return Located(tuple(best.sites.tolist()), best.sites[cost[:, best.sites].argmin(axis=1)], best.cost, min(bound, best.cost), time.monotonic() - began)


def _branch(best: _Best, p: int, root: Node, whole: bool, until: float, gap: float) -> float:
    """Best first; returns the proven bound: that of the worst part left over."""
    cost = best.cost_matrix
    climb(cost, p, root, best.cost, whole, replace(_ROOT, until=until), best.offer)
    ordinal = count()  # parts of equal bound are taken in the order they were made
    parts = [(root.bound, next(ordinal), root)]
    while parts:
        if closed(parts[0][2], best.cost, whole):
            break  # and with it every other
        if time.monotonic() > until or best.cost - parts[0][0] <= gap * best.cost:
            return raised(min(parts[0][0], best.cost), whole)
        _, _, node = heappop(parts)
        for child in _children(best, p, node, whole, until):
            heappush(parts, (child.bound, next(ordinal), child))
    return best.cost


def _children(best: _Best, p: int, node: Node, whole: bool, until: float) -> list[Node]:
    """The node with one undecided site open, and with it closed: the site whose reduced cost leaves most in doubt."""
    cost = best.cost_matrix
    rho = np.minimum(cost[:, node.free] - node.prices[:, None], 0.0).sum(axis=0)
    order = np.argsort(rho, kind="stable")
    site = node.free[order[0]]
    rest = node.free[node.free != site]
    out = []
    for opened in (np.append(node.opened, site), node.opened):
        child = Node(opened, rest, node.prices, node.bound)
        climb(cost, p, child, best.cost, whole, replace(_DEEPER, until=until), best.offer)
        if not closed(child, best.cost, whole):
            out.append(child)
    return out
