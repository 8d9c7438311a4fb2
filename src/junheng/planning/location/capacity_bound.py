"""Lagrangian bound of capacitated location: the demand that every point be served is priced, every site fills itself alone.

    L(λ) = Σ_i λ_i + min { Σ_j (f_j + ρ_j(λ)) y_j : y as the problem asks },
    ρ_j(λ) = min { Σ_i (c_ij − λ_i) x_ij : Σ_i d_i x_ij ≤ s_j, 0 ≤ x_ij ≤ 1 }        (or x_ij ∈ {0,1}: single source)
L(λ) ≤ optimum for every λ. y is asked to be p sites, or sites whose capacity suffices: the continuous knapsack of the latter.
The bound with continuous ρ is that of the linear relaxation with x_ij ≤ y_j; with ρ in whole points it may be higher.
Source: Beasley 1993, “Lagrangean heuristics for location problems”, EJOR 65; Holmberg, Rönnqvist & Yuan 1999, EJOR 113.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from junheng.planning.location.facilities import Facilities
from junheng.planning.location.located import Floats, Ints, all_whole, raised, sums

_DEFLECTION, _PATIENCE, _DP_CELLS = 0.7, 15, 2_000_000


@dataclass
class Bound:
    """bound: proven; prices: the λ that proved it; worth: per site, how far opening it (> 0) or closing it (< 0) lifts the
    bound. A site that opens (closes) nothing better is in `shut` (`kept`)."""

    prices: Floats
    worth: Floats
    shut: Ints
    kept: Ints
    bound: float = -np.inf


def lagrangian(
    problem: Facilities, best: float, offer: Callable[[Ints, Floats], float], *, until: float, steps: int = 5000, floor: float = 2e-3, single: bool = False, aim: float = np.inf,
) -> Bound:  # fmt: skip
    """Climb. best: cost of the best plan known, inf when none is; offer: is given promising sites and prices, returns the best
    cost known then; aim: what the optimum may be, for the length of steps while no plan is known. single: points whole."""
    whole = all_whole(problem.cost, problem.opening) and single
    fill = _fill_whole if single and _dp_cells(problem) <= _DP_CELLS else _fill
    prices = np.partition(problem.cost, min(1, problem.cost.shape[1] - 1), axis=1)[:, 1 % problem.cost.shape[1]].copy()
    found = Bound(prices.copy(), np.zeros(len(problem.capacity)), np.zeros(0, dtype=np.intp), np.zeros(0, dtype=np.intp))
    lifts_open, lifts_shut = np.full_like(problem.opening, -np.inf), np.full_like(problem.opening, -np.inf)
    theta, idle, direction = 1.0, 0, np.zeros_like(prices)
    for _ in range(steps):
        rho, served = fill(problem, prices)
        y, value, worth = _choose(problem, problem.opening + rho)
        bound = float(prices.sum()) + value
        lifts_open, lifts_shut = np.maximum(lifts_open, bound + np.maximum(worth, 0)), np.maximum(lifts_shut, bound + np.maximum(-worth, 0))
        reach = best if np.isfinite(best) else aim
        idle = 0 if bound > found.bound + 1e-6 * abs(reach) else idle + 1
        if bound > found.bound:
            found.bound, found.prices, found.worth = bound, prices.copy(), worth
            best = min(best, offer(np.flatnonzero(y > 0), prices))
        if raised(found.bound, whole) >= best * (1 - 1e-9) or time.monotonic() > until:
            break
        if idle >= _PATIENCE:
            theta, idle, prices, direction = theta / 2, 0, found.prices.copy(), np.zeros_like(prices)
            if theta < floor:
                break
            continue
        direction = 1.0 - served @ y + _DEFLECTION * direction
        length = float(direction @ direction)
        if length < 1e-18:
            break
        prices = prices + theta * (1.02 * reach - bound) / length * direction
    found.shut = np.flatnonzero(raised(lifts_open, whole) >= best * (1 - 1e-9))
    found.kept = np.setdiff1d(np.flatnonzero(raised(lifts_shut, whole) >= best * (1 - 1e-9)), found.shut)
    found.bound = raised(found.bound, whole)
    return found


def _choose(problem: Facilities, value: Floats) -> tuple[Floats, float, Floats]:
    """(y, Σ value·y, what opening a site costs beyond its place in the choice)."""
    if problem.count is not None:
        order = np.argsort(value, kind="stable")
        y = np.zeros_like(value)
        y[order[: problem.count]] = 1.0
        return y, float(value @ y), value - value[order[problem.count - 1]]
    y = (value < 0).astype(float)
    missing = float(problem.demand.sum() - problem.capacity @ y)
    if missing <= 0:
        return y, float(value @ y), value
    price, ratio = 0.0, value / np.maximum(problem.capacity, 1e-9)
    for j in np.argsort(np.where(y > 0, np.inf, ratio), kind="stable").tolist():
        y[j] = min(1.0, missing / problem.capacity[j]) if problem.capacity[j] > 0 else 0.0
        missing, price = missing - problem.capacity[j] * y[j], ratio[j]
        if missing <= 1e-9:
            break
    return y, float(value @ y), value - price * problem.capacity


def _fill(problem: Facilities, prices: Floats) -> tuple[Floats, Floats]:
    """(ρ, x) with points in parts: every site takes the best price per unit first."""
    reduced = np.ascontiguousarray((problem.cost - prices[:, None]).T)
    m, n = reduced.shape
    near = np.flatnonzero(reduced < 0)
    site, point = np.divmod(near, n)
    value, demand = reduced.ravel()[near], problem.demand[point]
    order = np.lexsort((value / demand, site))
    site, point, value, demand = site[order], point[order], value[order], demand[order]
    total = np.cumsum(demand)
    before = total - demand
    starts = np.searchsorted(site, np.arange(m))
    before -= np.concatenate([[0.0], total])[starts][site]
    part = np.clip((problem.capacity[site] - before) / demand, 0.0, 1.0)
    served = np.zeros((n, m))
    served[point, site] = part
    return sums(site, value * part, m), served


def _dp_cells(problem: Facilities) -> float:
    return float(problem.cost.size * (problem.capacity.max() + 1))


def _fill_whole(problem: Facilities, prices: Floats) -> tuple[Floats, Floats]:
    """(ρ, x) with whole points: one dynamic program for all sites side by side, over the points and the places used."""
    n, m = problem.cost.shape
    reduced = np.minimum(problem.cost - prices[:, None], 0.0)
    capacity = problem.capacity.astype(np.intp)
    size = int(capacity.max())
    best = np.zeros((m, size + 1))
    taken = np.zeros((n, m, size + 1), dtype=bool)
    for i, demand in enumerate(problem.demand.astype(np.intp).tolist()):
        if demand <= size:
            trial = best[:, : size + 1 - demand] + reduced[i][:, None]
            taken[i, :, demand:] = trial < best[:, demand:]
            best[:, demand:] = np.where(taken[i, :, demand:], trial, best[:, demand:])
    sites, room = np.arange(m), capacity.copy()
    rho = best[sites, room]
    served = np.zeros((n, m))
    for i in range(n - 1, -1, -1):
        here = taken[i, sites, room]
        served[i] = here
        room -= here * int(problem.demand[i])
    return rho, served
