"""p-中心: open p sites so that the pupil with the longest way has the shortest possible one.

Sets        I points, J sites
Data        d_ij distance, p how many sites
Variables   y_j ∈ {0,1} j is open; r the longest way
Minimise    r                                                   (0)
subject to  Σ_{j: d_ij ≤ r} y_j ≥ 1             for i ∈ I       (1)
            Σ_j y_j ≤ p                                         (2)
Source: Hakimi 1964, Oper. Res. 12; by set covering: Minieka 1970, SIAM Review 12; Daskin 1995, Network and Discrete Location, ch. 5.

Way: r is one of the distances. Bisection between the radius of a plan known and one proven too small; each step asks HiGHS
for the fewest sites that cover all points within r, after dropping points and sites that say nothing new.
"""

from __future__ import annotations

import time

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from junheng.planning.highs import INF, Model, minimise
from junheng.planning.location.located import Floats, Ints, Located, check_choice


def p_center(distance: Floats, p: int, *, seconds: float = 10.0) -> Located:
    """The p sites of least longest way. distance: points × sites, finite. bound: no p sites reach everybody within less."""
    check_choice(distance, p)
    began = time.monotonic()
    until = began + seconds
    sites = _furthest_first(distance, p)
    best = float(distance[:, sites].min(axis=1).max())
    radii = np.unique(distance)
    # No radius below `low` works: every point needs its nearest site. radii[high] is that of the plan known.
    low, high = int(np.searchsorted(radii, distance.min(axis=1).max())), int(np.searchsorted(radii, best))
    while low < high and time.monotonic() < until:
        middle = (low + high) // 2
        covered = _cover(distance <= radii[middle], p, until - time.monotonic())
        if covered is None:
            break
        if len(covered) <= p:
            sites = covered
            high = int(np.searchsorted(radii, distance[:, sites].min(axis=1).max()))
        else:
            low = middle + 1
    sites = np.sort(_filled(distance, sites, p))
    assigned = sites[distance[:, sites].argmin(axis=1)]
    return Located(tuple(sites.tolist()), assigned, float(radii[high]), float(radii[low]), time.monotonic() - began)


def _furthest_first(distance: Floats, p: int) -> Ints:
    """Gonzalez 1985: each new site is the one nearest to the point that is worst off."""
    chosen = [int(distance.max(axis=0).argmin())]
    nearest = distance[:, chosen[0]]
    while len(chosen) < p:
        chosen.append(int(distance[int(nearest.argmax())].argmin()))
        nearest = np.minimum(nearest, distance[:, chosen[-1]])
    return np.unique(np.array(chosen))


def _filled(distance: Floats, sites: Ints, p: int) -> Ints:
    """p sites: what covering left over goes where it shortens most ways."""
    while len(sites) < p:
        nearest = distance[:, sites].min(axis=1)
        saving = np.maximum(nearest[:, None] - distance, 0.0).sum(axis=0)
        saving[sites] = -1.0
        sites = np.append(sites, saving.argmax())
    return sites


def _cover(within: NDArray[np.bool_], p: int, seconds: float) -> Ints | None:
    """At most p sites that reach every point, or every site where that is impossible. None when the time ran out undecided."""
    rows, m = np.unique(within, axis=0), within.shape[1]
    model = Model(
        np.ones(m), sp.csr_array(rows.astype(float)), np.ones(len(rows)), np.full(len(rows), INF), np.zeros(m), np.ones(m), np.ones(m, dtype=bool)
    )
    answer = minimise(model, seconds=seconds, cutoff=p + 0.5)
    if answer.values is not None and answer.objective <= p + 0.5:
        return np.flatnonzero(answer.values > 0.5)
    return np.arange(m) if answer.infeasible or answer.bound > p + 1e-6 else None
