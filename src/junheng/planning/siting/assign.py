"""Whole pupils: once it is decided what stands where, who goes where is a min-cost flow for every band and period."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from junheng.planning.siting.bands import Band, Mode
from junheng.planning.siting.county import County
from junheng.planning.siting.plan import Going
from junheng.planning.siting.prices import way_cost
from junheng.planning.siting.ways import Way, moves_pinned

_STEPS = 1e4
"""Costs are counted in yuan: 万元 × 10⁴."""


def assign(
    county: County, ways: Sequence[Way], band: Band, period: int, classes: Mapping[int, int], beds: Mapping[int, int]
) -> tuple[Going, ...] | None:
    """The cheapest ways of all children of a band in a period. classes, beds: per open site; None when they do not fit.

    Way → (bed of the site) → section → everybody; the section's outflow costs −u up to the aimed class size and +u beyond, so
    that uneven classes count as in the program.
    """
    mine = [
        way for way in ways
        if way.band is band and way.site in classes and county.points[way.point].pupils[band][period] > 0 and not moves_pinned(county, way, period)
    ]  # fmt: skip
    points = sorted({i for i, point in enumerate(county.points) if any(point.pupils.get(band, ())) and point.pupils[band][period] > 0})
    sites = sorted(classes)
    node = {("point", i): n for n, i in enumerate(points)}
    node |= {("site", j): len(node) + n for n, j in enumerate(sites)}
    node |= {("bed", j): len(node) + n for n, j in enumerate(sites)}
    sink = len(node)
    flow = SimpleMinCostFlow()
    arcs = []
    for way in mine:
        head = node["bed" if way.mode is Mode.BOARD else "site", way.site]
        pupils = county.points[way.point].pupils[band][period]
        arcs.append(flow.add_arc_with_capacity_and_unit_cost(node["point", way.point], head, pupils, round(way_cost(county, way) * _STEPS)))
    uneven = int(county.parameters.amount("balance_yuan_year"))
    for j in sites:
        flow.add_arc_with_capacity_and_unit_cost(node["bed", j], node["site", j], beds.get(j, 0), 0)
        places = classes[j] * county.parameters.class_size(band)
        aim = min(places, classes[j] * county.parameters.target_size(band))
        price = 0 if county.small_rural(j) or county.sites[j].teaching_point else uneven
        flow.add_arc_with_capacity_and_unit_cost(node["site", j], sink, aim, -price)
        flow.add_arc_with_capacity_and_unit_cost(node["site", j], sink, places - aim, price)
    everybody = 0
    for i in points:
        pupils = county.points[i].pupils[band][period]
        flow.set_node_supply(node["point", i], pupils)
        everybody += pupils
    flow.set_node_supply(sink, -everybody)
    if flow.solve() != flow.OPTIMAL:
        return None
    taken = np.array([flow.flow(arc) for arc in arcs], dtype=int)
    return tuple(Going(way, period, int(pupils)) for way, pupils in zip(mine, taken, strict=True) if pupils > 0)
