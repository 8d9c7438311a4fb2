"""统筹安排: those whose zone is full, or who have none, to the places left, all together as near as can be.

Children who find a place are chosen first, in the county's order, when places are short. Then the transport problem of
`planning.transport` with the distance in metres as cost gives the least total distance of these children to these places, a
bound for every allocation. Siblings it separates are put together, at the school that costs the group least at the prices of the
solution, and the others are solved again; `together` then makes this exact, or says how far it can be from the shortest. Which
siblings no school has places for together is settled before: they go singly.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from junheng.planning.admission.together import shortest_together
from junheng.planning.transport import Floats, Ints, cheapest_assignment


@dataclass(frozen=True)
class Allocation:
    """place: by child (row), the school (column). total_m, bound_m: summed distances, and what no allocation that keeps together the
    siblings kept together here goes below. apart: groups of rows that no school had places for together."""

    place: Ints
    total_m: int
    bound_m: int
    apart: tuple[tuple[int, ...], ...]


def chosen_in_order(sizes: Sequence[int], places: int) -> list[int]:
    """Units, in their order, that fit into the places; a unit that no longer fits lets smaller ones behind it in."""
    out = []
    for unit, size in enumerate(sizes):
        if size <= places:
            out.append(unit)
            places -= size
    return out


def allocate(distances: Ints, free: Ints, groups: Sequence[tuple[int, ...]]) -> Allocation:
    """distances: one row per child, one column per school; free: places; groups: rows of siblings to keep together."""
    first = cheapest_assignment(distances, free)
    place, fixed, left, never = first.place, dict[int, int](), free.copy(), set[tuple[int, ...]]()
    while split := [group for group in groups if group not in never and len({int(place[row]) for row in group}) > 1]:
        for group in split:
            school = _best_together(distances, first.prices, left, group)
            if school is None:
                never.add(group)
            else:
                left[school] -= len(group)
                fixed |= dict.fromkeys(group, school)
        place = _others(distances, left, fixed)
    apart = tuple(group for group in groups if len({int(place[row]) for row in group}) > 1)
    bound = first.bound
    if fixed:
        best = shortest_together(distances, free, [group for group in groups if group not in apart], first.prices, place)
        place, bound = best.place, max(bound, best.bound)
    return Allocation(place, int(distances[np.arange(len(place)), place].sum()), bound, apart)


def _best_together(distances: Ints, prices: Floats, left: Ints, group: Sequence[int]) -> int | None:
    schools = np.flatnonzero(left >= len(group))
    worth = distances[list(group)][:, schools].sum(axis=0) + len(group) * prices[schools]
    return int(schools[np.argmin(worth)]) if len(schools) else None


def _others(distances: Ints, left: Ints, fixed: Mapping[int, int]) -> Ints:
    place = np.empty(len(distances), dtype=np.int64)
    place[list(fixed)] = list(fixed.values())
    rest = np.array([row for row in range(len(distances)) if row not in fixed], dtype=np.int64)
    place[rest] = cheapest_assignment(distances[rest], left).place
    return place


def sibling_groups(marks: Sequence[str]) -> list[tuple[int, ...]]:
    """Rows that share a mark, for marks that several rows have."""
    rows: dict[str, list[int]] = defaultdict(list)
    for row, mark in enumerate(marks):
        if mark:
            rows[mark].append(row)
    return [tuple(group) for group in rows.values() if len(group) > 1]
