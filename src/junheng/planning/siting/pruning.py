"""只看近处的学校: a large county is searched among the nearest schools of each point, and never judged by them alone.

The program always holds every lawful way. While a plan is searched for, ways to far schools are shut (their columns held at 0), so that
HiGHS drops them before it begins. Which may be shut is decided by the relaxation, not by distance: with the relaxation's prices a way
whose reduced cost is negative would be used, so it is opened and the relaxation solved again, until none is left (column generation:
Dantzig & Wolfe 1960, Oper. Res. 8; Avella, Sassano & Vasil’ev 2007, Math. Program. 109, for the p-median). Then the relaxation over the
open ways is that over all ways, and its objective bounds every lawful plan. Where the nearest schools hold no answer, twice as many are
opened, up to all of them: a county that has a plan is never called one that has none.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from junheng.planning import clock
from junheng.planning.highs import INF, Model, Relaxed, relax, without
from junheng.planning.siting.program import Program

_LARGE = 60_000
"""Columns of pupils from which on far schools are shut while searching."""
_NEAREST = 8
"""Schools per point and band that are open at first."""


@dataclass(frozen=True)
class Near:
    """model: the program with far ways shut; relaxed: its relaxation's answer, over all ways; None where nothing is shut, and
    when the relaxation of the whole program has no answer, or none within the time."""

    model: Model
    relaxed: Relaxed | None

    @property
    def bound(self) -> float:
        return -INF if self.relaxed is None else self.relaxed.objective


def near(program: Program, *, seconds: float) -> Near:
    """The program to search in. Small counties have all their ways open."""
    until = clock.now() + seconds
    if len(program.layout.going) <= _LARGE:
        return Near(program.model, None)
    nearest = _NEAREST
    while clock.now() < until:
        shut = _far(program, nearest)
        model = without(program.model, shut)
        if not shut.any():
            break
        relaxed = relax(model, seconds=until - clock.now())
        while relaxed is not None:
            wanted = shut & (relaxed.reduced < -1e-7)
            if not wanted.any():
                return Near(model, relaxed)
            shut &= ~wanted
            model = without(program.model, shut)
            relaxed = relax(model, seconds=until - clock.now())
        nearest *= 2
    return Near(program.model, None)


def _far(program: Program, nearest: int) -> NDArray[np.bool_]:
    """The columns of pupils on their way to a school that is not among the nearest of their point and band, nor their present one."""
    place: dict[tuple[int, str], list[int]] = {}
    rank = np.zeros(len(program.ways), dtype=np.intp)
    for at in np.argsort([way.km for way in program.ways], kind="stable").tolist():
        way = program.ways[at]
        known = place.setdefault((way.point, way.band), [])
        if way.site not in known:
            known.append(way.site)
        present = program.county.points[way.point].school.get(way.band) == program.county.sites[way.site].code
        rank[at] = -1 if present else known.index(way.site)
    out = np.zeros(len(program.model.cost), dtype=bool)
    out[program.layout.going] = rank[program.layout.way_of] >= nearest
    return out
