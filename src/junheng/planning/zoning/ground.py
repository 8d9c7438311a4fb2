"""The ground zones are made on: blocks joined where they must stay together, which touch which, what is contiguous."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from junheng.common.errors import UserError
from junheng.planning.geography import distances_m
from junheng.planning.transport import Ints
from junheng.planning.zoning.model import Block, ZoneRequest


@dataclass(frozen=True)
class Ground:
    """units: blocks (rows of the request) that go together; metres, per_child: d and (1) for one child, by block and school;
    children: by unit; costs: (1) by unit and school, for all of a unit's children; touching: by unit; root: by school, the
    unit it stands in; bridged: pairs of block names.
    """

    units: Sequence[tuple[int, ...]]
    metres: Ints
    per_child: Ints
    children: Ints
    places: Ints
    costs: Ints
    touching: Sequence[frozenset[int]]
    root: Sequence[int]
    bridged: Sequence[tuple[str, str]]

    def reached(self, school: int, members: Iterable[int]) -> set[int]:
        """Those of a zone's units that are joined to the school by units of the zone."""
        zone = set(members)
        root = self.root[school]
        frontier = [root] if root in zone else [unit for unit in self.touching[root] if unit in zone]
        found = set(frontier)
        while frontier:
            for unit in self.touching[frontier.pop()]:
                if unit in zone and unit not in found:
                    found.add(unit)
                    frontier.append(unit)
        return found

    def is_contiguous(self, school: int, members: set[int]) -> bool:
        """(4), for one school."""
        return len(self.reached(school, members)) == len(members)

    def excess(self, place: Sequence[int]) -> Ints:
        """Children above the places, by school."""
        used = np.bincount(np.asarray(place), weights=self.children, minlength=len(self.places)).astype(np.int64)
        over: Ints = np.maximum(used - self.places, 0)
        return over

    def cost(self, place: Sequence[int]) -> int:
        return int(self.costs[np.arange(len(place)), np.asarray(place)].sum())


def ground_of(request: ZoneRequest) -> Ground:
    """Raises UserError for unknown or repeated ids, and when nothing can be planned."""
    blocks, schools = request.blocks, request.schools
    index = {each.id: at for at, each in enumerate(blocks)}
    _refuse(request, index)
    unit_of, units = _units(blocks)
    touching: list[set[int]] = [set() for _ in units]
    for at, each in enumerate(blocks):
        for other in each.neighbours:
            a, b = unit_of[at], unit_of[index[other]]
            if a != b:
                touching[a].add(b)
                touching[b].add(a)
    root = [unit_of[index[each.block]] for each in schools]
    metres = _metres(request)
    bridged = _bridge(blocks, units, touching, root)
    children = np.array([each.children for each in blocks], dtype=np.int64)
    codes = np.array([each.code for each in schools])
    last = np.array([each.last_school for each in blocks])
    per_child = metres + request.change_m * ((last != "")[:, None] & (last[:, None] != codes[None, :]))
    costs = np.array([(children[list(rows), None] * per_child[list(rows)]).sum(axis=0) for rows in units])
    return Ground(
        units, metres, per_child, np.array([children[list(rows)].sum() for rows in units]),
        np.array([each.places for each in schools], dtype=np.int64), costs, [frozenset(each) for each in touching], root, bridged,
    )  # fmt: skip


def _refuse(request: ZoneRequest, index: dict[str, int]) -> None:
    if len(index) != len(request.blocks):
        raise UserError("片区编号重复", where="片区表", remedy="每个村（小区、路段）一行，编号各不相同")
    if not request.schools or not request.blocks:
        raise UserError("没有学校或没有片区，不能划片", remedy="请核对学校表和片区表")
    if len({each.code for each in request.schools}) != len(request.schools):
        raise UserError("学校编号重复", where="划片学校表", remedy="一所学校几个校区分别招生的，各给一个编号")
    for each in request.blocks:
        if unknown := [other for other in each.neighbours if other not in index]:
            raise UserError(f"“{each.name}”的相邻片区“{unknown[0]}”不在片区表里", where="片区表", remedy="请核对编号")
    for school in request.schools:
        if school.block not in index:
            raise UserError(f"“{school.name}”所在的片区“{school.block}”不在片区表里", where="划片学校表", remedy="请核对编号")


def _metres(request: ZoneRequest) -> Ints:
    if request.distances_m is not None:
        return request.distances_m
    spots = [np.array([(each.longitude, each.latitude) for each in table]) for table in (request.blocks, request.schools)]
    return distances_m(spots[0], spots[1])


def _units(blocks: Sequence[Block]) -> tuple[list[int], list[tuple[int, ...]]]:
    marks: dict[str, int] = {}
    unit_of: list[int] = []
    rows: list[list[int]] = []
    for at, each in enumerate(blocks):
        unit = marks.setdefault(each.together or f"\0{each.id}", len(rows))
        if unit == len(rows):
            rows.append([])
        rows[unit].append(at)
        unit_of.append(unit)
    return unit_of, [tuple(each) for each in rows]


def _bridge(blocks: Sequence[Block], units: Sequence[Sequence[int]], touching: list[set[int]], root: Sequence[int]) -> list[tuple[str, str]]:
    """Islands without a school are joined to the nearest unit that has a way to one; changes `touching`."""
    spots = np.array([np.mean([(blocks[row].longitude, blocks[row].latitude) for row in rows], axis=0) for rows in units])
    reached = _spread(set(root), touching)
    bridges = []
    while len(reached) < len(units):
        outside, inside = [unit for unit in range(len(units)) if unit not in reached], sorted(reached)
        metres = distances_m(spots[outside], spots[inside])
        a, b = divmod(int(metres.argmin()), len(inside))
        one, other = outside[a], inside[b]
        touching[one].add(other)
        touching[other].add(one)
        bridges.append((blocks[units[one][0]].name, blocks[units[other][0]].name))
        reached |= _spread({one}, touching)
    return bridges


def _spread(start: set[int], touching: Sequence[set[int]]) -> set[int]:
    found, frontier = set(start), list(start)
    while frontier:
        new = touching[frontier.pop()] - found
        found |= new
        frontier += new
    return found
