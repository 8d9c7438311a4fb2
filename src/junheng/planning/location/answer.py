"""What every model of this room answers with."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Located:
    """The best plan found, and how good it is proven to be.

    open_sites: numbers of the sites, rising; empty = no plan was found. objective: what the plan costs, inf without one.
    bound: no plan costs less (for max_cover: none covers more), ±inf = nothing proven. served_by: per demand point the
    site that serves most of it. shares: per (demand point, site) the share served, for plans that split; None otherwise.
    infeasible: proven that there is no plan.
    """

    open_sites: tuple[int, ...]
    objective: float
    bound: float
    seconds: float
    served_by: Ints
    shares: dict[tuple[int, int], float] | None = None
    infeasible: bool = False

    @property
    def gap(self) -> float:
        """|objective − bound| / objective; 0 = proven best, inf = nothing proven."""
        if not np.isfinite(self.objective) or not np.isfinite(self.bound):
            return np.inf
        return abs(self.objective - self.bound) / abs(self.objective) if self.objective else float(self.bound != 0)


def no_plan(seconds: float, *, infeasible: bool, bound: float = -np.inf) -> Located:
    return Located((), np.inf, np.inf if infeasible else bound, seconds, np.zeros(0, dtype=np.int64), None, infeasible)
