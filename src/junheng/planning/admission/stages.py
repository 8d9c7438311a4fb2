"""The two public stages of admission: by zone, then what is left; tables of children in, placements out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from junheng.common.errors import UserError
from junheng.planning.admission.model import Child, Placement, Refusal, Rules, School, Waiting, Way
from junheng.planning.admission.overflow import allocate, chosen_in_order, sibling_groups
from junheng.planning.admission.priorities import Order
from junheng.planning.admission.zoned import Unit, admit_by_zone
from junheng.planning.geography import Coordinates, distances_m

_SHOWN = 10


@dataclass(frozen=True)
class ZoneStage:
    """placements: of those admitted by zone; refusals: by 报名号; waiting: of schools that more asked than they admit."""

    placements: Mapping[str, Placement]
    refusals: Mapping[str, Sequence[Refusal]]
    waiting: Sequence[Waiting]


def zone_stage(schools: Sequence[School], children: Sequence[Child], order: Sequence[Order], rules: Rules) -> ZoneStage:
    """schools: public ones. Raises UserError for a zone school that is not among them."""
    index = {each.code: at for at, each in enumerate(schools)}
    units = _units(children, order, rules, index)
    zoned = admit_by_zone(units, {at: each.places for at, each in enumerate(schools)})
    placements: dict[str, Placement] = {}
    refusals: dict[str, list[Refusal]] = defaultdict(list)
    waiting: list[Waiting] = []
    for at, asked in zoned.asked.items():
        school, rank, refused = schools[at].code, 0, 0
        of = sum(len(units[u].members) for u in asked)
        for u in asked:
            wish = zoned.place[u]
            here = wish is not None and units[u].wishes[wish] == at
            for row in units[u].members:
                rank, number = rank + 1, children[row].number
                if here:
                    placements[number] = Placement(number, school, Way.ZONED, rank, of)
                else:
                    refused += 1
                    refusals[number].append(Refusal(school, rank, of))
                    waiting.append(Waiting(school, refused, number))
    return ZoneStage(placements, refusals, waiting)


def _units(children: Sequence[Child], order: Sequence[Order], rules: Rules, index: Mapping[str, int]) -> list[Unit]:
    """Children, and siblings of the same wishes as one unit with the right of the one who has least."""
    members: dict[object, list[int]] = defaultdict(list)
    wishes = [_wishes(child, rules, index) for child in children]
    for row, child in enumerate(children):
        members[(child.siblings, wishes[row]) if child.siblings and rules.siblings_together else row].append(row)
    out = []
    for rows in members.values():
        zone = {index[code] for code in children[rows[0]].zone_schools}
        elders = {index.get(children[row].elder_school, -1) for row in rows} if rules.elder_first else set()
        number, *rest = max([order[row] for row in rows])
        keys = tuple((school not in zone, number, school not in elders, *rest) for school in wishes[rows[0]])
        out.append(Unit(tuple(rows), wishes[rows[0]], keys))
    return out


def _wishes(child: Child, rules: Rules, index: Mapping[str, int]) -> tuple[int, ...]:
    if unknown := [code for code in child.zone_schools if code not in index]:
        raise UserError(f"划片学校“{unknown[0]}”不是招生学校表里的公办学校", where=f"报名号 {child.number}", remedy="请核对学校编号和“是否民办”")
    zone = tuple(dict.fromkeys(index[code] for code in child.zone_schools))
    elder = index.get(child.elder_school)
    return (elder, *zone) if rules.elder_first and elder is not None and elder not in zone else zone


@dataclass(frozen=True)
class RestStage:
    """total_m, bound_m: of the distances of those allocated. notes: Chinese."""

    placements: Mapping[str, Placement]
    total_m: int
    bound_m: int
    notes: tuple[str, ...]


def rest_stage(schools: Sequence[School], free: Sequence[int], children: Sequence[Child], order: Sequence[Order], rules: Rules) -> RestStage:
    """Everybody the zones left over. schools: public ones; free: their places left. Raises UserError for a missing position."""
    if not children:
        return RestStage({}, 0, 0, ())
    groups = [list(group) for group in sibling_groups([each.siblings for each in children])] if rules.siblings_together else []
    grouped = {row for group in groups for row in group}
    units = sorted([*groups, *([row] for row in range(len(children)) if row not in grouped)], key=lambda rows: max(order[row] for row in rows))
    chosen = sorted(row for unit in chosen_in_order([len(unit) for unit in units], sum(free)) for row in units[unit])
    row_of = {row: at for at, row in enumerate(chosen)}
    missed = [child for row, child in enumerate(children) if row not in row_of]
    placements = {each.number: Placement(each.number, "", Way.NONE) for each in missed}
    notes = [f"公办学位不够：统筹阶段有 {len(children)} 名儿童，只剩 {sum(free)} 个学位，{len(missed)} 名儿童待安排（按录取次序排在最后的）。"] if missed else []
    if not chosen:
        return RestStage(placements, 0, 0, tuple(notes))
    going = [children[row] for row in chosen]
    distances = distances_m(_homes(going, schools), _sites(schools, free))
    found = allocate(distances, np.array(free, dtype=np.int64), [tuple(row_of[row] for row in group) for group in groups if group[0] in row_of])
    own = distances[np.arange(len(going)), found.place]
    is_open = np.array(free) > np.bincount(found.place, minlength=len(free))
    nearer = distances < own[:, None]
    passed = zip((nearer & ~is_open).sum(axis=1).tolist(), (nearer & is_open).sum(axis=1).tolist(), strict=True)
    for child, place, metres, (full, left) in zip(going, found.place.tolist(), own.tolist(), passed, strict=True):
        placements[child.number] = Placement(child.number, schools[place].code, Way.ALLOCATED, None, None, metres, full, left)
    if found.apart:
        split = "；".join("、".join(going[row].number for row in group) for group in found.apart[:_SHOWN])
        notes.append(f"有 {len(found.apart)} 组同胞没有学校能同时容纳，未能同校：{split}。")
    return RestStage(placements, found.total_m, found.bound_m, tuple(notes))


def _homes(children: Sequence[Child], schools: Sequence[School]) -> Coordinates:
    """Where the children live; where that is not told, the school of their zone stands for it."""
    sites = {each.code: (each.longitude, each.latitude) for each in schools}
    out, unknown = [], []
    for child in children:
        spot = (child.longitude, child.latitude)
        if None in spot and child.zone_schools:
            spot = sites[child.zone_schools[0]]
        if None in spot:
            unknown.append(child.number)
        out.append(spot)
    if unknown:
        raise UserError(f"有 {len(unknown)} 名须统筹安排的儿童没有住址坐标", why=f"报名号 {'、'.join(unknown[:_SHOWN])}", remedy="请补填经度、纬度，或填划片学校")
    return np.array(out, dtype=np.float64)


def _sites(schools: Sequence[School], free: Sequence[int]) -> Coordinates:
    unknown = [each.name for each, places in zip(schools, free, strict=True) if places and None in (each.longitude, each.latitude)]
    if unknown:
        raise UserError("有空余学位的学校没有坐标", where="招生学校表", why="、".join(unknown[:_SHOWN]), remedy="请补填经度、纬度")
    return np.array([(each.longitude or 0.0, each.latitude or 0.0) for each in schools], dtype=np.float64)
