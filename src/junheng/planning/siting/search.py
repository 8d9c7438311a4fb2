"""Local search between calls of HiGHS: most of a plan stays as it is, a few schools near each other are decided anew.

A neighbourhood leaves free every whole-number column of some sites that share pupils; those of the other sites keep the plan's values,
while who goes where stays free for everybody. What is left is a small program that HiGHS solves to its end, or nearly. Neighbourhoods
grow while they are solved to their end without finding anything, and shrink when their time runs out.
Source: Shaw 1998, “Using constraint programming and local search methods to solve vehicle routing problems”, CP98 (large neighbourhood
search); Danna, Rothberg & Le Pape 2005, “Exploring relaxation induced neighborhoods to improve MIP solutions”, Math. Program. 102 (`towards`);
Berthold 2014, “RENS: the optimal rounding”, Math. Program. Comput. 6 (`rounded`).
"""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from junheng.planning import clock
from junheng.planning.highs import INF, Answer, Model, minimise
from junheng.planning.siting.program import Program
from junheng.planning.siting.writing import Floats, Ints

_FEWEST, _FEW, _SECONDS, _IDLE = 3, 5, 2.5, 3
"""Sites of the first neighbourhood of a repair, of a descent; seconds one may take; rounds without success after which they grow."""
_SAME = 1e-6


class Search:
    """Neighbourhoods of one program. model: what is feasible now (the program's own, or with some columns fixed)."""

    def __init__(self, program: Program, model: Model, seed: int = 0) -> None:
        self.program, self.model = program, model
        self._rng = np.random.default_rng(seed)
        self._owner = owners(program)
        self._near = shared_pupils(program)

    def rounded(self, relaxed: Floats, until: float) -> Floats | None:
        """The best answer that agrees with the relaxation's wherever that is whole; None when none was found."""
        return self._solved(relaxed, np.abs(relaxed - np.rint(relaxed)) > _SAME, until, limit=INF).values

    def towards(self, values: Floats, relaxed: Floats, until: float) -> Floats:
        """The best answer that agrees with both this one and the relaxation's wherever they agree."""
        found = self._solved(values, np.abs(relaxed - values) > _SAME, until, self.cost(values) - _SAME)
        return values if found.values is None or found.objective > self.cost(values) - _SAME else found.values

    def descend(self, values: Floats, until: float, target: float = -np.inf) -> Floats:
        """The best answer found from this one. target: an objective that is good enough."""
        best, cost, count = values, self.cost(values), len(self.program.county.sites)
        size, idle = _FEW, 0
        while size < count and cost > target and clock.now() < until:
            free = self._around([int(self._rng.integers(count))], size)
            began = time.monotonic()
            found = self._solved(best, np.isin(self._owner, free), until, cost - _SAME)
            if found.values is not None and found.objective < cost - _SAME:
                best, cost, idle = found.values, found.objective, 0
                continue
            idle += 1
            if time.monotonic() - began > _SECONDS * 0.9:
                size = max(_FEWEST, size - 2)
            elif idle >= _IDLE:
                size, idle = size + 2, 0
        return best

    def repaired(self, values: Floats, until: float) -> Floats | None:
        """A feasible answer near this one: the sites where it breaks something, and ever more of their neighbours, are decided
        anew, until more of them are of no use. None when none was found; the answer itself where it breaks nothing."""
        around, size, count = self._broken(values), _FEWEST, len(self.program.county.sites)
        best, cost = (None, INF) if around else (values, self.cost(values))
        while around and clock.now() < until:
            found = self._solved(values if best is None else best, np.isin(self._owner, self._around(around, size)), until, cost - _SAME)
            if found.values is not None and found.objective < cost - _SAME:
                best, cost = found.values, found.objective
            elif best is not None:
                break
            if size >= count:
                break
            size = min(count, size * 2)
        return best

    def _broken(self, values: Floats) -> list[int]:
        """The sites with a column out of its bounds, or in a row that is; all of them where no site is to blame."""
        model, off = self.model, 1e-6
        out = (values < model.least - off) | (values > model.most + off)
        done = model.rows @ values
        rows = (done < model.low - off) | (done > model.high + off)
        out |= (abs(model.rows[rows]).sum(axis=0) > 0) if rows.any() else False
        sites = np.unique(self._owner[out])
        return sites[sites >= 0].tolist() or (list(range(len(self.program.county.sites))) if out.any() else [])

    def cost(self, values: Floats) -> float:
        return float(self.model.cost @ values) + self.model.offset

    def _solved(self, values: Floats, free: NDArray[np.bool_], until: float, cutoff: float = INF, limit: float = _SECONDS) -> Answer:
        """No start is handed over, only what it costs: see `highs.minimise`."""
        fixed = self.model.whole & ~free
        least, most = self.model.least.copy(), self.model.most.copy()
        least[fixed] = most[fixed] = np.rint(values[fixed])
        seconds = min(limit, until - clock.now())
        return minimise(replace(self.model, least=least, most=most), seconds=seconds, gap=1e-5, cutoff=cutoff)

    def _around(self, centres: list[int], size: int) -> Ints:
        """The sites that share most pupils with these, drawn with a little chance, and these."""
        share = self._near[centres].sum(axis=0) * self._rng.uniform(0.5, 1.5, len(self._near))
        share[centres] = np.inf
        return np.argsort(-share, kind="stable")[: max(size, len(centres))]


def owners(program: Program) -> Ints:
    """The site of every whole-number column; −1 for the others."""
    layout, sites = program.layout, len(program.county.sites)
    out = np.full(len(program.model.cost), -1, dtype=np.intp)
    for columns in (layout.opened, layout.rooms, layout.beds):
        out[columns] = np.arange(sites)[:, None]
    for columns in (layout.taught, layout.classes, layout.sleeping):
        out[columns] = np.array([each.site for each in program.sections], dtype=np.intp)[:, None]
    return out


def shared_pupils(program: Program) -> Floats:
    """site × site: pupils of the first period that may lawfully go to both."""
    group = {key: at for at, key in enumerate(program.groups)}
    may = np.zeros((len(program.groups), len(program.county.sites)))
    for way in program.ways:
        may[group[way.point, way.band], way.site] = 1.0
    pupils = np.array([max(program.county.points[i].pupils[band]) for i, band in program.groups], dtype=float)
    return np.asarray(may.T @ (may * pupils[:, None]), dtype=float)
