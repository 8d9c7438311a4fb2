"""Every point whole to one of the open sites, within their places: the flow made whole, then moves and exchanges that pay.

A generalised assignment problem (NP-hard even to fit), so this may fail where places are very tight. While a site is over its
places, every pupil over costs more than any way; what cannot be brought within the places is no answer.
Source: Martello & Toth 1990, Knapsack Problems, ch. 7 (shift and exchange); Delmaire et al. 1999, INFOR 37.
"""

from __future__ import annotations

import numpy as np

from junheng.planning.location.facilities import Facilities
from junheng.planning.location.located import Floats, Ints, sums
from junheng.planning.location.transport import transport

_ROWS, _MOVES = 300, 2000


def whole_assignment(problem: Facilities, sites: Ints) -> Ints | None:
    """The site of each point; None when some site stays over its places."""
    flow = transport(problem, sites)
    if flow is None:
        return None
    cost, capacity = problem.cost[:, sites], problem.capacity[sites]
    at = _made_whole(problem.demand, cost, capacity, flow.amount)
    at = _bettered(problem.demand, cost, capacity, at)
    load = sums(at, problem.demand, len(sites))
    return None if (load > capacity).any() else sites[at]


def _made_whole(demand: Floats, cost: Floats, capacity: Floats, amount: Floats) -> Ints:
    at: Ints = amount.argmax(axis=1)
    split = np.flatnonzero(amount[np.arange(len(at)), at] < demand - 1e-9)
    load = sums(at, demand, len(capacity)) - sums(at[split], demand[split], len(capacity))
    for i in split[np.argsort(-demand[split], kind="stable")].tolist():
        fits = np.flatnonzero(load + demand[i] <= capacity)
        at[i] = fits[cost[i, fits].argmin()] if len(fits) else (load - capacity).argmin()
        load[at[i]] += demand[i]
    return at


def _bettered(demand: Floats, cost: Floats, capacity: Floats, at: Ints) -> Ints:
    penalty = float(cost.max() - cost.min() + 1.0)
    at = at.copy()
    for _ in range(_MOVES):
        load = sums(at, demand, len(capacity))
        shift = _best_shift(demand, cost, capacity, at, load, penalty)
        if shift[0] < -1e-9:
            at[shift[1]] = shift[2]
            continue
        exchange = _best_exchange(demand, cost, capacity, at, load, penalty)
        if exchange[0] >= -1e-9:
            break
        i, k = exchange[1:]
        at[i], at[k] = at[k], at[i]
    return at


def _over(load: Floats, capacity: Floats) -> Floats:
    return np.maximum(load - capacity, 0.0)


def _best_shift(demand: Floats, cost: Floats, capacity: Floats, at: Ints, load: Floats, penalty: float) -> tuple[float, int, int]:
    """(change of cost, point, where it goes)."""
    points, over = np.arange(len(at)), _over(load, capacity)
    out = _over(load[at] - demand, capacity[at]) - over[at]
    into = _over(load[None, :] + demand[:, None], capacity[None, :]) - over[None, :]
    change = cost - cost[points, at][:, None] + penalty * (out[:, None] + into)
    change[points, at] = 0.0
    i, j = divmod(int(change.argmin()), len(capacity))
    return float(change[i, j]), i, j


def _best_exchange(demand: Floats, cost: Floats, capacity: Floats, at: Ints, load: Floats, penalty: float) -> tuple[float, int, int]:
    """(change of cost, point, point): of the points that are over or furthest from their cheapest site, with any other."""
    points, over = np.arange(len(at)), _over(load, capacity)
    regret = cost[points, at] - cost.min(axis=1) + penalty * over[at]
    rows = np.argsort(-regret, kind="stable")[:_ROWS]
    here, there = at[rows][:, None], at[None, :]
    more = demand[None, :] - demand[rows][:, None]
    change = cost[rows][:, at] - cost[rows, at[rows]][:, None] + cost[:, at[rows]].T - cost[points, at][None, :]
    change = change + penalty * (_over(load[here] + more, capacity[here]) - over[here] + _over(load[there] - more, capacity[there]) - over[there])
    change[here == there] = 0.0
    r, k = divmod(int(change.argmin()), len(at))
    return float(change[r, k]), int(rows[r]), k
