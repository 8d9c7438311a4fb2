"""A whole county in one program: contiguity by layers, which is enough for (4) of `model` though not asked by it.

Data       h_uj steps from the block where school j stands to u, over blocks that touch; N_uj = {b touching u: h_bj < h_uj}
Variables  x_uj for the schools that are among the nearest of u (and what (4') needs); e_j ≥ 0 children above the places
Minimise   (1) + M Σ_j e_j                  M: twice the longest way there is, so that room is always worth a way        (1')
subject to (2);  Σ_u p_u x_uj ≤ q_j + e_j                                                                              (3')
           x_uj ≤ Σ_{b∈N_uj} x_bj           for h_uj ≥ 2: every block has one of its school that is a step nearer       (4')
From (4') every block is joined to its school (Zoltners and Sinha 1983, “Sales territory alignment: a review and model”, Management
Science 29): no cuts are needed and the relaxation is nearly whole. Zones that wind back are lost, so the bound of this program
is none of the county's; its plans are.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from junheng.planning.highs import Model, minimise
from junheng.planning.transport import Ints
from junheng.planning.zoning.ground import Ground

_NEAREST, _GAP = 8, 1e-3


def layered(ground: Ground, start: Sequence[int], seconds: float) -> list[int]:
    """The better of the start and of what the program finds: of no more excess, then of no more cost. Always contiguous."""
    steps = _steps(ground)
    units, schools = np.nonzero(_offered(ground, steps))
    answer = minimise(_program(ground, steps, units, schools), seconds=seconds, gap=_GAP)
    if answer.values is None:
        return list(start)
    place = list(start)
    for column in np.flatnonzero(answer.values[: len(units)] > 0.5).tolist():
        place[int(units[column])] = int(schools[column])
    return min((place, list(start)), key=lambda each: (int(ground.excess(each).sum()), ground.cost(each)))


def _steps(ground: Ground) -> Ints:
    """h, by unit and school."""
    out = np.full(ground.costs.shape, len(ground.units), dtype=np.int64)
    for school, root in enumerate(ground.root):
        out[root, school], frontier = 0, [root]
        for unit in frontier:
            for other in ground.touching[unit]:
                if out[other, school] > out[unit, school] + 1:
                    out[other, school] = out[unit, school] + 1
                    frontier.append(other)
    return out


def _offered(ground: Ground, steps: Ints) -> NDArray[np.bool_]:
    """The columns there are: for every unit its nearest schools, and for those a way there over such columns."""
    first = ground.per_child[[rows[0] for rows in ground.units]]
    out = np.argsort(np.argsort(first, axis=1, kind="stable"), axis=1, kind="stable") < _NEAREST
    for school in range(len(ground.root)):
        for unit in np.argsort(-steps[:, school], kind="stable").tolist():
            if out[unit, school] and steps[unit, school] >= 2:
                nearer = _nearer(ground, steps, unit, school)
                if not out[nearer, school].any():
                    out[nearer[0], school] = True
    return out


def _nearer(ground: Ground, steps: Ints, unit: int, school: int) -> list[int]:
    """N_uj."""
    return sorted(other for other in ground.touching[unit] if steps[other, school] < steps[unit, school])


def _program(ground: Ground, steps: Ints, units: Ints, schools: Ints) -> Model:
    """Columns: x where offered, then e by school."""
    n, many, more = len(units), len(ground.units), len(ground.places)
    at = {(u, j): column for column, (u, j) in enumerate(zip(units.tolist(), schools.tolist(), strict=True))}
    entries = [(u, column, 1.0) for (u, _), column in at.items()]
    entries += [(many + j, column, float(ground.children[u])) for (u, j), column in at.items()]
    entries += [(many + j, n + j, -1.0) for j in range(more)]
    row = many + more
    for (u, j), column in at.items():
        if steps[u, j] >= 2:
            entries.append((row, column, 1.0))
            entries += [(row, at[b, j], -1.0) for b in _nearer(ground, steps, u, j) if (b, j) in at]
            row += 1
    rows, columns, values = zip(*entries, strict=True)
    matrix = csr_array((np.array(values), (np.array(rows), np.array(columns))), shape=(row, n + more))
    lower = np.r_[np.ones(many), np.full(row - many, -np.inf)]
    upper = np.r_[np.ones(many), ground.places.astype(float), np.zeros(row - many - more)]
    dear = 2.0 * float(ground.per_child.max() + 1)
    cost = np.r_[ground.costs[units, schools].astype(float), np.full(more, dear)]
    most = np.r_[np.ones(n), np.full(more, float(ground.children.sum()))]
    return Model(cost, matrix, lower, upper, np.zeros(n + more), most, np.r_[np.ones(n, dtype=bool), np.zeros(more, dtype=bool)])
