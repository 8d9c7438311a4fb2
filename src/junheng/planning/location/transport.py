"""Serving points from open sites at least cost: a min-cost flow, and the prices of full sites that it implies."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from junheng.planning.location.facilities import Facilities
from junheng.planning.location.located import Floats, Ints

_COST_STEPS = 1e6
"""A flow has whole costs: unit costs are counted in millionths of the largest."""


@dataclass(frozen=True)
class Flow:
    """amount: points × open sites (in the order of `sites`); cost: of serving, without opening."""

    sites: Ints
    amount: Floats
    cost: float


def transport(problem: Facilities, sites: Ints, nearest: int | None = None) -> Flow | None:
    """The cheapest service of all points by these sites; None when their capacity does not suffice.

    nearest: only so many sites per point are tried at first (the answer may then cost a little more).
    """
    if problem.capacity[sites].sum() < problem.demand.sum():
        return None
    unit = problem.cost[:, sites] / problem.demand[:, None]
    k = len(sites) if nearest is None else min(nearest, len(sites))
    near = np.argpartition(unit, k - 1, axis=1)[:, :k] if k < len(sites) else np.tile(np.arange(k), (len(unit), 1))
    amount = _flow(problem, sites, unit, near)
    if amount is None:
        return transport(problem, sites) if k < len(sites) else None
    return Flow(sites, amount, float((amount * unit).sum()))


def _flow(problem: Facilities, sites: Ints, unit: Floats, near: Ints) -> Floats | None:
    n, s = unit.shape
    demand, capacity = problem.demand.astype(np.int64), problem.capacity[sites].astype(np.int64)
    tails, heads = np.repeat(np.arange(n), near.shape[1]), near.ravel()
    least = unit.min()
    price = np.round((unit[tails, heads] - least) * (_COST_STEPS / max(unit.max() - least, 1e-12))).astype(np.int64)
    flow = SimpleMinCostFlow()
    arcs = flow.add_arcs_with_capacity_and_unit_cost(tails, n + heads, demand[tails], price)
    flow.add_arcs_with_capacity_and_unit_cost(np.arange(n, n + s), np.full(s, n + s), capacity, np.zeros(s, dtype=np.int64))
    flow.set_nodes_supplies(np.arange(n + s + 1), np.concatenate([demand, np.zeros(s, dtype=np.int64), [-demand.sum()]]))
    if flow.solve() != flow.OPTIMAL:
        return None
    amount = np.zeros((n, s))
    amount[tails, heads] = flow.flows(arcs)
    return amount


def prices(problem: Facilities, flow: Flow) -> Floats:
    """What one more place at each open site would save: 0 where places are left.

    The cheapest chain of moves from a full site to one with places left; a move from a to b costs the least c_ib − c_ia
    per unit of any point served at a. With these prices v, Σ_i min_j (c_ij + v_j) − Σ_j v_j s_j is the cost of the flow.
    """
    unit = problem.cost[:, flow.sites] / problem.demand[:, None]
    s = len(flow.sites)
    step = np.full((s, s), np.inf)
    for a in range(s):
        mine = flow.amount[:, a] > 1e-9
        if mine.any():
            step[a] = (unit[mine] - unit[mine, a][:, None]).min(axis=0)
    chain = np.where(flow.amount.sum(axis=0) < problem.capacity[flow.sites] - 1e-9, 0.0, np.inf)
    for _ in range(s):
        onward = np.minimum(chain, (step + chain[None, :]).min(axis=1))
        if np.array_equal(onward, chain):
            break
        chain = onward
    return np.where(np.isfinite(chain), np.maximum(chain, 0.0), 0.0)
