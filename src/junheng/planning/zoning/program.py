"""(1)–(4) in HiGHS, with cuts for (4) added where an answer breaks it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from junheng.planning import clock
from junheng.planning.highs import Model, minimise
from junheng.planning.transport import Floats, Ints
from junheng.planning.zoning.ground import Ground

_GAP = 1e-7
Cut = tuple[int, int, tuple[int, ...]]
"""unit, school, units that part it from the school: x_uj ≤ Σ x_bj."""


@dataclass(frozen=True)
class Exact:
    """place: a contiguous plan, None = none was found in time. bound: no plan has a lower objective; inf = there is no plan."""

    place: list[int] | None
    bound: float


def least_excess(ground: Ground, seconds: float, start: Sequence[int]) -> Exact:
    """The plan that exceeds the places by least. start: a contiguous plan that is known."""
    return _solve(ground, seconds, None, start)


def least_cost(ground: Ground, places: Ints, seconds: float, start: Sequence[int]) -> Exact:
    """The cheapest plan within these places. start: a plan that fits into them."""
    return _solve(ground, seconds, places, start)


def _solve(ground: Ground, seconds: float, places: Ints | None, start: Sequence[int]) -> Exact:
    ends = clock.now() + seconds
    known, given = float(ground.cost(start)), _values(ground, start)
    if places is None:
        known, given = float(ground.excess(start).sum()), np.concatenate([given, ground.excess(start).astype(float)])
    cuts: list[Cut] = []
    bound = 0.0
    while (left := ends - clock.now()) > 0:
        answer = minimise(_program(ground, places, cuts), seconds=left, gap=_GAP, cutoff=known + 0.5, start=given)
        if answer.values is None:
            return Exact(None, known if answer.infeasible else bound)  # infeasible: nothing better than what is known
        bound = min(known, max(bound, float(np.ceil(answer.bound - 1e-6))))
        units, schools = ground.costs.shape
        place = answer.values[: units * schools].reshape(units, schools).argmax(axis=1).tolist()
        new = list(_broken(ground, place))
        if not new:
            return Exact(place, bound)
        cuts += new
    return Exact(None, bound)


def _values(ground: Ground, place: Sequence[int]) -> Floats:
    out = np.zeros(ground.costs.shape)
    out[np.arange(len(place)), np.asarray(place)] = 1.0
    return out.ravel()


def _program(ground: Ground, places: Ints | None, cuts: Sequence[Cut]) -> Model:
    """Columns: x by unit and school, then the excess of every school when the places may be exceeded (places None)."""
    units, schools = ground.costs.shape
    n, extra = units * schools, schools if places is None else 0
    x = np.arange(n).reshape(units, schools)
    rows = [np.repeat(np.arange(units), schools), units + np.tile(np.arange(schools), units)]
    columns = [x.ravel(), x.ravel()]
    values = [np.ones(n), np.repeat(ground.children, schools).astype(float)]
    if extra:
        rows.append(units + np.arange(schools))
        columns.append(n + np.arange(schools))
        values.append(-np.ones(schools))
    for at, (unit, school, parting) in enumerate(cuts):
        rows.append(np.full(1 + len(parting), units + schools + at))
        columns.append(np.array([x[unit, school], *(x[other, school] for other in parting)]))
        values.append(np.array([1.0, *[-1.0] * len(parting)]))
    count = units + schools + len(cuts)
    upper = np.concatenate([np.ones(units), (ground.places if places is None else places).astype(float), np.zeros(len(cuts))])
    lower = np.concatenate([np.ones(units), np.full(schools + len(cuts), -np.inf)])
    matrix = csr_array((np.concatenate(values), (np.concatenate(rows), np.concatenate(columns))), shape=(count, n + extra))
    cost = np.concatenate([np.zeros(n), np.ones(extra)]) if extra else ground.costs.ravel().astype(float)
    most = np.concatenate([np.ones(n), np.full(extra, float(ground.children.sum()))])
    return Model(cost, matrix, lower, upper, np.zeros(n + extra), most, np.r_[np.ones(n, dtype=bool), np.zeros(extra, dtype=bool)])


def _broken(ground: Ground, place: Sequence[int]) -> Iterator[Cut]:
    """A cut for every unit that is not joined to its school."""
    for school in range(len(ground.places)):
        zone = {unit for unit, own in enumerate(place) if own == school}
        loose = zone - ground.reached(school, zone)
        while loose:
            island = _island(ground, loose)
            loose -= island
            parting = _parting(ground, island, ground.root[school])
            yield from ((unit, school, parting) for unit in sorted(island))


def _island(ground: Ground, loose: set[int]) -> set[int]:
    start = min(loose)
    found, frontier = {start}, [start]
    while frontier:
        new = (ground.touching[frontier.pop()] & loose) - found
        found |= new
        frontier += new
    return found


def _parting(ground: Ground, island: set[int], root: int) -> tuple[int, ...]:
    """Of the units around an island, those that can be come to from the root without crossing another of them.

    The root is not around it: a unit that touches the root is joined to the school.
    """
    around = {other for unit in island for other in ground.touching[unit]} - island
    found, frontier, parting = {root}, [root], set[int]()
    while frontier:
        for unit in ground.touching[frontier.pop()]:
            if unit in around:
                parting.add(unit)
            elif unit not in found and unit not in island:
                found.add(unit)
                frontier.append(unit)
    return tuple(sorted(parting))
