"""距离: from where a child or a village is to where a school is, over the ground."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

EARTH_RADIUS_M = 6_371_008.8
"""Mean radius of the Earth (IUGG)."""

Places = npt.NDArray[np.float64]
"""One row per place: longitude, latitude in degrees."""
Metres = npt.NDArray[np.int64]


def distances_m(from_places: Places, to_places: Places) -> Metres:
    """Great-circle distances in whole metres, one row per starting place (haversine; within 0.6 % of the ellipsoid).

    Straight over the ground: roads are longer. Both in the same datum; GCJ-02 and CGCS2000 must not be mixed.
    """
    here, there = np.radians(from_places), np.radians(to_places)
    across = np.sin((here[:, None, 0] - there[None, :, 0]) / 2)
    along = np.sin((here[:, None, 1] - there[None, :, 1]) / 2)
    share = along * along + np.cos(here[:, 1])[:, None] * np.cos(there[:, 1])[None, :] * across * across
    metres: Metres = np.rint(2 * EARTH_RADIUS_M * np.arcsin(np.sqrt(np.minimum(share, 1.0)))).astype(np.int64)
    return metres
