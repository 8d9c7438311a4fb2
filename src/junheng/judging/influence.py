"""影响校: what one school alone does to a CV that fails, for all schools at once.

补齐法 brings the school's figure up to its per-school limit (only a school below it), 剔除法 leaves the school out.
Both follow from the three sums P = Σd, A = Σx, B = Σ(x²/d), since CV² = P·B/A² − 1.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from junheng.engine.result import Floats


@dataclass(frozen=True)
class Influences:
    """By school: the CV after 补齐 (nan for a school not below its limit) and after 剔除 (nan for the only school)."""

    brought: Floats
    left_out: Floats


def influences(num: Floats, den: Floats, limit: Floats) -> Influences:
    """num, den: the schools' figures, all known; limit: each one's per-school limit, nan = none."""
    pupils, total, squares = den.sum(), num.sum(), (num * num / den).sum()
    target = np.where(num < limit * den, limit * den, np.nan)
    brought = _cv(pupils, total - num + target, squares - num * num / den + target * target / den)
    left_out = _cv(pupils - den, total - num, squares - num * num / den)
    if len(den) == 1:
        left_out[:] = np.nan
    return Influences(brought, left_out)


def _cv(pupils: Floats, total: Floats, squares: Floats) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        square = np.where(total > 0, pupils * squares / (total * total) - 1, np.nan)
    out: Floats = np.sqrt(np.maximum(square, 0.0))
    return out
