"""Vertex substitution for the p-median: swap one open site for a closed one as long as it pays.

Source: Teitz & Bart 1968; every swap priced at once after Whitaker 1983 and Resende & Werneck 2007, “A fast swap-based local
search procedure for location problems”, Ann. Oper. Res. 150: with d¹, d² the nearest and second nearest open site of a point,
    profit(in j, out r) = Σ_i max(0, d¹_i − c_ij) − Σ_{i served by r} [d²_i − d¹_i − max(0, d²_i − max(c_ij, d¹_i))].
"""

from __future__ import annotations

import time

import numpy as np

from junheng.planning.location.located import Floats, Ints, sums


def interchange(cost: Floats, sites: Ints) -> tuple[Ints, float]:
    """A set of sites that no single swap betters, and its cost. cost: points × sites."""
    sites = sites.copy()
    while True:
        swap, profit = _best_swap(cost, sites)
        if profit <= 1e-9 * max(1.0, abs(serving_cost(cost, sites))):
            return np.sort(sites), serving_cost(cost, sites)
        sites[swap[0]] = swap[1]


def kicked(cost: Floats, sites: Ints, *, kicks: int, until: float, seed: int = 0) -> tuple[Ints, float]:
    """Substitution from many starts: 2–5 sites of the best set are swapped at random, the set is substituted again and kept
    if it is no worse (iterated local search). Ends after so many kicks in a row without success, or when the time is over."""
    rng = np.random.default_rng(seed)
    best, value = interchange(cost, sites)
    idle = 0
    while idle < kicks and time.monotonic() < until:
        closed = np.setdiff1d(np.arange(cost.shape[1]), best)
        size = min(int(rng.integers(2, 6)), len(best), len(closed))
        trial = best.copy()
        trial[rng.choice(len(best), size, replace=False)] = rng.choice(closed, size, replace=False)
        trial, reached = interchange(cost, trial)
        idle = 0 if reached < value - 1e-12 * abs(value) else idle + 1
        if reached <= value:
            best, value = trial, reached
    return best, value


def serving_cost(cost: Floats, sites: Ints) -> float:
    """Σ_i min_{j open} c_ij."""
    return float(cost[:, sites].min(axis=1).sum())


def _best_swap(cost: Floats, sites: Ints) -> tuple[tuple[int, int], float]:
    """((position in `sites` that leaves, site that comes), profit)."""
    gain, loss, kept = swap_profits(cost, sites)
    profit = gain[None, :] - loss[:, None] + kept
    profit[:, sites] = -np.inf
    out, come = divmod(int(np.argmax(profit)), cost.shape[1])
    return (out, come), float(profit[out, come])


def swap_profits(cost: Floats, sites: Ints) -> tuple[Floats, Floats, Floats]:
    """(gain of each site that comes, loss of each open one that leaves, what a pair spares of the loss: open × all sites).

    Only pairs (i, j) with c_ij < d² change anything.
    """
    points, count = np.arange(len(cost)), cost.shape[1]
    open_costs = cost[:, sites]
    served_by = open_costs.argmin(axis=1)
    first = open_costs[points, served_by]
    open_costs[points, served_by] = np.inf
    second = open_costs.min(axis=1) if len(sites) > 1 else np.full(len(cost), cost.max())
    near = np.flatnonzero(cost < second[:, None])
    i, j = np.divmod(near, count)
    price, d1 = cost.ravel()[near], first[i]
    gain = sums(j, np.maximum(d1 - price, 0.0), count)
    kept = sums(served_by[i] * count + j, second[i] - np.maximum(price, d1), len(sites) * count)
    loss = sums(served_by, second - first, len(sites))
    return gain, loss, kept.reshape(len(sites), count)


def greedy(cost: Floats, p: int) -> Ints:
    """p sites opened one after another, each where it saves most."""
    nearest = np.full(len(cost), cost.max() + 1.0)
    chosen: list[int] = []
    for _ in range(p):
        saving = np.maximum(nearest[:, None] - cost, 0.0).sum(axis=0)
        saving[chosen] = -1.0
        chosen.append(int(saving.argmax()))
        nearest = np.minimum(nearest, cost[:, chosen[-1]])
    return np.array(chosen)
