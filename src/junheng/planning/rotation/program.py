"""(0)–(9) of `model` as arrays for HiGHS."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import ceil, floor, inf

import numpy as np
from scipy.sparse import csr_array

from junheng.planning.geography import distances_m
from junheng.planning.highs import Model
from junheng.planning.rotation.eligible import left_out
from junheng.planning.rotation.model import RotationRequest, Teacher
from junheng.planning.rotation.worth import gained_years, worth

GAP, TIMES, NOT_WEAK, SPREAD, MISSING = 1000.0, 100.0, 20.0, 500.0, 100_000.0
"""Weights of (0), in kilometres."""
UNTOLD_TIMES = 1
"""Who did not tell how often he went stands between those who never went and those who went twice."""
_EPS = 1e-3
Parts = list[tuple[int, float]]


@dataclass(frozen=True)
class Layout:
    """Columns: moves, then the closed gaps of every year, then f, then u and v of every year. teachers: eligible in some year;
    may: their positions by year; moves: (teacher, school position, year from the first, km); gaps: (school, subject)."""

    teachers: Sequence[Teacher]
    may: Sequence[frozenset[int]]
    moves: Sequence[tuple[int, int, int, float]]
    gaps: Sequence[tuple[str, str]]
    gap_sizes: Sequence[int]

    @property
    def years(self) -> int:
        return len(self.may)

    def closed(self, year: int, gap: int) -> int:
        return len(self.moves) + year * len(self.gaps) + gap

    @property
    def most_sent(self) -> int:
        return len(self.moves) + self.years * len(self.gaps)

    def missing(self, year: int) -> int:
        return self.most_sent + 1 + year

    def missing_backbone(self, year: int) -> int:
        return self.most_sent + 1 + self.years + year

    @property
    def columns(self) -> int:
        return self.most_sent + 1 + 2 * self.years


@dataclass
class _Rows:
    lower: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    entries: list[tuple[int, int, float]] = field(default_factory=list)

    def add(self, lower: float, upper: float, parts: Sequence[tuple[int, float]]) -> None:
        self.entries += [(len(self.lower), column, value) for column, value in parts]
        self.lower.append(lower)
        self.upper.append(upper)


def layout_of(request: RotationRequest) -> Layout:
    never = [left_out(request, later) for later in range(request.years)]
    teachers = [each for each in request.teachers if any(each.number not in out for out in never)]
    may = [frozenset(t for t, each in enumerate(teachers) if each.number not in out) for out in never]
    sizes = {(each.school, each.subject): each.to_find or 0 for each in request.needs}
    gaps = [key for key, size in sizes.items() if size]
    return Layout(teachers, may, _moves(request, teachers, may), gaps, [sizes[key] for key in gaps])


def term(request: RotationRequest) -> int:
    """L, in years."""
    return request.parameters.whole("rotation_term_years")


def build(request: RotationRequest, layout: Layout) -> Model:
    rows = _Rows()
    _shares(rows, request, layout)
    _of_teachers(rows, layout, term(request))
    _of_schools(rows, request, layout)
    _spread(rows, request, layout)
    n, m, years = len(layout.moves), len(layout.gaps), layout.years
    cost = [
        TIMES * _times(layout.teachers[t]) + (0.0 if request.schools[s].is_weak else NOT_WEAK) + km
        - (worth(layout.teachers[t], gained_years(term(request), years, y), request.parameters) if request.schools[s].is_weak else 0.0)
        for t, s, y, km in layout.moves
    ]  # fmt: skip
    many = float(len(layout.teachers))
    upper = np.array([*[1.0] * n, *[*map(float, layout.gap_sizes)] * years, 1.0, *[many] * (2 * years)])
    row, column, value = zip(*rows.entries, strict=True) if rows.entries else ((), (), ())
    matrix = csr_array((np.array(value, dtype=float), (np.array(row, dtype=int), np.array(column, dtype=int))), shape=(len(rows.lower), layout.columns))
    whole = np.r_[np.ones(n, dtype=bool), np.zeros(layout.columns - n, dtype=bool)]
    costs = np.array([*cost, *[-GAP] * (m * years), SPREAD, *[MISSING] * (2 * years)])
    return Model(costs, matrix, np.array(rows.lower), np.array(rows.upper), np.zeros(layout.columns), upper, whole)


def target(request: RotationRequest, eligible: int) -> int:
    """(1), whole."""
    return ceil(request.parameters.number("rotation_share") * eligible - _EPS)


def _times(teacher: Teacher) -> int:
    return UNTOLD_TIMES if teacher.times is None else teacher.times


def _moves(request: RotationRequest, teachers: Sequence[Teacher], may: Sequence[frozenset[int]]) -> list[tuple[int, int, int, float]]:
    sites = {each.code: (each.longitude, each.latitude) for each in request.schools}
    spots = [sites[each.school] if each.longitude is None or each.latitude is None else (each.longitude, each.latitude) for each in teachers]
    if not spots:
        return []
    km = distances_m(np.array(spots, dtype=float), np.array([sites[each.code] for each in request.schools], dtype=float)) / 1000
    most = request.parameters.number("commute_km")
    return [
        (t, s, y, float(km[t, s]))
        for y, allowed in enumerate(may) for t, teacher in enumerate(teachers) if t in allowed for s, school in enumerate(request.schools)
        if school.code != teacher.school and teacher.stage in school.stages and km[t, s] <= most
    ]  # fmt: skip


def _shares(rows: _Rows, request: RotationRequest, layout: Layout) -> None:
    """(1), (2) and (8)."""
    sigma, beta, most = (request.parameters.number(name) for name in ("rotation_share", "backbone_share", "county_most_share"))
    for year, allowed in enumerate(layout.may):
        going = [(column, 1.0) for column, (_, _, y, _) in enumerate(layout.moves) if y == year]
        before = [(column, sigma) for column, (t, _, y, _) in enumerate(layout.moves) if y < year and t in allowed]
        least = target(request, len(allowed))
        rows.add(sigma * len(allowed) - _EPS if before else least, inf, [*going, *before, (layout.missing(year), 1.0)])
        backbone = [(column, float(layout.teachers[layout.moves[column][0]].is_backbone) - beta) for column, _ in going]
        rows.add(0.0, inf, [*backbone, (layout.missing_backbone(year), 1.0)])
        rows.add(-inf, max(least, floor(most * len(allowed) + _EPS)), going)


def _there(year: int, begun: int, lasts: int) -> bool:
    return begun <= year < begun + lasts


def _of_teachers(rows: _Rows, layout: Layout, lasts: int) -> None:
    """(3) and (7)."""
    own: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for column, (t, _, y, _) in enumerate(layout.moves):
        own[t].append((column, y))
    number = {teacher.number: t for t, teacher in enumerate(layout.teachers)}
    for t, columns in own.items():
        rows.add(-inf, 1.0, [(column, 1.0) for column, _ in columns])
        other = number.get(layout.teachers[t].spouse)
        if other is not None and other != t and (other > t or layout.teachers[other].spouse != layout.teachers[t].number):
            for year in range(layout.years):
                rows.add(-inf, 1.0, [(column, 1.0) for column, y in (*columns, *own.get(other, [])) if _there(year, y, lasts)])


def _of_schools(rows: _Rows, request: RotationRequest, layout: Layout) -> None:
    """(4), (5) and (6)."""
    lasts = term(request)
    needs = {(each.school, each.subject): each for each in request.needs}
    have = Counter((each.school, each.subject) for each in request.teachers)
    staff = Counter(each.school for each in request.teachers)
    most = request.parameters.number("school_most_share")
    for year in range(layout.years):
        balance: dict[tuple[str, str], Parts] = defaultdict(list)
        leaving: dict[str, Parts] = defaultdict(list)
        for column, (t, s, y, _) in enumerate(layout.moves):
            if _there(year, y, lasts):
                teacher = layout.teachers[t]
                balance[request.schools[s].code, teacher.subject].append((column, 1.0))
                balance[teacher.school, teacher.subject].append((column, -1.0))
                leaving[teacher.school].append((column, 1.0))
        for key, parts in balance.items():
            need, own = needs.get(key), have[key]
            low = high = 0
            if need is not None and need.low is not None and need.high is not None:
                least = ceil(need.low - _EPS)
                low, high = min(own, least) - own, max(0, max(least, floor(need.high + _EPS)) - own)
            rows.add(low, high, parts)
        for at, key in enumerate(layout.gaps):
            rows.add(0.0, inf, [*balance.get(key, []), (layout.closed(year, at), -1.0)])
        for school, parts in leaving.items():
            rows.add(-inf, floor(most * staff[school] + _EPS), parts)


def _spread(rows: _Rows, request: RotationRequest, layout: Layout) -> None:
    """(9)."""
    staff = Counter(each.school for each in request.teachers)
    sent: dict[str, Parts] = defaultdict(list)
    for column, (t, _, _, _) in enumerate(layout.moves):
        sent[layout.teachers[t].school].append((column, 1.0))
    for school, parts in sent.items():
        rows.add(-inf, 0.0, [*parts, (layout.most_sent, -float(staff[school]))])
