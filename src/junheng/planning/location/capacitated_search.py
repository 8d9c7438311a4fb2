"""Large capacitated location: Lagrangian bound, plans by min-cost flow, exchanges of sites. Mathematics in capacitated.py."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

import numpy as np
from ortools.graph.python import min_cost_flow

from junheng.planning.location.answer import Floats, Ints, Located, no_plan
from junheng.planning.location.single_source import sent_whole

_SCALE = 1_000.0
"""Costs per person are rounded to this fraction for the flow, which counts in whole numbers; the plan is priced unrounded."""
_NEAREST = 25
_PATIENCE = 12


@dataclass(frozen=True)
class Instance:
    """As `capacitated` was asked. Whole demands and capacities: people are not divided, points may be."""

    costs: Floats
    demands: Floats
    capacities: Floats
    opening: Floats
    p: int | None
    single_source: bool

    def located(self, opened: Ints, shares: Floats, bound: float, seconds: float) -> Located:
        used = {(int(i), int(j)): float(shares[i, j]) for i, j in zip(*np.nonzero(shares), strict=True)}
        objective = float(self.opening[opened].sum()) + sum(self.costs[key] * share for key, share in used.items())
        return Located(tuple(int(each) for each in opened), objective, min(bound, objective), seconds, shares.argmax(axis=1).astype(np.int64),
                       None if self.single_source else used)  # fmt: skip


@dataclass
class _Search:
    instance: Instance
    until: float
    gap: float
    opened: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    shares: Floats | None = None
    cost: float = np.inf
    bound: float = -np.inf
    multipliers: Floats | None = None
    tried: set[tuple[int, ...]] = field(default_factory=set)

    @property
    def left(self) -> float:
        return self.until - time.monotonic()

    @property
    def done(self) -> bool:
        return self.left <= 0 or (np.isfinite(self.cost) and self.cost - self.bound <= self.gap * abs(self.cost))

    def offer(self, opened: Ints) -> bool:
        """Whether these open sites make a better plan than the best so far."""
        key = tuple(sorted(int(each) for each in opened))
        if key in self.tried:
            return False
        self.tried.add(key)
        sites = np.array(key, dtype=np.int64)
        shares = _sent(self.instance, sites)
        if shares is None:
            return False
        if self.instance.p is None:
            sites = sites[shares[:, sites].sum(axis=0) > 0]
        cost = float(self.instance.opening[sites].sum() + (np.where(shares > 0, self.instance.costs, 0.0) * shares).sum())
        if cost < self.cost - 1e-9:
            self.opened, self.shares, self.cost = sites, shares, cost
            return True
        return False


def search(instance: Instance, began: float, seconds: float, gap: float) -> Located:
    state = _Search(instance, began + seconds, gap)
    if instance.capacities.sum() < instance.demands.sum():
        return no_plan(time.monotonic() - began, infeasible=True)
    _raise_bound(state, began + 0.55 * seconds)
    _exchange(state)
    if state.shares is None:
        return no_plan(time.monotonic() - began, infeasible=False, bound=state.bound)
    return instance.located(state.opened, state.shares, state.bound, time.monotonic() - began)


def _raise_bound(state: _Search, until: float) -> None:
    """Subgradient steps on (2); every time the bound improves by something, its sites are tried as a plan."""
    instance = state.instance
    u = np.sort(np.where(np.isfinite(instance.costs), instance.costs, np.nanmax(np.where(np.isfinite(instance.costs), instance.costs, np.nan))), axis=1)[:, 2]
    scale, idle, since = 1.9, 0, 0
    target = float(np.min(instance.costs, axis=1).sum() * 3)
    while time.monotonic() < until and not state.done and scale > 1e-4:
        value, chosen, served = _relaxed(instance, u)
        if value > state.bound + 1e-9:
            state.bound, state.multipliers, idle = value, u.copy(), 0
        else:
            idle += 1
            if idle >= _PATIENCE:
                scale, idle = scale / 1.5, 0
                u = state.multipliers.copy() if state.multipliers is not None else u
        since += 1
        if since >= 8:
            since = 0
            state.offer(_enough(instance, chosen))
        slope = 1.0 - served
        length = float(slope @ slope)
        if length == 0:
            return
        goal = state.cost if np.isfinite(state.cost) else max(target, value * 1.2)
        u = u + scale * (goal * 1.001 - value) / length * slope


def _relaxed(instance: Instance, u: Floats) -> tuple[float, Ints, Floats]:
    """(bound, sites chosen, share of every point served) for the multipliers u."""
    worth = np.minimum(instance.costs - u[:, None], 0.0)
    density = worth / instance.demands[:, None]
    order = np.argsort(density, axis=0)
    weights = instance.demands[order]
    before = np.cumsum(weights, axis=0) - weights
    taken = np.clip((instance.capacities[None, :] - before) / weights, 0.0, 1.0)
    taken[np.take_along_axis(worth, order, axis=0) >= 0] = 0.0
    value = instance.opening + (taken * np.take_along_axis(worth, order, axis=0)).sum(axis=0)
    chosen = _chosen(instance, value)
    served = np.zeros(len(u))
    np.add.at(served, order[:, chosen].ravel(), taken[:, chosen].ravel())
    return float(u.sum() + value[chosen].sum()), chosen, served


def _chosen(instance: Instance, value: Floats) -> Ints:
    """The p cheapest; else every site that pays, and beyond them the cheapest capacity until everybody has a place — as
    a continuous knapsack would at most, so the bound stays a bound: a site taken in part counts in part."""
    if instance.p is not None:
        return np.argpartition(value, instance.p - 1)[: instance.p]
    return np.flatnonzero(value < 0)


def _enough(instance: Instance, chosen: Ints) -> Ints:
    """With more sites, cheapest capacity first, until everybody has a place."""
    opened = list(chosen)
    missing = instance.demands.sum() - instance.capacities[opened].sum()
    if missing > 0 and instance.p is None:
        closed = np.setdiff1d(np.arange(len(instance.opening)), opened)
        for site in closed[np.argsort(instance.opening[closed] / instance.capacities[closed])]:
            opened.append(site)
            missing -= instance.capacities[site]
            if missing <= 0:
                break
    if missing > 0 and instance.p is not None:
        opened = _larger(instance, opened, missing)
    return np.array(sorted(opened), dtype=np.int64)


def _larger(instance: Instance, opened: list[int], missing: float) -> list[int]:
    """Exchange the smallest open site for the largest closed one until the places suffice, or nothing larger is left."""
    closed = sorted(set(range(len(instance.opening))) - set(opened), key=lambda site: -instance.capacities[site])
    for site in closed:
        smallest = min(opened, key=lambda each: instance.capacities[each])
        if missing <= 0 or instance.capacities[site] <= instance.capacities[smallest]:
            break
        missing -= instance.capacities[site] - instance.capacities[smallest]
        opened[opened.index(smallest)] = site
    return opened


def _sent(instance: Instance, opened: Ints) -> Floats | None:
    """Everybody sent to the open sites at least cost: by flow, or whole where points may not be split; None = no way."""
    if opened.size == 0 or instance.capacities[opened].sum() < instance.demands.sum():
        return None
    if instance.single_source:
        return sent_whole(instance.costs, instance.demands, instance.capacities, opened)
    shares = None
    nearest = min(_NEAREST, opened.size)
    while shares is None:
        shares = _flow(instance, opened, nearest)
        if nearest == opened.size:
            break
        nearest = min(nearest * 4, opened.size)
    return shares


def _flow(instance: Instance, opened: Ints, nearest: int) -> Floats | None:
    points = len(instance.demands)
    to_open = instance.costs[:, opened]
    near = np.argpartition(to_open, nearest - 1, axis=1)[:, :nearest] if nearest < opened.size else np.tile(np.arange(opened.size), (points, 1))
    point = np.repeat(np.arange(points), near.shape[1])
    place = near.ravel()
    usable = np.isfinite(to_open[point, place])
    point, place = point[usable], place[usable]
    people = np.rint(instance.demands).astype(np.int64)
    flow = min_cost_flow.SimpleMinCostFlow()
    each = np.rint(_SCALE * to_open[point, place] / instance.demands[point]).astype(np.int64)
    arcs = flow.add_arcs_with_capacity_and_unit_cost(point, points + place, people[point], each)
    sink = points + opened.size
    flow.add_arcs_with_capacity_and_unit_cost(
        points + np.arange(opened.size), np.full(opened.size, sink), np.floor(instance.capacities[opened]).astype(np.int64), np.zeros(opened.size, dtype=np.int64))
    flow.set_nodes_supplies(np.arange(points), people)
    flow.set_nodes_supplies(np.array([sink]), np.array([-people.sum()]))
    if flow.solve() != flow.OPTIMAL:
        return None
    shares = np.zeros(instance.costs.shape)
    shares[point, opened[place]] = flow.flows(arcs) / people[point]
    return shares


def _exchange(state: _Search) -> None:
    """Close one, open one, or both, those first that the bound's multipliers make look best; start again when one helps."""
    instance = state.instance
    better = state.shares is not None
    while better and not state.done:
        better = False
        worth = _worth(instance, state)
        opened = sorted(state.opened, key=lambda site: -worth[site])
        closed = sorted(set(range(len(worth))) - set(opened), key=lambda site: worth[site])
        for moved in _moves(opened, closed, instance.p is None):
            if state.done:
                return
            if state.offer(np.array(moved, dtype=np.int64)):
                better = True
                break


def _worth(instance: Instance, state: _Search) -> Floats:
    """What a site costs, less what it spares everybody compared with where they go now."""
    assert state.shares is not None
    now = (np.where(state.shares > 0, instance.costs, 0.0) * state.shares).sum(axis=1)
    spared = np.maximum(now[:, None] - instance.costs, 0.0).sum(axis=0)
    used = (np.where(state.shares > 0, instance.costs, 0.0) * state.shares).sum(axis=0)
    worth = instance.opening - spared
    worth[state.opened] = instance.opening[state.opened] + 0.1 * used[state.opened]
    return np.asarray(worth, dtype=float)


_BEST = 12


def _moves(opened: list[int], closed: list[int], may_change_number: bool) -> list[list[int]]:
    moves: list[list[int]] = []
    if may_change_number:
        moves += [[each for each in opened if each != out] for out in opened[:_BEST]]
        moves += [[*opened, into] for into in closed[:_BEST]]
    pairs = sorted(((a + b, out, into) for a, out in enumerate(opened) for b, into in enumerate(closed[: 4 * _BEST])), key=lambda each: each[0])
    moves += [[*(each for each in opened if each != out), into] for _, out, into in pairs]
    return moves
