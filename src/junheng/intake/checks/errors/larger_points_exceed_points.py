"""DESCRIPTION
Teaching points with 50 pupils and more are some of the teaching points.

WHY
Fifty pupils decide whether a teaching point is measured.
"""

from __future__ import annotations

from collections.abc import Iterator

from junheng.intake.checks.model import Breach, Check, Reported
from junheng.intake.checks.shapes import parts_within


def larger_points_within_points(reported: Reported) -> Iterator[Breach]:
    return parts_within(reported, "county", ("teaching_points_from_50",), "teaching_points")


CHECK = Check(
    id="E-larger-points-exceed-points",
    title="50人及以上教学点不多于教学点总数",
    why="是否满 50 人决定教学点是否纳入资源配置测算。",
    fields=("county.teaching_points_from_50", "county.teaching_points"),
    run=larger_points_within_points,
)
