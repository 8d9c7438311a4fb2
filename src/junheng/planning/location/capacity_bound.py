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
    """bound: proven; prices: the λ that proved it. Nothing better than the best plan known opens a site in `shut`, and
    everything better opens those in `kept`."""

    prices: Floats
    shut: Ints
    kept: Ints
    bound: float = -np.inf


Fill = Callable[[Facilities, Floats], tuple[Floats, Floats]]
Offer = Callable[[Ints, Floats], float]


@dataclass
class _Climb:
    """What the phases of a climb share. lifts: the best bounds seen with each site open, and with each shut."""

    problem: Facilities
    best: float
    aim: float
    whole: bool
    found: Bound
    lifts: tuple[Floats, Floats]

    @property
    def closed(self) -> bool:
        return bool(raised(self.found.bound, self.whole) >= self.best * (1 - 1e-9))

    def run(self, fill: Fill, offer: Offer, *, steps: int, theta: float, floor: float, until: float) -> None:
        prices, direction, idle = self.found.prices.copy(), np.zeros_like(self.found.prices), 0
        for _ in range(steps):
            rho, served = fill(self.problem, prices)
            y, value, worth = _choose(self.problem, self.problem.opening + rho)
            bound = float(prices.sum()) + value
            for lift, extra in zip(self.lifts, (worth, -worth), strict=True):
                np.maximum(lift, bound + np.maximum(extra, 0.0), out=lift)
            reach = self.best if np.isfinite(self.best) else self.aim
            idle = 0 if bound > self.found.bound + 1e-6 * abs(reach) else idle + 1
            if bound > self.found.bound:
                self.found.bound, self.found.prices = bound, prices.copy()
                self.best = min(self.best, offer(np.flatnonzero(y > 0), prices))
            if self.closed or time.monotonic() > until:
                return
            if idle >= _PATIENCE:
                theta, idle, prices, direction = theta / 2, 0, self.found.prices.copy(), np.zeros_like(prices)
                if theta < floor:
                    return
                continue
            direction = 1.0 - served @ y + _DEFLECTION * direction
            length = float(direction @ direction)
            if length < 1e-18:
                return
            prices = prices + theta * (1.02 * reach - bound) / length * direction


def lagrangian(
    problem: Facilities, best: float, offer: Offer, *, until: float, steps: int = 5000, single: bool = False, aim: float = np.inf
) -> Bound:
    """Climb: first with sites of any size, whose ρ is a plain sum, then with their places.

    best: cost of the best plan known, inf when none is; offer: is given promising sites and prices, returns the best
    cost known then; aim: what the optimum may be, for the length of steps while no plan is known. single: points whole.
    """
    none = np.zeros(0, dtype=np.intp)
    sites = len(problem.capacity)
    climb = _Climb(
        problem, best, aim, single and all_whole(problem.cost, problem.opening), Bound(problem.cost.min(axis=1) * (1 + 1e-9), none, none),
        (np.full(sites, -np.inf), np.full(sites, -np.inf)),
    )  # fmt: skip
    climb.run(_fill_boundless, offer, steps=steps, theta=1.0, floor=2e-2, until=until)
    if not climb.closed:
        fill = _fill_whole if single and _dp_cells(problem) <= _DP_CELLS else _fill
        climb.run(fill, offer, steps=steps, theta=0.5, floor=2e-3, until=until)
    opens, shuts = (raised(lift, climb.whole) >= climb.best * (1 - 1e-9) for lift in climb.lifts)
    found = climb.found
    return Bound(found.prices, np.flatnonzero(opens), np.flatnonzero(shuts & ~opens), raised(found.bound, climb.whole))


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


def _fill_boundless(problem: Facilities, prices: Floats) -> tuple[Floats, Floats]:
    """(ρ, x) without places: a relaxation of both others, and quick."""
    reduced = np.minimum(problem.cost - prices[:, None], 0.0)
    return reduced.sum(axis=0), (reduced < 0).astype(float)


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
