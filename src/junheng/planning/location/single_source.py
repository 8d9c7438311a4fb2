"""Everybody of a point to one site: a plan for given open sites, without a promise that it is the best.

Regret first (Martello and Toth's way with the generalised assignment problem, 1981): whoever would lose most by not
getting the best site that still has room chooses next. Then points are moved, and pairs exchanged, while that helps.
"""

from __future__ import annotations

import numpy as np

from junheng.planning.location.answer import Floats, Ints

_ROUNDS = 20


def sent_whole(costs: Floats, demands: Floats, capacities: Floats, opened: Ints) -> Floats | None:
    """(demand points, sites) of 0 and 1, None when this way finds no place for somebody."""
    to_open, room = costs[:, opened], capacities[opened].astype(float).copy()
    place = _by_regret(to_open, demands, room)
    if place is None:
        return None
    for _ in range(_ROUNDS):
        if not (_moved(to_open, demands, room, place) | _exchanged(to_open, demands, room, place)):
            break
    shares = np.zeros(costs.shape)
    shares[np.arange(len(demands)), opened[place]] = 1.0
    return shares


def _by_regret(to_open: Floats, demands: Floats, room: Floats) -> Ints | None:
    place = np.full(len(demands), -1, dtype=np.int64)
    waiting = set(range(len(demands)))
    while waiting:
        best, chosen = -np.inf, (-1, -1)
        for point in waiting:
            fits = np.where(room >= demands[point], to_open[point], np.inf)
            first = int(fits.argmin())
            if not np.isfinite(fits[first]):
                return None
            rest = np.partition(fits, 1)[1] if fits.size > 1 else np.inf
            regret = (rest - fits[first]) if np.isfinite(rest) else 1e18 + demands[point]
            if regret > best:
                best, chosen = regret, (point, first)
        place[chosen[0]] = chosen[1]
        room[chosen[1]] -= demands[chosen[0]]
        waiting.remove(chosen[0])
    return place


def _moved(to_open: Floats, demands: Floats, room: Floats, place: Ints) -> bool:
    changed = False
    for point in range(len(demands)):
        fits = np.where(room >= demands[point], to_open[point], np.inf)
        into = int(fits.argmin())
        if fits[into] < to_open[point, place[point]] - 1e-9:
            room[place[point]] += demands[point]
            room[into] -= demands[point]
            place[point] = into
            changed = True
    return changed


def _exchanged(to_open: Floats, demands: Floats, room: Floats, place: Ints) -> bool:
    """The best exchange for each point, tried once."""
    changed, points = False, np.arange(len(demands))
    for point in points:
        mine = place[point]
        saving = to_open[point, mine] + to_open[points, place] - to_open[point, place] - to_open[points, mine]
        fits = (room[mine] + demands[point] >= demands) & (room[place] + demands >= demands[point]) & (place != mine)
        saving = np.where(fits, saving, -np.inf)
        other = int(saving.argmax())
        if saving[other] > 1e-9:
            theirs = place[other]
            room[mine] += demands[point] - demands[other]
            room[theirs] += demands[other] - demands[point]
            place[point], place[other] = theirs, mine
            changed = True
    return changed
