"""Small location problems drawn from a seed, and where the public ones are."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from junheng.planning.location.facilities import Facilities
from junheng.planning.location.located import Floats

PUBLIC = Path(__file__).resolve().parents[3] / ".." / "shared" / "data" / "location"
needs_public = pytest.mark.skipif(not PUBLIC.is_dir(), reason="the public location problems stand beside the checkout, not in it")


def drawn_costs(seed: int, points: int, sites: int, *, whole: bool = True) -> Floats:
    """points × sites: pupils times distance on a plane."""
    rng = np.random.default_rng(seed)
    there, where = rng.random((points, 2)) * 20, rng.random((sites, 2)) * 20
    distance = np.hypot(there[:, None, 0] - where[None, :, 0], there[:, None, 1] - where[None, :, 1])
    cost: Floats = distance * rng.integers(1, 60, points)[:, None]
    return np.round(cost) if whole else cost


def drawn_facilities(seed: int, points: int, sites: int, *, count: int | None = None, slack: float = 1.4) -> Facilities:
    """Whole numbers throughout; any half of the sites can hold everybody `slack` times over, on average."""
    rng = np.random.default_rng(seed)
    demand = rng.integers(3, 30, points).astype(float)
    share = rng.uniform(0.7, 1.3, sites)
    half = count or max(1, sites // 2)
    capacity = np.ceil(demand.sum() * slack / half * share)
    opening = rng.integers(50, 400, sites).astype(float)
    return Facilities(demand, capacity, opening, drawn_costs(seed + 1000, points, sites), count)
