"""What every location model returns: the best plan found and what was proven about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from junheng.common.errors import UserError

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]
FloatOrFloats = TypeVar("FloatOrFloats", float, Floats)


@dataclass(frozen=True)
class Located:
    """sites: positions of the open ones, rising; assigned: per demand point the position of its site (−1 = none; where
    demand may be split, the site that takes most of it); bound: proven, no plan is better; seconds: wall time spent."""

    sites: tuple[int, ...]
    assigned: Ints
    objective: float
    bound: float
    seconds: float

    @property
    def gap(self) -> float:
        """|objective − bound| / |objective|: 0 = proven best; inf = nothing is proven."""
        difference = abs(self.objective - self.bound)
        return 0.0 if difference <= 1e-9 * max(1.0, abs(self.objective)) else float(difference / max(abs(self.objective), 1e-12))


def sums(groups: Ints, weights: Floats, count: int) -> Floats:
    """Sum of weights by group, of `count` groups."""
    return np.bincount(groups, weights, count).astype(np.float64)


def all_whole(*numbers: Floats) -> bool:
    """True when every number is whole: then every plan's cost is, and a bound may be rounded up."""
    return all(bool(np.all(each == np.round(each))) for each in numbers)


def raised(bound: FloatOrFloats, whole: bool) -> FloatOrFloats:
    """Bounds rounded up to the next whole number where costs are whole; the slack covers the floats they were summed in."""
    if not whole:
        return bound
    up: FloatOrFloats = np.ceil(bound - 1e-6 * np.maximum(1.0, np.abs(bound) * 1e-3))
    return up


def check_choice(cost: Floats, p: int) -> None:
    """Raises UserError unless p sites can be chosen and every number is finite. cost: points × sites."""
    if not 1 <= p <= cost.shape[1] or not len(cost):
        raise UserError("要开的点数不能用", why=f"要开 {p} 个，候选点 {cost.shape[1]} 个，需求点 {len(cost)} 个", remedy="请改为 1 到候选点数之间")
    if not np.isfinite(cost).all():
        raise UserError("距离表里有缺的或无穷大的数", remedy="请补齐每个需求点到每个候选点的距离")
