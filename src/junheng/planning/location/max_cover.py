"""最大覆盖: open p sites so that as many pupils as possible have a school within the limit.

Sets        I points, J sites, N_i sites within the limit of i
Data        w_i pupils, p how many sites
Variables   y_j ∈ {0,1} j is open; z_i ∈ [0,1] i is reached
Maximise    Σ_i w_i z_i                                         (0)
subject to  z_i ≤ Σ_{j∈N_i} y_j                 for i ∈ I       (1)
            Σ_j y_j = p                                         (2)
Source: Church & ReVelle 1974, Pap. Reg. Sci. 32. z is whole by itself once y is.

Way: points with the same N_i are one; HiGHS from a greedy start.
"""

from __future__ import annotations

import time

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from junheng.planning.highs import INF, Model, minimise
from junheng.planning.location.located import Floats, Ints, Located, check_choice, sums


def max_cover(pupils: Floats, within: NDArray[np.bool_], p: int, *, seconds: float = 10.0, gap: float = 0.0) -> Located:
    """The p sites that reach most. within: points × sites. objective: pupils reached; bound ≥ objective;
    assigned: an open site that reaches the point, −1 where none does."""
    check_choice(within.astype(float), p)
    began = time.monotonic()
    rows, of_row = np.unique(within, axis=0, return_inverse=True)
    weight = sums(of_row.ravel(), pupils, len(rows))
    start = _greedy(weight, rows, p)
    answer = minimise(_model(weight, rows, p), seconds=seconds, gap=gap, start=_vector(rows, start))
    sites = start if answer.values is None else np.flatnonzero(answer.values[: within.shape[1]] > 0.5)
    reached = within[:, sites]
    assigned = np.where(reached.any(axis=1), sites[reached.argmax(axis=1)], -1)
    objective = float(pupils[assigned >= 0].sum())
    bound = min(float(pupils.sum()), -answer.bound)
    return Located(tuple(sites.tolist()), assigned, objective, max(bound, objective), time.monotonic() - began)


def _greedy(weight: Floats, rows: NDArray[np.bool_], p: int) -> Ints:
    left, chosen = weight.copy(), np.zeros(rows.shape[1], dtype=bool)
    for _ in range(p):
        gain = left @ rows
        gain[chosen] = -1.0
        site = int(gain.argmax())
        chosen[site] = True
        left[rows[:, site]] = 0.0
    return np.flatnonzero(chosen)


def _vector(rows: NDArray[np.bool_], sites: Ints) -> Floats:
    opened = np.zeros(rows.shape[1])
    opened[sites] = 1.0
    return np.concatenate([opened, rows[:, sites].any(axis=1).astype(float)])


def _model(weight: Floats, rows: NDArray[np.bool_], p: int) -> Model:
    r, m = rows.shape
    reach = sp.hstack([sp.csr_array(-rows.astype(float)), sp.eye_array(r)])
    count = sp.hstack([sp.csr_array(np.ones((1, m))), sp.csr_array((1, r))])
    return Model(
        np.concatenate([np.zeros(m), -weight]), sp.csr_array(sp.vstack([reach, count])),
        np.concatenate([np.full(r, -INF), [p]]), np.concatenate([np.zeros(r), [p]]),
        np.zeros(m + r), np.ones(m + r), np.arange(m + r) < m,
    )  # fmt: skip
