"""Polishing: a few zones that touch are made anew together by the exact program, over and over (large neighbourhood search)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from junheng.planning import clock
from junheng.planning.zoning.ground import Ground
from junheng.planning.zoning.program import least_cost, least_excess

_LINKS, _SECONDS = 320, 3.0
"""Units × schools of one neighbourhood; what one program may take."""


def polished(ground: Ground, start: Sequence[int], seconds: float) -> list[int]:
    """A plan of no more excess, then of no more cost. Ends when a round over all schools brings nothing, or the time is up."""
    ends, place = clock.now() + seconds, list(start)
    while True:
        before = (int(ground.excess(place).sum()), ground.cost(place))
        over = ground.excess(place)
        for school in sorted(range(len(over)), key=lambda j: (-int(over[j]), j)):
            left = ends - clock.now()
            if left <= 0:
                return place
            _remake(ground, place, _around(ground, place, school), min(left, _SECONDS))
        if (int(ground.excess(place).sum()), ground.cost(place)) == before:
            return place


def _around(ground: Ground, place: Sequence[int], school: int) -> list[int]:
    """A school and those whose zones touch its zone, roomiest first, as many as one program can take."""
    zones: dict[int, list[int]] = {}
    for unit, own in enumerate(place):
        zones.setdefault(own, []).append(unit)
    used = np.bincount(np.asarray(place), weights=ground.children, minlength=len(ground.places))
    near = {place[other] for unit in zones.get(school, [ground.root[school]]) for other in ground.touching[unit]} - {school}
    chosen, units = [school], len(zones.get(school, ()))
    for other in sorted(near, key=lambda j: (float(used[j] - ground.places[j]), j)):
        if (units + len(zones[other])) * (len(chosen) + 1) <= _LINKS:
            chosen.append(other)
            units += len(zones[other])
    return chosen


def _remake(ground: Ground, place: list[int], schools: Sequence[int], seconds: float) -> None:
    """Solve the part of these schools alone, changing `place`. Schools whose own unit belongs to others are left out."""
    while len(kept := [school for school in schools if place[ground.root[school]] in schools]) < len(schools):
        schools = kept
    rows = [unit for unit, own in enumerate(place) if own in schools]
    if len(schools) < 2:
        return
    part, now = _part(ground, rows, schools), [schools.index(place[unit]) for unit in rows]
    new = now
    if part.excess(now).any():
        new = least_excess(part, seconds / 2, now).place or now
    new = least_cost(part, part.places + part.excess(new), seconds, new).place or new
    if (int(part.excess(new).sum()), part.cost(new)) < (int(part.excess(now).sum()), part.cost(now)):
        for unit, school in zip(rows, new, strict=True):
            place[unit] = schools[school]


def _part(ground: Ground, rows: Sequence[int], schools: Sequence[int]) -> Ground:
    at = {unit: row for row, unit in enumerate(rows)}
    return Ground(
        [ground.units[unit] for unit in rows], ground.metres, ground.per_child, ground.children[list(rows)], ground.places[list(schools)],
        ground.costs[np.ix_(list(rows), list(schools))], [frozenset(at[other] for other in ground.touching[unit] if other in at) for unit in rows],
        [at[ground.root[school]] for school in schools], (),
    )  # fmt: skip
