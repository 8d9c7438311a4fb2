"""A location problem with capacities, and what a plan of it costs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp

from junheng.common.errors import UserError
from junheng.planning.location.located import Floats, Located, all_whole


@dataclass(frozen=True)
class Facilities:
    """demand: per point, whole, > 0; capacity: per site, whole; opening: cost per site; cost: points × sites, of serving the whole point;
    count: exactly so many sites open, None = as many as pay."""

    demand: Floats
    capacity: Floats
    opening: Floats
    cost: Floats
    count: int | None = None

    def __post_init__(self) -> None:
        n, m = self.cost.shape
        if self.demand.shape != (n,) or self.capacity.shape != (m,) or self.opening.shape != (m,):
            raise ValueError("demand, capacity, opening and cost speak of different numbers of points or sites")
        if not all_whole(self.demand, self.capacity):
            raise UserError("需求和容量须是整数", remedy="请取整，例如按人数")
        if not all(np.isfinite(each).all() for each in (self.demand, self.capacity, self.opening, self.cost)) or (self.demand <= 0).any():
            raise UserError("需求、容量或费用里有不能用的数", why="须都是有限的数，需求须大于 0", remedy="请补齐或改正")
        most = np.sort(self.capacity)[::-1][: m if self.count is None else self.count].sum()
        if most < self.demand.sum() or (self.count is not None and not 1 <= self.count <= m):
            raise UserError("容量不够", why=f"需求合计 {self.demand.sum():g}，能开的点容量合计至多 {most:g}", remedy="请增加候选点、容量或可开的点数")


@dataclass(frozen=True)
class Supplied(Located):
    """A plan with capacities. share: points × sites, the part of each point's demand that each site serves; rows sum to 1."""

    share: sp.csr_array


def supplied(problem: Facilities, share: sp.csr_array, sites: tuple[int, ...], bound: float, seconds: float) -> Supplied:
    """The plan of these shares, its cost summed anew."""
    cost = float(share.multiply(problem.cost).sum() + problem.opening[list(sites)].sum())
    assigned = np.asarray(share.toarray().argmax(axis=1), dtype=np.intp)
    return Supplied(sites, assigned, cost, min(bound, cost), seconds, share)
