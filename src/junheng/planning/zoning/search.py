"""Zones of a large county: grown from the schools, then improved on their borders. Deterministic."""

from __future__ import annotations

import heapq
from collections.abc import Sequence

import numpy as np

from junheng.planning import clock
from junheng.planning.transport import Floats, Ints
from junheng.planning.zoning.ground import Ground

_TENURE, _PATIENCE = 12, 5
"""Rounds a moved unit stays where it is; rounds without a better plan, per unit, before the search ends."""


def grown(ground: Ground, prices: Floats) -> list[int]:
    """A contiguous plan: every unit to the school of the least cost among those it can be joined to. prices: per child, of a
    place at each school; those of the transport problem lead away from where places are short."""
    costs = ground.costs + np.rint(ground.children[:, None] * prices[None, :]).astype(np.int64)
    place = [-1] * len(ground.units)
    heap = [(int(costs[root, school]), root, school) for school, root in enumerate(ground.root)]
    heapq.heapify(heap)
    while heap:
        _, unit, school = heapq.heappop(heap)
        if place[unit] >= 0:
            if unit == ground.root[school] and place[unit] != school:  # two schools in one unit: the other grows from it all the same
                _offer(ground, costs, heap, place, unit, school)
            continue
        place[unit] = school
        _offer(ground, costs, heap, place, unit, school)
    return place


def _offer(ground: Ground, costs: Ints, heap: list[tuple[int, int, int]], place: Sequence[int], unit: int, school: int) -> None:
    for other in sorted(ground.touching[unit]):
        if place[other] < 0:
            heapq.heappush(heap, (int(costs[other, school]), other, school))


def improved(ground: Ground, start: Sequence[int], seconds: float) -> list[int]:
    """The best plan a tabu search finds: first the least excess, then the least cost, always contiguous.

    One unit on a border moves per round, the best allowed move even if it is no improvement. It is led by cost + weight · Σ
    excess², so that excess spreads to where room is; the weight rises while plans exceed and falls while they fit, so that the
    search crosses the line both ways (strategic oscillation, Glover).
    """
    state = _State(ground, list(start))
    best, best_key = list(start), state.key()
    weight, until = 100.0, [0] * len(ground.units)
    ends, quiet, round_ = clock.now() + seconds, 0, 0
    while quiet < _PATIENCE * len(ground.units) and clock.now() < ends:
        round_, quiet = round_ + 1, quiet + 1
        move = state.best_move(weight, until, round_, best_key)
        if move is None:
            continue
        state.move(*move)
        until[move[0]] = round_ + _TENURE
        if (key := state.key()) < best_key:
            best, best_key, quiet = list(state.place), key, 0
        weight *= 1.02 if key[0] else 0.98
    return best


class _State:
    def __init__(self, ground: Ground, place: list[int]) -> None:
        self.ground, self.place = ground, place
        self.zones: list[set[int]] = [set() for _ in ground.places]
        for unit, school in enumerate(place):
            self.zones[school].add(unit)
        self.used = [int(ground.children[list(zone)].sum()) for zone in self.zones]
        self.total = ground.cost(place)
        self.over = sum(max(0, used - int(room)) for used, room in zip(self.used, ground.places, strict=True))
        self._costs, self._children = ground.costs.tolist(), ground.children.tolist()
        self._places: list[int] = ground.places.tolist()
        self._rooted: list[list[int]] = [[] for _ in ground.units]
        for school, root in enumerate(ground.root):
            for unit in (root, *ground.touching[root]):
                self._rooted[unit].append(school)

    def key(self) -> tuple[int, int]:
        return self.over, self.total

    def best_move(self, weight: float, until: Sequence[int], round_: int, best: tuple[int, int]) -> tuple[int, int] | None:
        """The allowed move that lowers cost + weight · Σ excess² most, or raises it least."""
        moves = sorted((cost + weight * square, unit, school, over, cost) for unit, school, square, over, cost in self._moves())
        for _, unit, school, over, cost in moves:
            better = (self.over + over, self.total + cost) < best
            if (until[unit] < round_ or better) and self._leaves_whole(unit):
                return unit, school
        return None

    def _moves(self) -> list[tuple[int, int, int, int, int]]:
        """(unit, school, change of Σ excess², of the excess, of cost) of every unit that touches another zone or another school."""
        out = []
        for unit, own in enumerate(self.place):
            near = {self.place[other] for other in self.ground.touching[unit]} | set(self._rooted[unit])
            near.discard(own)
            n = self._children[unit]
            was, less = self._over(own, 0), self._over(own, -n)
            for school in near:
                here, more = self._over(school, 0), self._over(school, n)
                square = more * more - here * here + less * less - was * was
                out.append((unit, school, square, more - here + less - was, self._costs[unit][school] - self._costs[unit][own]))
        return out

    def _over(self, school: int, change: int) -> int:
        return max(0, self.used[school] + change - self._places[school])

    def _leaves_whole(self, unit: int) -> bool:
        own = self.place[unit]
        return self.ground.is_contiguous(own, self.zones[own] - {unit})

    def move(self, unit: int, school: int) -> None:
        own, n = self.place[unit], self._children[unit]
        self.total += self._costs[unit][school] - self._costs[unit][own]
        for at, change in ((own, -n), (school, n)):
            self.over += self._over(at, change) - self._over(at, 0)
            self.used[at] += change
        self.zones[own].remove(unit)
        self.zones[school].add(unit)
        self.place[unit] = school
