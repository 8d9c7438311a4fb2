"""(0)–(8) of `model` as arrays for HiGHS."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import ceil, floor, inf

import numpy as np
from scipy.sparse import csr_array

from junheng.planning.geography import distances_m
from junheng.planning.highs import Model
from junheng.planning.rotation.model import RotationRequest, Teacher

GAP, TIMES, NOT_WEAK, MISSING = 1000.0, 100.0, 20.0, 100_000.0
"""Weights of (0), in kilometres."""
UNTOLD_TIMES = 1
"""Who did not tell how often he went stands between those who never went and those who went twice."""
_EPS = 1e-3


@dataclass(frozen=True)
class Layout:
    """moves: (teacher position among the eligible, school position, km) by column; gaps: (school, subject) by column after
    them; then u and v. target: (1)."""

    teachers: Sequence[Teacher]
    moves: Sequence[tuple[int, int, float]]
    gaps: Sequence[tuple[str, str]]
    gap_sizes: Sequence[int]
    target: int


@dataclass
class _Rows:
    lower: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    entries: list[tuple[int, int, float]] = field(default_factory=list)

    def add(self, lower: float, upper: float, parts: Sequence[tuple[int, float]]) -> None:
        self.entries += [(len(self.lower), column, value) for column, value in parts]
        self.lower.append(lower)
        self.upper.append(upper)


def build(request: RotationRequest, eligible: Sequence[Teacher]) -> tuple[Model, Layout]:
    """eligible: those who may go."""
    parameters = request.parameters
    target = ceil(parameters.number("rotation_share") * len(eligible) - _EPS)
    moves = _moves(request, eligible)
    sizes = {(each.school, each.subject): each.to_find or 0 for each in request.needs}
    gaps = [key for key, size in sizes.items() if size]
    layout = Layout(eligible, moves, gaps, [sizes[key] for key in gaps], target)
    n, m = len(moves), len(gaps)
    u, v = n + m, n + m + 1
    rows = _Rows()
    every = [(column, 1.0) for column in range(n)]
    rows.add(target, inf, [*every, (u, 1.0)])
    beta = parameters.number("backbone_share")
    rows.add(0.0, inf, [(column, float(eligible[t].is_backbone) - beta) for column, (t, _, _) in enumerate(moves)] + [(v, 1.0)])
    rows.add(-inf, max(target, floor(parameters.number("county_most_share") * len(eligible) + _EPS)), every)
    _of_teachers(rows, layout)
    _of_schools(rows, request, layout)
    cost = [TIMES * _times(eligible[t]) + (0.0 if request.schools[s].is_weak else NOT_WEAK) + km for t, s, km in moves]
    upper = np.array([*[1.0] * n, *map(float, layout.gap_sizes), float(target), float(len(eligible))])
    row, column, value = zip(*rows.entries, strict=True) if rows.entries else ((), (), ())
    matrix = csr_array((np.array(value, dtype=float), (np.array(row, dtype=int), np.array(column, dtype=int))), shape=(len(rows.lower), n + m + 2))
    whole = np.r_[np.ones(n, dtype=bool), np.zeros(m + 2, dtype=bool)]
    return Model(np.array([*cost, *[-GAP] * m, MISSING, MISSING]), matrix, np.array(rows.lower), np.array(rows.upper), np.zeros(n + m + 2), upper, whole), layout


def _times(teacher: Teacher) -> int:
    return UNTOLD_TIMES if teacher.times is None else teacher.times


def _moves(request: RotationRequest, eligible: Sequence[Teacher]) -> list[tuple[int, int, float]]:
    sites = {each.code: (each.longitude, each.latitude) for each in request.schools}
    spots = [sites[each.school] if each.longitude is None or each.latitude is None else (each.longitude, each.latitude) for each in eligible]
    if not spots:
        return []
    km = distances_m(np.array(spots, dtype=float), np.array([sites[each.code] for each in request.schools], dtype=float)) / 1000
    most = request.parameters.number("commute_km")
    return [
        (t, s, float(km[t, s]))
        for t, teacher in enumerate(eligible) for s, school in enumerate(request.schools)
        if school.code != teacher.school and teacher.stage in school.stages and km[t, s] <= most
    ]  # fmt: skip


def _of_teachers(rows: _Rows, layout: Layout) -> None:
    """(3) and (7)."""
    own: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for column, (t, _, _) in enumerate(layout.moves):
        own[t].append((column, 1.0))
    number = {teacher.number: t for t, teacher in enumerate(layout.teachers)}
    for t, parts in own.items():
        rows.add(-inf, 1.0, parts)
        other = number.get(layout.teachers[t].spouse)
        if other is not None and other != t and (other > t or layout.teachers[other].spouse != layout.teachers[t].number):
            rows.add(-inf, 1.0, [*parts, *own.get(other, [])])


def _of_schools(rows: _Rows, request: RotationRequest, layout: Layout) -> None:
    """(4), (5) and (6)."""
    balance: dict[tuple[str, str], list[tuple[int, float]]] = defaultdict(list)
    leaving: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for column, (t, s, _) in enumerate(layout.moves):
        teacher = layout.teachers[t]
        balance[request.schools[s].code, teacher.subject].append((column, 1.0))
        balance[teacher.school, teacher.subject].append((column, -1.0))
        leaving[teacher.school].append((column, 1.0))
    needs = {(each.school, each.subject): each for each in request.needs}
    have = Counter((each.school, each.subject) for each in request.teachers)
    for key, parts in balance.items():
        need, own = needs.get(key), have[key]
        low = high = 0
        if need is not None and need.low is not None and need.high is not None:
            least = ceil(need.low - _EPS)
            low, high = min(own, least) - own, max(0, max(least, floor(need.high + _EPS)) - own)
        rows.add(low, high, parts)
    for at, key in enumerate(layout.gaps):
        rows.add(0.0, inf, [*balance.get(key, []), (len(layout.moves) + at, -1.0)])
    staff = Counter(each.school for each in request.teachers)
    most = request.parameters.number("school_most_share")
    for school, parts in leaving.items():
        rows.add(-inf, floor(most * staff[school] + _EPS), parts)
