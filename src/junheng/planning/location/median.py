"""The p-median: p sites, everybody to the nearest, least total distance.

Sets: demand points i with weight w_i, sites j. Variables: y_j site open, x_ij point i goes to site j.

    (1) min Σ_ij w_i d_ij x_ij
    (2) Σ_j x_ij = 1         for every i
    (3) x_ij ≤ y_j           for every i, j
    (4) Σ_j y_j = p
    (5) x, y ∈ {0, 1}

Hakimi, Operations Research 12 (1964). Plan: greedy and random starts with vertex substitution, and whatever the bound's
iterations suggest. Bound: (2) relaxed with multipliers u, for which L(u) = Σ_i u_i + the p smallest of
ρ_j = Σ_i min(0, w_i d_ij − u_i) (Narula, Ogbu and Samuelsson, Operations Research 25 (1977)), raised by subgradients.
Sites that the bound shows to be open, or closed, in every better plan are fixed; what is left goes to HiGHS.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np

from junheng.planning.location.answer import Floats, Ints, Located, no_plan
from junheng.planning.location.interchange import greedy, interchange
from junheng.planning.location.median_program import finish

_SEED = 20231
_STARTS = 8
_ITERATIONS = 1500
_PATIENCE = 25
_EXACT_LINKS = 400_000
"""Points × sites left after fixing up to which HiGHS is tried."""


@dataclass
class _State:
    """best: open sites and cost of the best plan; bound and multipliers of the best bound."""

    costs: Floats
    p: int
    until: float
    opened: Ints
    cost: float
    bound: float = -np.inf
    multipliers: Floats | None = None

    def offer(self, start: Ints) -> None:
        opened, cost = interchange(self.costs, start)
        if cost < self.cost:
            self.opened, self.cost = opened, cost

    @property
    def step_of_costs(self) -> float:
        """Whole costs: two plans differ by 1 at least, so that a gap below 1 is none."""
        return 1.0 if np.all(self.costs == np.rint(self.costs)) else 0.0

    @property
    def proven(self) -> bool:
        return self.cost - self.bound < max(self.step_of_costs * (1 - 1e-6), 1e-9 * max(1.0, self.cost))

    @property
    def left(self) -> float:
        return self.until - time.monotonic()


def p_median(distances: Floats, p: int, *, weights: Floats | None = None, seconds: float = 10.0, gap: float = 0.0) -> Located:
    """distances: (demand points, sites), inf = cannot go there. weights: people per point, 1 each without.
    gap: stop when proven so near. Raises ValueError when p sites cannot be opened."""
    began = time.monotonic()
    sites = distances.shape[1]
    if not 1 <= p <= sites:
        raise ValueError(f"p = {p} of {sites} sites")
    weighted = distances * (1.0 if weights is None else np.asarray(weights, dtype=float)[:, None])
    far = 1.0 + float(np.where(np.isfinite(weighted), weighted, 0.0).max(axis=1).sum())  # more than any plan that sends nobody astray
    costs = np.ascontiguousarray(np.where(np.isfinite(weighted), weighted, far))
    opened, cost = interchange(costs, greedy(costs, p))
    state = _State(costs, p, began + seconds, opened, cost)
    rng = np.random.default_rng(_SEED)
    for _ in range(_STARTS):
        if state.left > 0.5 * seconds:
            state.offer(rng.choice(sites, p, replace=False))
    while not state.proven and state.cost - state.bound > gap * state.cost and state.left > 0:
        before = (state.cost, state.bound)
        _raise_bound(state, rng)
        if not state.proven and state.cost - state.bound > gap * state.cost:
            _finish(state)
        if (state.cost, state.bound) == before:
            break
    if state.cost >= far:
        return no_plan(time.monotonic() - began, infeasible=state.bound >= far or state.proven)
    served = state.opened[costs[:, state.opened].argmin(axis=1)]
    bound = state.cost if state.proven else state.bound
    return Located(tuple(int(each) for each in state.opened), state.cost, bound, time.monotonic() - began, served)


def _raise_bound(state: _State, rng: np.random.Generator) -> None:
    """Subgradient steps from the best multipliers so far; the plans they point at are tried on the way."""
    costs, p = state.costs, state.p
    u = np.partition(costs, min(1, costs.shape[1] - 1), axis=1)[:, min(1, costs.shape[1] - 1)] if state.multipliers is None else state.multipliers.copy()
    scale, idle = (1.9 if state.multipliers is None else 0.2), 0
    for iteration in range(_ITERATIONS):
        rho = np.minimum(costs - u[:, None], 0.0).sum(axis=0)
        chosen = np.argpartition(rho, p - 1)[:p]
        value = float(u.sum() + rho[chosen].sum())
        if value > state.bound + 1e-9:
            state.bound, state.multipliers, idle = value, u.copy(), 0
        else:
            idle += 1
            if idle >= _PATIENCE:
                scale, idle = scale / 1.6, 0
                u = state.multipliers.copy() if state.multipliers is not None else u
                if iteration % 3 == 0:
                    state.offer(chosen)
        slope = 1.0 - (costs[:, chosen] < u[:, None]).sum(axis=1)
        length = float(slope @ slope)
        if length == 0 or state.proven or scale < 1e-4 or state.left < 0:
            return
        u = u + scale * (state.cost * 1.001 - value) / length * slope


def _finish(state: _State) -> None:
    """Fix what every better plan has, and let HiGHS search the rest."""
    assert state.multipliers is not None
    u, p = state.multipliers, state.p
    rho = np.minimum(state.costs - u[:, None], 0.0).sum(axis=0)
    order = np.argsort(rho)
    room = state.cost - state.step_of_costs - state.bound + 1e-6
    last_in, first_out = rho[order[p - 1]], rho[order[min(p, len(rho) - 1)]]
    inside = np.zeros(len(rho), dtype=bool)
    inside[order[:p]] = True
    never = ~inside & (rho - last_in > room)
    always = inside & (first_out - rho > room) if p < len(rho) else inside
    free = np.flatnonzero(~never)
    if free.size * len(state.costs) > _EXACT_LINKS:
        return
    found = finish(state.costs[:, free], p, np.flatnonzero(always[free]), state.cost, max(state.left, 1.0))
    if found.opened is not None:
        state.offer(free[found.opened])
    state.bound = max(state.bound, min(found.bound, state.cost))
