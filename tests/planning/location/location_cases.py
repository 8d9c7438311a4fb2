"""Small location problems drawn from a seed, and where the public ones are."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

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
