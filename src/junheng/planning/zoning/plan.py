"""划片: the best zones found, and how good they are proven to be. The mathematics stands in `model`."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from junheng.planning import clock
from junheng.planning.transport import Assignment, Ints, cheapest_assignment
from junheng.planning.zoning.ground import Ground, ground_of
from junheng.planning.zoning.layered import layered
from junheng.planning.zoning.model import ZonePlan, ZoneRequest
from junheng.planning.zoning.neighbourhood import polished
from junheng.planning.zoning.program import least_cost, least_excess
from junheng.planning.zoning.reasons import reasons
from junheng.planning.zoning.search import grown, improved

_EXACT = 4_000
"""Units × schools up to which HiGHS gets the whole program."""


def plan_zones(request: ZoneRequest) -> ZonePlan:
    """Zones for every block: contiguous always, within the places where that is possible, then cheapest by (1).

    Raises UserError for tables that contradict themselves. Without a plan that fits, `excess` says where and by how many.
    """
    ends = clock.now() + request.seconds
    ground = ground_of(request)
    short = max(0, int(ground.children.sum() - ground.places.sum()))
    place = improved(ground, grown(ground, _divisible(request, ground, ground.places + short).prices), request.seconds * 0.1)
    place = layered(ground, place, request.seconds * 0.5)
    small, excess_bound = ground.costs.size <= _EXACT, short
    place = polished(ground, place, (ends - clock.now()) * (0.4 if small else 0.6))
    if int(ground.excess(place).sum()) > short:
        exact = least_excess(ground, (ends - clock.now()) / 2, place)
        place = exact.place or place
        excess_bound = max(short, int(exact.bound))
    rooms = ground.places + ground.excess(place)
    bound = _divisible(request, ground, rooms).bound
    if small:
        best = least_cost(ground, rooms, ends - clock.now(), place)
        place, bound = best.place or place, max(bound, int(best.bound))
    return _plan(request, ground, place, bound, excess_bound)


def _divisible(request: ZoneRequest, ground: Ground, rooms: Ints) -> Assignment:
    """The transport problem of single children: (1)–(3) without whole blocks and without (4)."""
    return cheapest_assignment(np.repeat(ground.per_child, [each.children for each in request.blocks], axis=0), rooms)


def _plan(request: ZoneRequest, ground: Ground, place: Sequence[int], bound: int, excess_bound: int) -> ZonePlan:
    codes = [each.code for each in request.schools]
    school_of = {request.blocks[row].id: codes[school] for rows, school in zip(ground.units, place, strict=True) for row in rows}
    excess = {codes[at]: int(more) for at, more in enumerate(ground.excess(place)) if more}
    cost = ground.cost(place)
    return ZonePlan(request, school_of, cost, min(bound, cost), excess, min(excess_bound, sum(excess.values())), ground.bridged, reasons(request, ground, place))

