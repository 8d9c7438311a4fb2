"""The same program with the whole cone, given to SCIP: an oracle for tests and a peer for the benchmark."""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np
from pyscipopt import Model, quicksum

from junheng.planning.improvement.board import Board


@dataclass(frozen=True)
class Scip:
    """cost, bound: yuan; cost None when nothing was found."""

    cost: float | None
    bound: float
    status: str
    seconds: float


def scip(board: Board, gap: float = 1e-6, seconds: float = 60.0) -> Scip:
    """Cheapest amounts under (1), (2), (7), (8) of `program` and the cone itself in place of its tangents."""
    began, model = time.monotonic(), Model()
    model.hideOutput()
    model.setRealParam("limits/gap", gap)
    model.setRealParam("limits/time", seconds)
    units = board.units
    v = [
        model.addVar(vtype="I" if each.whole else "C", lb=each.least / u, ub=None if np.isinf(each.most) else each.most / u)
        for each, u in zip(board.decisions, units, strict=True)
    ]
    model.setObjective(quicksum(each.cost * u / 1e4 * var for each, u, var in zip(board.decisions, units, v, strict=True) if each.cost))
    effect = board.effect
    n = board.shape[1]
    scale = np.nanmedian(np.where(np.isnan(board.limit), board.start / board.pupils[:, None], board.limit), axis=0)

    def numerator(r: int, i: int):  # type: ignore[no-untyped-def]
        where = range(effect.indptr[r * n + i], effect.indptr[r * n + i + 1])
        return float(board.start[r, i]) + quicksum(float(effect.data[k]) * units[effect.indices[k]] * v[effect.indices[k]] for k in where)

    for r in range(board.shape[0]):
        reach = []
        for i in range(n):
            p, x = board.pupils[r], numerator(r, i)
            z = model.addVar(vtype="B")
            reach.append(z)
            size = float(p * scale[i])
            model.addCons(x / size >= float(board.floor[r, i] * p / size) + float((board.limit[r, i] - board.floor[r, i]) * p / size) * z)
        model.addCons(quicksum(reach) >= board.min_met)
    for g, group in enumerate(board.groups):
        p = board.pupils[group.rows]
        for i in range(n):
            mean, rho = model.addVar(lb=0.0), model.addVar(lb=0.0)
            model.addCons(mean == quicksum(numerator(int(r), i) for r in group.rows) / float(p.sum() * scale[i]))
            model.addCons(rho == float(board.cv_limits(g)[i]) * mean)
            deviations = []
            for k, r in enumerate(group.rows):
                d = model.addVar(lb=None)
                model.addCons(d == float(np.sqrt(p[k] / p.sum())) * (numerator(int(r), i) / float(p[k] * scale[i]) - mean))
                deviations.append(d)
            model.addCons(quicksum(d * d for d in deviations) <= rho * rho)
    for each in board.together:
        total = quicksum(float(c) * units[j] * v[j] for j, c in zip(each.members, each.coefficients, strict=True))
        model.addCons(total == each.most if each.equal else total <= each.most)
    model.optimize()
    cost = model.getObjVal() * 1e4 if model.getNSols() else None
    return Scip(cost, model.getDualbound() * 1e4, model.getStatus(), time.monotonic() - began)
