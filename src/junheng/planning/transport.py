"""运输问题: everybody to one place each at the least total cost, within capacities, with a proof.

Sets       I people, J places
Data       c_ij cost (whole, ≥ 0), q_j capacity, Σ q_j ≥ |I|
Variables  x_ij ∈ {0,1}: i goes to j
Minimise   Σ c_ij x_ij                                                                  (0)
subject to Σ_j x_ij = 1            for every i                                          (1)
           Σ_i x_ij ≤ q_j          for every j                                          (2)
The matrix is totally unimodular: the linear program has whole solutions, and min-cost flow finds them.

All |I|·|J| arcs are too many, the few nearest can be infeasible or not optimal. So:
  1. prices π_j ≥ 0 of places from a tenth of the people, with a tenth of the places, solved with all arcs
  2. every person gets arcs to the 10 places with the least c_ij + π_j, and one to nowhere at a cost no detour can reach
  3. min-cost flow on these arcs; π_j of its solution by shortest paths of exchanges between places
  4. arcs left out with c_ij + π_j below what i pays now (c + π) are added, and 3 is repeated
When 4 finds none, π proves the solution optimal over all arcs: for any π ≥ 0, Σ_i min_j (c_ij + π_j) − Σ_j q_j π_j is a lower
bound of (0) (Lagrange, of (2)), and complementary slackness makes it equal. Source: Ahuja, Magnanti, Orlin (1993), Network
Flows, §9.3 (reduced cost optimality), §17 (column generation); the solver is OR-tools SimpleMinCostFlow.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from ortools.graph.python import min_cost_flow

from junheng.common.errors import JunhengError

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
_ARCS, _SAMPLE, _SMALL = 10, 10, 2_000
"""Arcs a person starts with; one person of so many is in the sample; fewer people are solved with all arcs at once."""


@dataclass(frozen=True)
class Assignment:
    """place: of every person; cost: (0); bound: no assignment costs less; prices: what one place fewer would cost more,
    by place (0 where places are free)."""

    place: Ints
    cost: int
    bound: int
    prices: Floats


def cheapest_assignment(costs: Ints, capacity: Ints) -> Assignment:
    """The cheapest assignment, proven. costs: one row per person, ≥ 0; capacity: by place.

    Raises ValueError when the places do not suffice: callers choose beforehand who must wait.
    """
    people, places = costs.shape
    if people > int(capacity.sum()):
        raise ValueError(f"{people} people, {int(capacity.sum())} places")
    if people == 0:
        return Assignment(np.zeros(0, dtype=np.int64), 0, 0, np.zeros(places))
    nowhere = int(costs.max() + 1) * (places + 1)
    arcs = np.ones(costs.shape, dtype=bool) if people * places <= _SMALL * _ARCS else _first_arcs(costs, capacity, nowhere)
    while True:
        place = _flow(costs, capacity, arcs, nowhere)
        prices = _prices(costs, capacity, arcs, place, nowhere)
        paid = _paid(costs, place, nowhere)
        full = costs + prices[None, :]
        spared = (full < (paid + np.where(place >= 0, prices[place], 0.0))[:, None]) & ~arcs
        if not spared.any():
            break
        arcs |= spared
    if (place < 0).any():
        raise JunhengError("min-cost flow left people without a place although there are enough")
    bound = float(full.min(axis=1).sum() - (capacity * prices).sum())
    return Assignment(place, int(paid.sum()), int(np.ceil(bound - 0.5)), prices)


def _first_arcs(costs: Ints, capacity: Ints, nowhere: int) -> npt.NDArray[np.bool_]:
    sample = costs[::_SAMPLE]
    share = -(-capacity * len(sample) // len(costs))
    every = np.ones(sample.shape, dtype=bool)
    prices = _prices(sample, share, every, _flow(sample, share, every, nowhere), nowhere)
    count = min(_ARCS, costs.shape[1])
    chosen = np.argpartition(costs + prices.astype(np.int64)[None, :], count - 1, axis=1)[:, :count]
    arcs = np.zeros(costs.shape, dtype=bool)
    np.put_along_axis(arcs, chosen, True, axis=1)
    return arcs


def _paid(costs: Ints, place: Ints, nowhere: int) -> Ints:
    return np.where(place >= 0, costs[np.arange(len(costs)), place], nowhere)


def _flow(costs: Ints, capacity: Ints, arcs: npt.NDArray[np.bool_], nowhere: int) -> Ints:
    """The place of every person on these arcs, −1 = nowhere."""
    people, places = costs.shape
    person, to = np.nonzero(arcs)
    sink = people + places
    network = min_cost_flow.SimpleMinCostFlow()
    ways = network.add_arcs_with_capacity_and_unit_cost(person, people + to, np.ones(len(person), dtype=np.int64), costs[person, to])
    network.add_arcs_with_capacity_and_unit_cost(
        np.arange(people), np.full(people, sink), np.ones(people, dtype=np.int64), np.full(people, nowhere)
    )
    network.add_arcs_with_capacity_and_unit_cost(
        people + np.arange(places), np.full(places, sink), capacity, np.zeros(places, dtype=np.int64)
    )
    supplies = np.concatenate([np.ones(people, dtype=np.int64), np.zeros(places, dtype=np.int64), [-people]])
    network.set_nodes_supplies(np.arange(sink + 1), supplies)
    status = network.solve()
    if status != network.OPTIMAL:
        raise JunhengError(f"min-cost flow ended with {status}")
    taken = network.flows(ways) > 0
    place = np.full(people, -1, dtype=np.int64)
    place[person[taken]] = to[taken]
    return place


def _prices(costs: Ints, capacity: Ints, arcs: npt.NDArray[np.bool_], place: Ints, nowhere: int) -> Floats:
    """π_j: what it would cost to free one place at j by exchanges along the arcs (Bellman–Ford over places)."""
    placed = np.flatnonzero(place >= 0)
    placed = placed[np.argsort(place[placed], kind="stable")]
    at = place[placed]
    own = costs[placed, at]
    first = np.flatnonzero(np.r_[True, at[1:] != at[:-1]]) if len(at) else np.zeros(0, dtype=np.int64)
    exchange = np.full((len(capacity), len(capacity)), np.inf)
    prices = np.where(capacity > np.bincount(at, minlength=len(capacity)), 0.0, np.inf)
    if len(first):
        exchange[at[first]] = np.minimum.reduceat(np.where(arcs[placed], costs[placed] - own[:, None], np.inf), first, axis=0)
        prices[at[first]] = np.minimum(prices[at[first]], nowhere - np.maximum.reduceat(own, first))
    for _ in range(len(capacity)):
        shorter = np.minimum(prices, (exchange + prices[None, :]).min(axis=1))
        if (shorter >= prices).all():
            break
        prices = shorter
    return np.where(np.isfinite(prices), prices, float(nowhere))
