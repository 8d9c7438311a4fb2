"""划片录取: every school takes those of its zone in the order of their rights, and nobody is passed by who had more.

Units u: a child, or siblings who want the same schools, of n_u children. Each unit lists schools, first wish first; each
school s has places q_s and orders units by (of its zone, class, elder sibling here, points, permit, ticket).

Deferred acceptance (Gale and Shapley 1962; for schools: Abdulkadiroğlu and Sönmez 2003, “School Choice: A Mechanism Design
Approach”, AER 93(3)): all units without a place ask the next school of their list; each school keeps, in its order, those that
fit and refuses the rest; until nobody asks. A place is kept only provisionally, so asking for a wanted school first never harms.
  (1) capacity: Σ n_u over those kept by s ≤ q_s
  (2) no justified envy: whoever would rather be at s comes after all whom s keeps (for units of one child)
  (3) no waste: no place of s stays free that a unit would rather have and fits into
Siblings are larger than one place, so that a smaller unit may be kept where they no longer fit; (3) is then reached by a
last pass in which refused units move up, each to the first wish that has places.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Unit:
    """members: positions of children. wishes: school positions, first wish first; keys: the unit's place in each one's order."""

    members: tuple[int, ...]
    wishes: tuple[int, ...]
    keys: tuple[Any, ...]


@dataclass(frozen=True)
class Zoned:
    """place: by unit, the position in its wishes, None = refused by all. asked: by school, the units that asked, in its order."""

    place: Sequence[int | None]
    asked: Mapping[int, Sequence[int]]


def admit_by_zone(units: Sequence[Unit], places: Mapping[int, int]) -> Zoned:
    """places: by school position. Deterministic: keys of one school are never equal."""
    at: list[int] = [0] * len(units)
    kept: dict[int, list[int]] = defaultdict(list)
    asking = [u for u, unit in enumerate(units) if unit.wishes]
    while asking:
        by_school: dict[int, list[int]] = defaultdict(list)
        for u in asking:
            by_school[units[u].wishes[at[u]]].append(u)
        asking = []
        for school, new in by_school.items():
            kept[school], refused = _choose(units, at, [*kept[school], *new], places[school])
            for u in refused:
                at[u] += 1
                if at[u] < len(units[u].wishes):
                    asking.append(u)
    place: list[int | None] = [at[u] if at[u] < len(unit.wishes) else None for u, unit in enumerate(units)]
    _move_up(units, place, kept, places)
    return Zoned(place, _asked(units, place))


def _choose(units: Sequence[Unit], at: Sequence[int], candidates: list[int], room: int) -> tuple[list[int], list[int]]:
    candidates.sort(key=lambda u: units[u].keys[at[u]])
    kept: list[int] = []
    refused: list[int] = []
    for u in candidates:
        size = len(units[u].members)
        (kept if size <= room else refused).append(u)
        room -= size if size <= room else 0
    return kept, refused


def _move_up(units: Sequence[Unit], place: list[int | None], kept: Mapping[int, Sequence[int]], places: Mapping[int, int]) -> None:
    """(3): every move brings a unit to an earlier wish, so there is an end."""
    if all(len(unit.members) == 1 for unit in units):
        return  # deferred acceptance has no waste then
    free = {school: room - sum(len(units[u].members) for u in kept.get(school, ())) for school, room in places.items()}
    moved = True
    while moved:
        moved = False
        wanted = sorted(
            (unit.keys[w], u, w) for u, unit in enumerate(units) for w in range(len(unit.wishes) if place[u] is None else place[u])  # type: ignore[arg-type]
            if 0 < len(unit.members) <= free[unit.wishes[w]]
        )  # fmt: skip
        for _, u, w in wanted:
            now, size = place[u], len(units[u].members)
            if free[units[u].wishes[w]] >= size and (now is None or w < now):
                free[units[u].wishes[w]] -= size
                if now is not None:
                    free[units[u].wishes[now]] += size
                place[u], moved = w, True


def _asked(units: Sequence[Unit], place: Sequence[int | None]) -> dict[int, list[int]]:
    asked: dict[int, list[tuple[Any, int]]] = defaultdict(list)
    for u, unit in enumerate(units):
        last = place[u]
        for w in range(len(unit.wishes) if last is None else last + 1):
            asked[unit.wishes[w]].append((unit.keys[w], u))
    return {school: [u for _, u in sorted(pairs)] for school, pairs in asked.items()}
