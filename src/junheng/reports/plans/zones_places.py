"""划片方案的地图: which block goes to which school."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from junheng.planning.zoning.model import ZonePlan
from junheng.reports.plans.geojson import Spot, write_geojson

PLACES = "划片方案.geojson"


def write_zone_places(folder: Path, plan: ZonePlan) -> Path:
    """Write the file into a folder that exists; its path. Coordinates are in the system of the tables."""
    path = folder / PLACES
    ways = ({"from": each.id, "to": plan.school_of[each.id], "pupils": each.children} for each in plan.request.blocks)
    write_geojson(path, "zones", _spots(plan), ways, {})
    return path


def _spots(plan: ZonePlan) -> Iterator[Spot]:
    names = {each.code: each.name for each in plan.request.schools}
    for school in plan.request.schools:
        own = [each for each in plan.request.blocks if plan.school_of[each.id] == school.code]
        yield Spot("school", school.code, school.name, school.longitude, school.latitude,
                   {"places": school.places, "pupils": sum(each.children for each in own), "over": plan.excess.get(school.code, 0)})  # fmt: skip
    for block in plan.request.blocks:
        code = plan.school_of[block.id]
        yield Spot("place", block.id, block.name, block.longitude, block.latitude,
                   {"pupils": block.children, "school": code, "school_name": names[code],
                    "last_school": block.last_school, "last_school_name": names.get(block.last_school, block.last_school)})  # fmt: skip
