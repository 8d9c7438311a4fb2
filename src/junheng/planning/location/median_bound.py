"""Lagrangian bound of the p-median: the demand that every point be served is priced, what is left is a choice of p sites.

    L(λ) = Σ_i λ_i + min { Σ_j ρ_j y_j : Σ_j y_j = p },   ρ_j(λ) = Σ_i min(0, c_ij − λ_i)
L(λ) ≤ optimum for every λ; max L is the bound of the linear relaxation. λ climbs by deflected subgradients with Held–Karp
steps. A site whose ρ is so far from the p-th best that forcing it in (or out) lifts L above a known plan is fixed closed (open).
Source: Narula, Ogbu & Samuelsson 1977, Oper. Res. 25; Beasley 1993, “Lagrangean heuristics for location problems”, EJOR 65;
deflection: Camerini, Fratta & Maffioli 1975, Math. Prog. Study 3.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from junheng.planning.location.located import Floats, Ints, raised

_DEFLECTION, _PATIENCE = 0.7, 12


@dataclass
class Node:
    """A part of the search: sites that are fixed and the best prices known. bound: of this part."""

    opened: Ints
    free: Ints
    prices: Floats
    bound: float = -np.inf


@dataclass(frozen=True)
class Climb:
    """How far to climb. target: stop when the bound reaches it; theta: first step length; floor: step length to stop at."""

    steps: int
    until: float
    theta: float = 1.0
    floor: float = 1e-3


def climb(cost: Floats, p: int, node: Node, best: float, whole: bool, how: Climb, offer: Callable[[Ints], float]) -> float:
    """Raise the node's bound, fixing sites on the way; returns the best known cost.

    best: cost of the best plan known; offer: is given a set of p sites, returns the best cost known then.
    The node's prices end at the best found, its sets shrink to what may still be better than `best`.
    """
    theta, idle, direction = how.theta, 0, np.zeros(len(cost))
    prices, kept = node.prices.copy(), node.prices.copy()
    columns, sites = _columns(cost, node)
    buffer = np.empty_like(columns)
    for _ in range(how.steps):
        if _decided(node, p):
            break
        np.subtract(columns, prices[:, None], out=buffer)
        np.minimum(buffer, 0.0, out=buffer)
        rho = buffer.sum(axis=0)
        chosen, bound, fixed = _choose(rho, len(node.opened), p, float(prices.sum()))
        violation = 1.0 - (buffer[:, chosen] < 0).sum(axis=1)
        if bound > node.bound + 1e-9:
            idle = 0 if bound > node.bound + 1e-5 * abs(best) else idle + 1
            node.bound, kept = bound, prices.copy()
            best = min(best, offer(sites[chosen]))
            if _fix(node, sites, rho, fixed, bound, best, whole):
                columns, sites = _columns(cost, node)
                buffer = np.empty_like(columns)
        else:
            idle += 1
        if closed(node, best, whole) or time.monotonic() > how.until:
            break
        if idle >= _PATIENCE:
            theta, idle = theta / 2, 0
            prices = kept.copy()
            direction[:] = 0.0
            if theta < how.floor:
                break
            continue
        direction = violation + _DEFLECTION * direction
        length = float(direction @ direction)
        if length == 0:
            break
        prices = prices + theta * (1.02 * best - bound) / length * direction
    node.prices = kept
    return _settle(node, p, best, offer) if _decided(node, p) else best


def _columns(cost: Floats, node: Node) -> tuple[Floats, Ints]:
    sites = np.concatenate([node.opened, node.free])
    return np.ascontiguousarray(cost[:, sites]), sites


def _choose(rho: Floats, opened: int, p: int, total: float) -> tuple[Ints, float, tuple[float, float]]:
    """(positions chosen, bound, (dearest chosen, cheapest left out) among the free)."""
    free, wanted = rho[opened:], p - opened
    order = np.argsort(free, kind="stable")
    chosen = np.concatenate([np.arange(opened), opened + order[:wanted]])
    return chosen, total + float(rho[chosen].sum()), (float(free[order[wanted - 1]]), float(free[order[wanted]]))


def _fix(node: Node, sites: Ints, rho: Floats, edge: tuple[float, float], bound: float, best: float, whole: bool) -> bool:
    """Close sites that no better plan opens, open those that every better plan opens; True when anything was fixed."""
    opened = len(node.opened)
    free = rho[opened:]
    forced_in = raised(bound + np.maximum(free - edge[0], 0.0), whole)
    forced_out = raised(bound + np.maximum(edge[1] - free, 0.0), whole)
    slack = 1e-9 * max(1.0, abs(best))
    closing = (forced_in >= best - slack) & (free > edge[0])
    opening = (forced_out >= best - slack) & (free <= edge[0]) & ~closing
    if not closing.any() and not opening.any():
        return False
    node.opened = np.concatenate([node.opened, sites[opened:][opening]])
    node.free = sites[opened:][~closing & ~opening]
    return True


def _decided(node: Node, p: int) -> bool:
    return not len(node.opened) < p < len(node.opened) + len(node.free)


def _settle(node: Node, p: int, best: float, offer: Callable[[Ints], float]) -> float:
    """A part with one set of p sites left, or none: once that set is offered, nothing in it is better."""
    for only in (node.opened, np.concatenate([node.opened, node.free])):
        if len(only) == p:
            best = min(best, offer(only))
    node.bound = max(node.bound, best)
    return best


def closed(node: Node, best: float, whole: bool) -> bool:
    """True when nothing in the node is better than the best known."""
    return raised(node.bound, whole) >= best - 1e-9 * max(1.0, abs(best))
