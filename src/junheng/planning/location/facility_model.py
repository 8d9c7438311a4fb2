"""The capacitated location problem as a mixed-integer program for HiGHS; equations as in `facility_location`."""

from __future__ import annotations

import numpy as np
import scipy.sparse as sp

from junheng.planning.highs import INF, Model
from junheng.planning.location.facilities import Facilities
from junheng.planning.location.located import Floats, Ints


def facility_model(problem: Facilities, *, single: bool, shut: Ints, kept: Ints) -> Model:
    """Columns: y_j, then x_ij by point. shut, kept: sites that are known to be closed, open. single: x whole."""
    n, m = problem.cost.shape
    served = sp.hstack([sp.csr_array((n, m)), sp.kron(sp.eye_array(n), np.ones((1, m)))])
    load = sp.kron(problem.demand[None, :], sp.eye_array(m))
    held = sp.hstack([sp.diags_array(-problem.capacity), load])
    opened = sp.hstack([sp.kron(np.ones((n, 1)), -sp.eye_array(m)), sp.eye_array(n * m)])
    enough = sp.hstack([sp.csr_array(problem.capacity[None, :]), sp.csr_array((1, n * m))])
    count = sp.hstack([sp.csr_array(np.ones((1, m))), sp.csr_array((1, n * m))])
    p = (0.0, float(m)) if problem.count is None else (float(problem.count), float(problem.count))
    least, most = np.zeros(m + n * m), np.ones(m + n * m)
    most[shut], least[kept] = 0.0, 1.0
    return Model(
        np.concatenate([problem.opening, problem.cost.ravel()]), sp.csr_array(sp.vstack([served, held, opened, enough, count])),
        np.concatenate([np.ones(n), np.full(m + n * m, -INF), [problem.demand.sum(), p[0]]]),
        np.concatenate([np.ones(n), np.zeros(m + n * m), [INF, p[1]]]),
        least, most, np.full(m + n * m, single) | (np.arange(m + n * m) < m),
    )  # fmt: skip


def as_start(share: sp.csr_array, sites: Ints) -> Floats:
    """A plan as the model's columns."""
    opened = np.zeros(share.shape[1])
    opened[sites] = 1.0
    return np.concatenate([opened, share.toarray().ravel()])
