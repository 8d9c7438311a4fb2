"""五岁组 → 单岁: single years out of age groups, group totals kept exactly.

The single years a minimise Σ (Δ³a)² — third differences, so that smooth curves are left alone — subject to every group's sum. With D the difference
matrix and G the group sums this is the linear system [DᵀD Gᵀ; G 0] [a; λ] = [0; n] (the constrained smoothing that Beers' and
Sprague's multipliers come from, without their need for equal groups). A group that would go below 0 is held at 0 and the rest is
solved again. A shape (births of the same cohorts) may be given: then what is smoothed is a / shape, so that a small birth year
stays small.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
_ORDER = 3
_LEVEL = 1e-6
"""Weight of first differences: of several curves equally smooth (there are, with fewer than three groups) the flattest."""


@dataclass(frozen=True)
class AgeGroup:
    """Persons of ages first … last (completed years, both included)."""

    first: int
    last: int
    persons: float


def single_years(groups: Sequence[AgeGroup], shape: Mapping[int, float] | None = None) -> dict[int, float]:
    """Age → persons, for groups that follow one another without a hole. shape: age → relative size, known for every age or none.

    Raises ValueError for groups that overlap or leave a hole.
    """
    ordered = sorted(groups, key=lambda each: each.first)
    if any(a.last + 1 != b.first for a, b in pairwise(ordered)):
        raise ValueError("age groups overlap or leave a hole")
    ages = list(range(ordered[0].first, ordered[-1].last + 1))
    known = shape is not None and all(shape.get(age, 0) > 0 for age in ages)
    weights = np.array([shape[age] for age in ages]) if known and shape is not None else np.ones(len(ages))
    out = _smooth(ordered, ages, weights / weights.mean())
    return {age: float(count) for age, count in zip(ages, out, strict=True)}


def _smooth(groups: Sequence[AgeGroup], ages: Sequence[int], weights: Floats) -> Floats:
    n = len(ages)
    rough, slope = (np.diff(np.eye(n), min(order, n - 1), axis=0) if n > 1 else np.zeros((0, n)) for order in (_ORDER, 1))
    quadratic = rough.T @ rough + _LEVEL * slope.T @ slope
    sums = np.array([[w if g.first <= age <= g.last else 0.0 for age, w in zip(ages, weights, strict=True)] for g in groups])
    size = max(1.0, float(np.mean([g.persons for g in groups])))
    totals = np.array([g.persons for g in groups]) / size
    held = np.zeros(n, dtype=bool)
    for _ in range(n):
        ratios = _solve(quadratic, sums, totals, held)
        below = (ratios < -1e-9) & ~held
        if not below.any():
            break
        held |= below
    return _exact(np.maximum(ratios, 0.0) * weights * size, groups, ages)


def _solve(quadratic: Floats, sums: Floats, totals: Floats, held: NDArray[np.bool_]) -> Floats:
    """Minimise the roughness under the sums, with some ages held at 0. lstsq: a group held at 0 altogether leaves no unique λ."""
    free = np.flatnonzero(~held)
    a, g = quadratic[np.ix_(free, free)], sums[:, free]
    system = np.block([[2 * a, g.T], [g, np.zeros((len(totals), len(totals)))]])
    solution = np.linalg.lstsq(system, np.concatenate([np.zeros(len(free)), totals]), rcond=None)[0]
    out = np.zeros(len(held))
    out[free] = solution[: len(free)]
    return out


def _exact(counts: Floats, groups: Sequence[AgeGroup], ages: Sequence[int]) -> Floats:
    """Every group's sum to the last digit: what rounding and clipping took is given back in proportion."""
    out = counts.copy()
    first = ages[0]
    for each in groups:
        where = slice(each.first - first, each.last - first + 1)
        total = float(out[where].sum())
        out[where] = out[where] * (each.persons / total) if total > 0 else each.persons / (each.last - each.first + 1)
    return out


def whole(counts: Floats, total: int) -> NDArray[np.int64]:
    """Whole numbers nearest the counts with this total: largest remainders, the earlier one at a tie. Counts of 0 stay 0 while
    others can take the rest."""
    if total < 0:
        raise ValueError("a total is not below 0")
    size = float(counts.sum())
    exact = counts / size * total if size > 0 else np.full(len(counts), total / max(1, len(counts)))
    out = np.floor(exact + 1e-9).astype(np.int64)
    remainder = np.where(exact > 0, exact - out, -1.0)
    rest = total - int(out.sum())
    order = np.argsort(-remainder, kind="stable")
    if rest > 0:
        out[order[:rest]] += 1
    for k in order[::-1][: max(0, -rest)]:
        out[k] -= 1
    return out
