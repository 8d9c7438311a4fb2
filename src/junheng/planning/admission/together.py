"""同胞同校，精确: the shortest allocation that keeps siblings together, or how far at most the one at hand is above it.

Sets       I children without siblings to keep together, G groups of n_g siblings, J schools
Data       c_ij, c_gj = Σ_{i∈g} c_ij metres; q_j places
Variables  x_ij, x_gj ∈ {0,1}
Minimise   Σ c_ij x_ij + Σ c_gj x_gj                                                               (0)
subject to Σ_j x_ij = 1,  Σ_j x_gj = 1                                                             (1)
           Σ_i x_ij + Σ_g n_g x_gj ≤ q_j                                                           (2)
A group takes several places at once, so (2) is no longer totally unimodular and flows do not solve it. For any prices π ≥ 0
    L(π) = Σ_i min_j (c_ij + π_j) + Σ_g min_j (c_gj + n_g π_j) − Σ_j q_j π_j
is a lower bound (Lagrange, of (2); Geoffrion 1974, Math. Prog. Study 2), raised by subgradients. With an allocation of total U,
an arc whose reduced cost is above U − L(π) is in no shorter one and leaves; nearly all do, and HiGHS gets what is left.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from junheng.planning.highs import Model, minimise
from junheng.planning.transport import Floats, Ints

_MOST_ARCS, _FEW, _STEPS, _SECONDS, _HAIR = 20_000, 2_000, 40, 5.0, 1e-6


@dataclass(frozen=True)
class Together:
    """place: by child; bound: no allocation that keeps the groups together is shorter."""

    place: Ints
    bound: int


@dataclass(frozen=True)
class _Blocks:
    """Children and groups alike: rows of children, summed costs, sizes."""

    rows: Sequence[tuple[int, ...]]
    costs: Floats
    sizes: Floats
    free: Ints

    def priced(self, prices: Floats) -> Floats:
        out: Floats = self.costs + self.sizes[:, None] * prices[None, :]
        return out


def shortest_together(distances: Ints, free: Ints, groups: Sequence[tuple[int, ...]], prices: Floats, known: Ints) -> Together:
    """groups: rows that `known`, an allocation within the places, keeps together; prices: to begin with. The better of what is known
    and what is found."""
    blocks = _blocks(distances, free, groups)
    total = float(distances[np.arange(len(known)), known].sum())
    full = blocks.priced(prices)
    bound = float(full.min(axis=1).sum() - free @ prices)
    blocks, spent = _open(blocks, full - full.min(axis=1, keepdims=True) <= total - bound + _HAIR, known)
    if not blocks.rows:
        return Together(known, int(total))
    raised, prices = _raised(blocks, prices, total - spent)
    bound = max(bound, raised + spent)
    if np.ceil(bound - _HAIR) >= total:
        return Together(known, int(total))
    full = blocks.priced(prices)
    blocks, more = _open(blocks, full - full.min(axis=1, keepdims=True) <= total - bound + _HAIR, known)
    if int(np.isfinite(blocks.costs).sum()) > _MOST_ARCS or not blocks.rows:
        return Together(known, int(np.ceil(bound - _HAIR)) if blocks.rows else int(total))
    return _rest(blocks, known, total, spent + more, bound)


def _open(blocks: _Blocks, kept: NDArray[np.bool_], known: Ints) -> tuple[_Blocks, float]:
    """Only what may still go elsewhere, on the arcs that are left; and the cost of the others. An arc of what is known is never
    dearer than it may be, so that who has one arc left has the known one."""
    at = known[[rows[0] for rows in blocks.rows]]
    going = kept.sum(axis=1) > 1
    stay = np.flatnonzero(~going)
    free = blocks.free - np.bincount(at[stay], weights=blocks.sizes[stay], minlength=len(blocks.free)).astype(np.int64)
    rows = [blocks.rows[row] for row in np.flatnonzero(going).tolist()]
    costs = np.where(kept[going], blocks.costs[going], np.inf)
    return _Blocks(rows, costs, blocks.sizes[going], free), float(blocks.costs[stay, at[stay]].sum())


def _blocks(distances: Ints, free: Ints, groups: Sequence[tuple[int, ...]]) -> _Blocks:
    grouped = {row for group in groups for row in group}
    alone = [row for row in range(len(distances)) if row not in grouped]
    costs = np.concatenate([distances[alone], np.array([distances[list(group)].sum(axis=0) for group in groups]).reshape(len(groups), len(free))])
    sizes = np.array([*[1.0] * len(alone), *map(float, map(len, groups))])
    return _Blocks([*((row,) for row in alone), *groups], costs.astype(float), sizes, free)


def _raised(blocks: _Blocks, prices: Floats, total: float) -> tuple[float, Floats]:
    """The best of L(π) on the way, and its π. Ends when no arcs to speak of are left."""
    best, best_prices, scale, quiet = -np.inf, prices, 1.0, 0
    for _ in range(_STEPS):
        full = blocks.priced(prices)
        place = full.argmin(axis=1)
        least = full[np.arange(len(full)), place]
        value = float(least.sum() - blocks.free @ prices)
        quiet = 0 if value > best else quiet + 1
        if value > best:
            best, best_prices = value, prices
            if np.ceil(best - _HAIR) >= total or int((full - least[:, None] <= total - best + _HAIR).sum()) <= len(full) + _FEW:
                break
        if quiet >= 5:
            scale, quiet, prices = scale / 2, 0, best_prices
        slope = np.bincount(place, weights=blocks.sizes, minlength=len(prices)) - blocks.free
        slope = np.where((prices <= 0) & (slope < 0), 0.0, slope)
        if not slope.any():
            break
        prices = np.maximum(0.0, prices + scale * max(total - value, 1.0) / float(slope @ slope) * slope)
    return best, best_prices


def _rest(blocks: _Blocks, known: Ints, total: float, spent: float, bound: float) -> Together:
    """What is left, solved whole. spent: the cost of those who stay."""
    at, school = np.nonzero(np.isfinite(blocks.costs))
    n, many, schools = len(at), len(blocks.rows), len(blocks.free)
    matrix = csr_array((np.r_[np.ones(n), blocks.sizes[at]], (np.r_[at, many + school], np.r_[np.arange(n), np.arange(n)])), shape=(many + schools, n))
    lower, upper = np.r_[np.ones(many), np.full(schools, -np.inf)], np.r_[np.ones(many), blocks.free]
    begun = (known[[rows[0] for rows in blocks.rows]][at] == school).astype(float)
    model = Model(blocks.costs[at, school], matrix, lower, upper, np.zeros(n), np.ones(n), np.ones(n, dtype=bool), spent)
    answer = minimise(model, seconds=_SECONDS, start=begun)
    proven = int(min(total, np.ceil(max(bound, answer.bound) - _HAIR)))
    if answer.values is None or answer.objective >= total - 0.5:
        return Together(known, proven)
    place = known.copy()
    for column in np.flatnonzero(answer.values > 0.5).tolist():
        place[list(blocks.rows[int(at[column])])] = school[column]
    return Together(place, proven)
