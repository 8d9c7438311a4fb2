"""Search over sets of open sites with capacities: swap, open, close; every set priced by a min-cost flow.

Moves are ranked by a bound on what the new set costs: with v ≥ 0 the prices of full sites (`transport.prices`),
Σ_i min_{j∈S'} d_i (c_ij + v_j) − Σ_{j∈S'} v_j s_j + Σ_{j∈S'} f_j is at most the cost of S' (duality), and a whole
neighbourhood of them is priced at once as in `interchange`. Only moves that may be better are tried, the likeliest first.
Where none pays, a few sites of the best set are swapped at random and the search goes on from there (iterated local search).
"""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np

from junheng.planning.location.facilities import Facilities
from junheng.planning.location.interchange import swap_profits
from junheng.planning.location.located import Ints
from junheng.planning.location.transport import Flow, prices, transport

_NEAREST, _TRIES = 12, 25


@dataclass(frozen=True)
class Priced:
    """A set of sites, rising, with its flow. cost: with opening."""

    sites: Ints
    cost: float
    flow: Flow


class Search:
    """Keeps the best set found (`best`); every set is priced once."""

    def __init__(self, problem: Facilities, seed: int = 0) -> None:
        self.problem = problem
        self.best: Priced | None = None
        self._seen: set[bytes] = set()
        self._rng = np.random.default_rng(seed)

    @property
    def cost(self) -> float:
        return np.inf if self.best is None else self.best.cost

    def price(self, sites: Ints) -> Priced | None:
        """None for a set that was priced before, is of the wrong size or lacks the capacity."""
        sites = np.sort(sites)
        if sites.tobytes() in self._seen or self.problem.count not in (None, len(sites)):
            return None
        self._seen.add(sites.tobytes())
        flow = transport(self.problem, sites, _NEAREST)
        if flow is None:
            return None
        priced = Priced(sites, flow.cost + float(self.problem.opening[sites].sum()), flow)
        if priced.cost < self.cost:
            self.best = priced
        return priced

    def descend(self, start: Ints, until: float) -> None:
        """Follow the first move that pays until none is left or the time is over."""
        here = self.price(start)
        while here is not None:
            found = None
            for sites in self._moves(here):
                if time.monotonic() > until:
                    return
                found = self.price(sites)
                if found is not None and found.cost < here.cost * (1 - 1e-9):
                    break
                found = None
            here = found

    def kick(self, until: float, target: float, idle: int) -> None:
        """Descend again and again from the best set with a few sites swapped; ends after `idle` kicks without success."""
        left = idle
        while self.best is not None and left and self.cost > target and time.monotonic() < until:
            before, sites = self.cost, self.best.sites
            closed = np.setdiff1d(np.arange(len(self.problem.capacity)), sites)
            size = min(int(self._rng.integers(2, 6)), len(sites), len(closed))
            kept = self._rng.permutation(sites)[size:]
            self.descend(np.concatenate([kept, self._rng.choice(closed, size, replace=False)]), until)
            left = left - 1 if self.cost >= before * (1 - 1e-9) else idle

    def _moves(self, here: Priced) -> list[Ints]:
        """The likeliest sets next to this one, best bound first; only those whose bound is below its cost."""
        problem, sites = self.problem, here.sites
        v = np.zeros(len(problem.capacity))
        v[sites] = prices(problem, here.flow)
        gain, loss, spared = swap_profits(problem.cost + problem.demand[:, None] * v, sites)
        gain = gain - problem.opening
        leave = problem.opening[sites] - loss - v[sites] * problem.capacity[sites]
        profit = np.full((len(sites) + 1, len(gain) + 1), -np.inf)  # last row: nobody leaves; last column: nobody comes
        profit[:-1, :-1] = gain[None, :] + leave[:, None] + spared
        if problem.count is None:
            profit[-1, :-1] = gain
            profit[:-1, -1] = leave if len(sites) > 1 else -np.inf
        profit[:, sites] = -np.inf
        likeliest = np.argsort(-profit, axis=None, kind="stable")[:_TRIES]
        likeliest = likeliest[profit.ravel()[likeliest] > 1e-9 * abs(here.cost)]
        return [_moved(sites, *divmod(int(at), len(gain) + 1), len(gain)) for at in likeliest]


def _moved(sites: Ints, out: int, come: int, count: int) -> Ints:
    left = np.delete(sites, out) if out < len(sites) else sites
    return np.append(left, come) if come < count else left


def opened_greedily(problem: Facilities) -> Ints:
    """Sites opened one after another where they save most, until the capacity suffices and the count is reached."""
    nearest = np.full(len(problem.demand), problem.cost.max() + 1.0)
    chosen: list[int] = []
    while len(chosen) < len(problem.capacity):
        saving = np.maximum(nearest[:, None] - problem.cost, 0.0).sum(axis=0) - problem.opening
        short = problem.demand.sum() - problem.capacity[chosen].sum()
        if problem.count is not None:
            left = problem.count - len(chosen)
            reach = np.sort(np.delete(problem.capacity, chosen))[::-1][: max(left - 1, 0)].sum()
            saving[problem.capacity < short - reach] = -np.inf  # with these the rest could not hold everybody
        saving[chosen] = -np.inf
        site = int(saving.argmax())
        if len(chosen) == problem.count or (problem.count is None and short <= 0 and saving[site] <= 0):
            break
        chosen.append(site)
        nearest = np.minimum(nearest, problem.cost[:, site])
    return np.array(chosen)
