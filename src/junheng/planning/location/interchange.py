"""Vertex substitution for the p-median: the best exchange of one open site for a closed one, until none helps.

Teitz and Bart, Operations Research 16 (1968); the sums per pair as in Resende and Werneck, European Journal of
Operational Research 174 (2006): with d1, d2 the distances to the nearest and second nearest open site,

    saving(in j, out r) = Σ_i max(0, d1_i − d_ij) − Σ_{i nearest r} (d2_i − d1_i)
                          + Σ_{i nearest r} max(0, d2_i − max(d_ij, d1_i))
"""

from __future__ import annotations

import numpy as np

from junheng.planning.location.answer import Floats, Ints

_TINY = 1e-9


def interchange(costs: Floats, start: Ints) -> tuple[Ints, float]:
    """costs: (demand points, sites), weighted. start: open sites. Returns the open sites at a local best, and its cost."""
    opened = np.array(sorted(start), dtype=np.int64)
    if opened.size == 1:
        totals = costs.sum(axis=0)
        return np.array([totals.argmin()], dtype=np.int64), float(totals.min())
    while True:
        closed = np.setdiff1d(np.arange(costs.shape[1]), opened, assume_unique=True)
        near, nearest, second = _two_nearest(costs, opened)
        if closed.size == 0:
            return opened, float(near.sum())
        saving = _savings(costs[:, closed], near, nearest, second, opened.size)
        best = np.unravel_index(int(saving.argmax()), saving.shape)
        if saving[best] <= _TINY * max(1.0, float(near.sum())):
            return opened, float(near.sum())
        opened[best[0]] = closed[best[1]]
        opened.sort()


def _two_nearest(costs: Floats, opened: Ints) -> tuple[Floats, Ints, Floats]:
    """Cost to the nearest open site, its place in `opened`, and the cost to the second nearest."""
    to_open = costs[:, opened]
    two = np.argpartition(to_open, 1, axis=1)[:, :2]
    values = np.take_along_axis(to_open, two, axis=1)
    first = values.argmin(axis=1)
    rows = np.arange(len(costs))
    return values[rows, first], two[rows, first].astype(np.int64), values[rows, 1 - first]


def _savings(to_closed: Floats, near: Floats, nearest: Ints, second: Floats, opened: int) -> Floats:
    """(place of the site to close, closed site) → what the exchange saves."""
    gain = np.maximum(near[:, None] - to_closed, 0.0).sum(axis=0)
    order = np.argsort(nearest, kind="stable")
    softened = np.maximum(second[:, None] - np.maximum(to_closed, near[:, None]), 0.0)
    saving = np.empty((opened, to_closed.shape[1]))
    starts = np.searchsorted(nearest[order], np.arange(opened + 1))
    for place in range(opened):
        mine = order[starts[place] : starts[place + 1]]
        saving[place] = gain - (second[mine] - near[mine]).sum() + softened[mine].sum(axis=0)
    return saving


def greedy(costs: Floats, p: int) -> Ints:
    """Open one after another whichever saves most."""
    near = np.full(len(costs), float(costs.max()) + 1.0)
    opened: list[int] = []
    for _ in range(p):
        totals = np.minimum(near[:, None], costs).sum(axis=0)
        totals[opened] = np.inf
        opened.append(int(totals.argmin()))
        near = np.minimum(near, costs[:, opened[-1]])
    return np.array(sorted(opened), dtype=np.int64)
