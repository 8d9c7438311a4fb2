"""The least and the greatest CV that missing numerators allow, with proof.

School j has numerator x_j ∈ [lo_j, hi_j] (hi may be ∞, lo may be −∞), pupils d_j > 0, D = Σd, value X_j = x_j/d_j and
weight w_j = d_j/D. With E[X] = Σx/D > 0

    CV² + 1 = E[X²] / E[X]² = D · Σ(x_j²/d_j) / (Σx_j)².

**Quasi-convex.** On the half-space Σx > 0, the set {CV² ≤ t} = {√(D·Σx²/d) ≤ √(1+t)·Σx} is a second-order cone,
hence convex; and the root of the ratio is a convex function over a positive linear one, so it is pseudo-convex:
a point that satisfies the first-order conditions on a box is a global minimum.

**Maximum.** A quasi-convex function on a box takes its maximum at a vertex. Cut the infinite sides at M: the vertices
put each unbounded school at its lower end or at M. As M → ∞ a vertex with a non-empty set J at M tends to
D·Σ_J(1/d_j)/|J|² − 1 ≤ D/min_J d_j − 1 = 1/w_j − 1, reached by the single smallest school of J. The boxes grow with
M, so the supremum is the larger of the vertices with J empty and 1/w − 1 of the smallest unbounded school
(which is approached, never attained). If Σlo ≤ 0 some completion has no positive mean, where CV is not defined and the
county does not pass: there is no upper bound.

**Minimum.** The derivative of log(CV²+1) by x_j has the sign of X_j − c with c = Σ(x²/d)/Σx. So at a minimum every free
X_j is at c, or at the end of its interval nearest to c: X_j = clip(c, lo_j/d_j, hi_j/d_j). Between two
neighbouring ends the set of clipped schools does not change and c solves c = B/A, B = Σ(x²/d) and A = Σx over the
clipped ones. One of these c (or an end) is the minimum; every one of them is a completion, so taking the least of all
can only be the true minimum. When some schools are unbounded the infimum may lie at c → ∞, where the others
vanish against them: D/D_U − 1 ≤ D·Σ_U(r²/d)/(Σ_U r)² − 1 for every direction r (Cauchy–Schwarz); it is not attained.

The functions work on float arrays and, for a second look near a limit, on object arrays of Fractions.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise, product
from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[Any]
"""Floats, or Fractions as objects; infinite ends are float infinities in both."""

MAX_VERTICES = 4096
"""Beyond this many corners of finite intervals no upper bound is given, and the verdict stays open."""


@dataclass(frozen=True)
class Bound:
    """A bound of CV²; None = unbounded (upper) or no completion has a CV at all (lower)."""

    value: Any
    attained: bool


def _cv_squared(total: Any, sums: Any, squares: Any) -> Any:
    return total * squares / (sums * sums) - 1


def greatest(den: Numbers, lo: Numbers, hi: Numbers) -> Bound:
    """The supremum of CV² over the box."""
    if any(x == -np.inf for x in lo) or lo.sum() <= 0:
        return Bound(None, False)
    total = den.sum()
    unbounded = hi == np.inf
    between = np.flatnonzero((lo < hi) & ~unbounded)
    if 2 ** len(between) > MAX_VERTICES:
        return Bound(None, False)
    corners = np.array(list(product((0, 1), repeat=len(between))), dtype=bool).reshape(2 ** len(between), len(between))
    rest = np.ones(len(den), dtype=bool)
    rest[between] = False
    sums = np.full(len(corners), lo[rest].sum(), dtype=den.dtype)
    squares = np.full(len(corners), (lo[rest] * lo[rest] / den[rest]).sum(), dtype=den.dtype)
    if len(between):
        chosen = np.where(corners, hi[between], lo[between])
        sums = sums + chosen.sum(axis=1)
        squares = squares + (chosen * chosen / den[between]).sum(axis=1)
    corner = _cv_squared(total, sums, squares).max()
    if not unbounded.any():
        return Bound(corner, True)
    ray = total / den[unbounded].min() - 1
    return Bound(corner, True) if corner >= ray else Bound(ray, False)


def least(den: Numbers, lo: Numbers, hi: Numbers) -> Bound:
    """The infimum of CV² over the completions whose mean is positive."""
    total = den.sum()
    free = lo < hi
    fixed_sum, fixed_squares = lo[~free].sum(), (lo[~free] * lo[~free] / den[~free]).sum()
    found: list[Bound] = []
    levels = _levels(den[free], lo[free], hi[free], fixed_sum, fixed_squares)
    for level in levels:
        x = _clipped(level, den[free], lo[free], hi[free])
        mean = fixed_sum + x.sum()
        if mean > 0:
            found.append(Bound(_cv_squared(total, mean, fixed_squares + (x * x / den[free]).sum()), True))
    unbounded = hi == np.inf
    if unbounded.any():
        found.append(Bound(total / den[unbounded].sum() - 1, False))
    return min(found, key=lambda bound: (bound.value, not bound.attained), default=Bound(None, False))


def _clipped(level: Any, den: Numbers, lo: Numbers, hi: Numbers) -> Numbers:
    wanted = level * den
    return np.where(wanted < lo, lo, np.where(wanted > hi, hi, wanted))


def _levels(den: Numbers, lo: Numbers, hi: Numbers, fixed_sum: Any, fixed_squares: Any) -> list[Any]:
    """Every common level c that can be the minimum: the ends of the free intervals, and B/A between them."""
    bottoms = [x / d if x != -np.inf else x for x, d in zip(lo, den, strict=True)]
    tops = [x / d if x != np.inf else x for x, d in zip(hi, den, strict=True)]
    ends = sorted({end for end in (*bottoms, *tops) if 0 < end < np.inf})
    edges = [0, *ends, np.inf]
    levels: list[Any] = list(ends) or [1]
    for left, right in pairwise(edges):
        low = np.array([bottom >= right for bottom in bottoms], dtype=bool)
        high = np.array([top <= left for top in tops], dtype=bool)
        a = fixed_sum + lo[low].sum() + hi[high].sum()
        b = fixed_squares + (lo[low] * lo[low] / den[low]).sum() + (hi[high] * hi[high] / den[high]).sum()
        if a > 0 and left < b / a < right:
            levels.append(b / a)
    return levels
