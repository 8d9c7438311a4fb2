"""为什么划给这所学校: one Chinese sentence per block."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from junheng.planning.zoning.ground import Ground
from junheng.planning.zoning.model import ZoneRequest


def reasons(request: ZoneRequest, ground: Ground, place: Sequence[int]) -> dict[str, str]:
    """By block id. What is said of the nearest school is checked: full, not joined, or dearer for all together."""
    zones = [{unit for unit, own in enumerate(place) if own == school} for school in range(len(request.schools))]
    out = {}
    for unit, rows in enumerate(ground.units):
        for row in rows:
            out[request.blocks[row].id] = _reason(request, ground, place, zones, unit, row)
    return out


def _reason(request: ZoneRequest, ground: Ground, place: Sequence[int], zones: Sequence[set[int]], unit: int, row: int) -> str:
    own, metres = place[unit], ground.metres[row]
    nearest = int(np.argmin(metres))
    way = f"距{request.schools[own].name} {metres[own] / 1000:.1f} 公里"
    if metres[own] == metres[nearest]:
        return f"{way}，是最近的学校"
    near = request.schools[nearest]
    nearer = f"{way}；最近的是{near.name}（{metres[nearest] / 1000:.1f} 公里）"
    used = int(ground.children[list(zones[nearest])].sum())
    if used + ground.children[unit] > ground.places[nearest]:
        return f"{nearer}，其学位 {near.places} 个，已划入 {used} 人，容不下本片 {ground.children[unit]} 人"
    if not ground.is_contiguous(nearest, zones[nearest] | {unit}):
        return f"{nearer}，与其片区不相连"
    if not ground.is_contiguous(own, zones[own] - {unit}):
        return f"{nearer}，划走会使{request.schools[own].name}的片区断开"
    if len(ground.units[unit]) > 1:
        return f"{nearer}，为与同一小区的其他片一起划片"
    if request.blocks[row].last_school == request.schools[own].code:
        return f"{nearer}，为与上年一致，不变动"
    return f"{nearer}，为使全县合计路程最短"
