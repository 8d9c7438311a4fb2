"""What every location model returns: the best plan found and what was proven about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

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


def all_whole(*numbers: Floats) -> bool:
    """True when every number is whole: then every plan's cost is, and a bound may be rounded up."""
    return all(bool(np.all(each == np.round(each))) for each in numbers)


def raised(bound: FloatOrFloats, whole: bool) -> FloatOrFloats:
    """Bounds rounded up to the next whole number where costs are whole; the slack covers the floats they were summed in."""
    if not whole:
        return bound
    up: FloatOrFloats = np.ceil(bound - 1e-6 * np.maximum(1.0, np.abs(bound) * 1e-3))
    return up
