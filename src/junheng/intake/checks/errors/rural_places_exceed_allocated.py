"""DESCRIPTION
Places allocated to rural schools are some of the allocated places.

WHY
The tilt towards rural schools is read from this part.
"""

from __future__ import annotations

from collections.abc import Iterator

from junheng.intake.checks.model import Breach, Check, Reported
from junheng.intake.checks.shapes import parts_within


def rural_places_within_allocated(reported: Reported) -> Iterator[Breach]:
    return parts_within(reported, "county", ("senior_high_allocated_rural",), "senior_high_allocated")


CHECK = Check(
    id="E-rural-places-exceed-allocated",
    title="向农村学校分配的优质高中指标不多于分配指标总数",
    why="农村学校分得的指标是分配指标的一部分。",
    fields=("county.senior_high_allocated_rural", "county.senior_high_allocated"),
    run=rural_places_within_allocated,
)
