"""Covering: how far the farthest must go (p-center), and how many can be reached within a distance (maximal covering).

p-center: min r such that p sites cover every point within r; Hakimi (1964). r is one of the distances, so bisection over
them with the least number of sites that cover everything within r:

    (1) min Σ_j y_j      (2) Σ_{j: d_ij ≤ r} y_j ≥ 1 for every i      (3) y ∈ {0, 1}

Maximal covering, Church and ReVelle, Papers of the Regional Science Association 32 (1974): with z_i point i is reached,

    (4) max Σ_i w_i z_i  (5) z_i ≤ Σ_{j: d_ij ≤ r} y_j               (6) Σ_j y_j = p      (7) y ∈ {0, 1}, 0 ≤ z ≤ 1
"""

from __future__ import annotations

import time

import highspy
import numpy as np
from scipy.sparse import csr_array, diags_array, hstack, vstack

from junheng.planning.location.answer import Floats, Ints, Located, no_plan
from junheng.planning.location.program import Program, solved


def p_center(distances: Floats, p: int, *, seconds: float = 10.0) -> Located:
    """distances: (demand points, sites), inf = cannot go there. infeasible when p sites cannot reach everybody at all."""
    began = time.monotonic()
    until = began + seconds
    radii = np.unique(distances[np.isfinite(distances)])
    low, high = 0, len(radii) - 1
    best = _cover(distances, radii[high], p, seconds) if radii.size else None
    if best is None:
        return no_plan(time.monotonic() - began, infeasible=True)
    unsure = False
    while low < high:
        middle = (low + high) // 2
        left = until - time.monotonic()
        found = _cover(distances, radii[middle], p, left) if left > 0 else _NOT_KNOWN
        if found is _NOT_KNOWN:
            unsure = True
            break
        if found is None:
            low = middle + 1
        else:
            assert isinstance(found, np.ndarray)
            high, best = middle, found
    assert isinstance(best, np.ndarray)
    served = best[distances[:, best].argmin(axis=1)]
    reach = float(distances[np.arange(len(distances)), served].max())
    bound = float(radii[low]) if unsure else reach
    return Located(tuple(int(each) for each in best), reach, bound, time.monotonic() - began, served)


_NOT_KNOWN = object()


def _cover(distances: Floats, radius: float, p: int, seconds: float) -> Ints | object | None:
    """p sites that reach everybody within the radius, None when there are none."""
    within = csr_array((distances <= radius).astype(float))
    points, sites = within.shape
    if (np.diff(within.indptr) == 0).any():
        return None
    program = Program(np.ones(sites), np.zeros(sites), np.ones(sites), np.ones(sites, dtype=bool), np.ones(points), np.full(points, np.inf), within)
    answer = solved(program, seconds=seconds)
    if answer.values is not None and round(answer.objective) <= p:
        chosen = np.flatnonzero(answer.values > 0.5)
        spare = np.setdiff1d(np.arange(sites), chosen)[: p - chosen.size]
        return np.sort(np.concatenate([chosen, spare])).astype(np.int64)
    return None if np.ceil(answer.bound - 1e-6) > p or answer.status == highspy.HighsModelStatus.kInfeasible else _NOT_KNOWN


def max_cover(distances: Floats, p: int, radius: float, *, weights: Floats | None = None, seconds: float = 10.0) -> Located:
    """objective: the weight within the radius of an open site; bound: no p sites cover more. served_by: −1 = not reached."""
    began = time.monotonic()
    points, sites = distances.shape
    weight = np.ones(points) if weights is None else np.asarray(weights, dtype=float)
    within = csr_array((distances <= radius).astype(float))
    one_row = csr_array(np.concatenate([np.zeros(points), np.ones(sites)])[None, :])
    matrix = csr_array(vstack([hstack([diags_array(np.ones(points)), -within]), one_row]))
    program = Program(
        np.concatenate([-weight, np.zeros(sites)]), np.zeros(points + sites), np.ones(points + sites), np.arange(points + sites) >= points,
        np.concatenate([np.full(points, -np.inf), [p]]), np.concatenate([np.zeros(points), [p]]), matrix,
    )  # fmt: skip
    answer = solved(program, seconds=seconds)
    if answer.values is None:
        return no_plan(time.monotonic() - began, infeasible=answer.status == highspy.HighsModelStatus.kInfeasible)
    chosen = np.flatnonzero(answer.values[points:] > 0.5)
    reached = (distances[:, chosen] <= radius).any(axis=1)
    served = np.where(reached, chosen[distances[:, chosen].argmin(axis=1)], -1)
    return Located(tuple(int(each) for each in chosen), float(weight[reached].sum()), -answer.bound, time.monotonic() - began, served)
