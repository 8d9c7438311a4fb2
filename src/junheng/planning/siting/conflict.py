"""为什么没有方案: which constraints fight, and the least that must give.

First every family of constraints (`Relaxation`) is let give alone: each that makes the problem solvable is one way out, with its
least amounts. Where none does alone, all give together and what they gave is the joint least. Amounts are compared at
`relaxing.PENALTY`, which is no cost of anything.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from junheng.common.errors import UserError
from junheng.planning import clock
from junheng.planning.highs import minimise
from junheng.planning.siting.bands import Band, Mode
from junheng.planning.siting.county import County, PinKind
from junheng.planning.siting.program import Program, duty_since
from junheng.planning.siting.relaxing import Relaxation
from junheng.planning.siting.ways import Way, lawful_modes, ways_of
from junheng.planning.siting.writing import Floats

_NEAREST = 4


@dataclass(frozen=True)
class WayOut:
    """What gives, and by how much, in Chinese sentences. exact: proven to be the least."""

    gives: tuple[Relaxation, ...]
    lines: tuple[str, ...]
    exact: bool


class NoLawfulPlan(UserError):
    """There is no plan. ways_out: each mends it by itself; lines: the same in words."""

    def __init__(self, ways_out: tuple[WayOut, ...]) -> None:
        self.ways_out = ways_out
        names = "、".join(dict.fromkeys(each.label for out in ways_out for each in out.gives))
        self.lines = tuple(f"放宽{'、'.join(each.label for each in out.gives)}：{'；'.join(out.lines)}" for out in ways_out)
        lines = [f"（{number}）{line}" for number, line in enumerate(self.lines, 1)]
        together = "以下任选一条即可" if len(ways_out) > 1 else "最少要这样放宽"
        super().__init__("没有任何方案能同时满足全部约束", why=f"互相冲突的约束：{names}" if names else "时间内没有查明是哪些约束冲突",
                         remedy=f"{together}：{' '.join(lines)}" if lines else "请延长求解时间")  # fmt: skip


def explain(county: County, *, seconds: float = 60.0) -> NoLawfulPlan:
    """Why there is no plan, and the least ways out."""
    until = clock.now() + seconds
    alone = tuple(ways_out(county, seconds=seconds * 0.8))
    joint = None if alone else _way_out(county, (*ways_of(county), *_longer_ways(county)), frozenset(Relaxation), max(1.0, until - clock.now()))
    return NoLawfulPlan(alone or ((joint,) if joint else ()))


def ways_out(county: County, *, seconds: float, without: Relaxation | None = None, still: int | None = None) -> Iterator[WayOut]:
    """What mends it by giving alone, one family after the other. without: a family that must not give; still: a site whose
    rooms and beds must not."""
    until = clock.now() + seconds
    lawful = ways_of(county)
    for kind in _worth_trying(county):
        ways = (*lawful, *_longer_ways(county)) if kind is Relaxation.WAY else lawful
        out = None if kind is without else _way_out(county, ways, frozenset({kind}), max(1.0, (until - clock.now()) / 4), still)
        if out is not None:
            yield out


def _worth_trying(county: County) -> Iterator[Relaxation]:
    kinds = {pin.kind for pin in county.pins}
    yield Relaxation.WAY
    yield Relaxation.ROOMS
    if any(site.beds_most for site in county.sites):
        yield Relaxation.BEDS
    if county.budgets is not None and any(each is not None for each in county.budgets):
        yield Relaxation.BUDGET
    for pin, kind in ((PinKind.MUST_KEEP, Relaxation.KEEP), (PinKind.MUST_OPEN, Relaxation.OPEN), (PinKind.MUST_NOT_MOVE, Relaxation.STAY),
                      (PinKind.MUST_CLOSE, Relaxation.CLOSE)):  # fmt: skip
        if pin in kinds:
            yield kind
    if any(duty_since(county, j) is not None for j in range(len(county.sites))):
        yield Relaxation.DUTY


def _longer_ways(county: County) -> Iterator[Way]:
    """To the few nearest schools that are no lawful way, as if the limit of the mildest mode were longer."""
    for i, point in enumerate(county.points):
        for band in Band:
            if not any(point.pupils.get(band, ())):
                continue
            near = [j for j in np.argsort(county.km[i], kind="stable").tolist()
                    if band in county.sites[j].may and np.isfinite(county.km[i, j]) and not lawful_modes(county, i, band, j)]  # fmt: skip
            present = [j for j in near if county.sites[j].code == point.school.get(band)]
            for j in dict.fromkeys([*near[:_NEAREST], *present]):
                mode = Mode.BUS if point.bus else Mode.WALK
                km = float(county.km[i, j])
                yield Way(i, band, j, mode, km, round(km - county.parameters.limit_km(mode, band, point.urban), 2))


def _way_out(county: County, ways: tuple[Way, ...], relaxed: frozenset[Relaxation], seconds: float, still: int | None = None) -> WayOut | None:
    program = Program(county, ways, relaxed)
    most = program.model.most.copy()
    for kind in relaxed & {Relaxation.ROOMS, Relaxation.BEDS} if still is not None else ():
        most[program.layout.given[kind][still]] = 0.0
    answer = minimise(replace(program.model, most=most), seconds=seconds, gap=1e-3)
    if answer.values is None:
        return None
    lines, gives = [], []
    for kind in Relaxation:
        said = list(_said(program, kind, answer.values))
        if said:
            gives.append(kind)
            lines += said
    return WayOut(tuple(gives), tuple(lines), answer.objective - answer.bound <= 1e-2 * max(1.0, abs(answer.objective))) if gives else None


def _said(program: Program, kind: Relaxation, values: Floats) -> Iterator[str]:
    """What a family gave in this answer."""
    if kind not in program.relaxed:
        return
    county, years = program.county, program.county.school_years
    given = values[program.layout.given[kind]] if kind in program.layout.given else np.zeros(0)
    match kind:
        case Relaxation.WAY:
            yield from _longer_said(program, values, given)
        case Relaxation.ROOMS:
            for j, most in _most(given):
                yield f"{county.sites[j].name}比上限 {county.sites[j].rooms_most} 个班多开 {int(np.ceil(most - 1e-6))} 个班"
        case Relaxation.BEDS:
            for j, most in _most(given):
                yield f"{county.sites[j].name}比上限 {county.sites[j].beds_most} 张床位多设 {int(np.ceil(most - 1e-6))} 张"
        case Relaxation.BUDGET:
            for u in np.flatnonzero(given > 1e-6).tolist():
                yield f"{years[u]} 年起的一期增加建设资金 {np.ceil(given[u] * 100 - 1e-6) / 100:,.2f} 万元"
        case Relaxation.STAY:
            moved: dict[tuple[int, Band], float] = {}
            for way, at in zip(program.stay_ways, given.tolist(), strict=True):
                moved[way.point, way.band] = max(moved.get((way.point, way.band), 0.0), at)
            for (i, band), pupils in moved.items():
                if pupils > 1e-6:
                    yield f"允许{county.points[i].name}的{band.label}至多 {int(np.ceil(pupils - 1e-6))} 人转到别的学校"
        case _:
            columns = program.shut if kind is Relaxation.CLOSE else program.wanted[kind]
            broken = [column for column, slack in zip(columns, given.tolist(), strict=True) if slack > 0.5]
            for name in dict.fromkeys(program.column_site(column).name for column in broken):
                yield {"keep": f"不再要求保留{name}", "close": f"不再要求（按期）停办{name}", "open": f"不再要求（按期）开办{name}", "duty": f"{name}推迟或不按配建义务开办"}[kind]


def _most(given: Floats) -> Iterator[tuple[int, float]]:
    """(site, most in any period) where anything was given."""
    for j, most in enumerate(given.max(axis=1).tolist()):
        if most > 1e-6:
            yield j, most


def _longer_said(program: Program, values: Floats, nobody: Floats) -> Iterator[str]:
    county = program.county
    longest: dict[tuple[int, Band], tuple[float, int, float]] = {}
    going = values[program.layout.going]
    for at in np.flatnonzero(going > 1e-6).tolist():
        way = program.ways[program.layout.way_of[at]]
        if way.over_km > 0:
            old = longest.get((way.point, way.band), (0.0, -1, 0.0))
            longest[way.point, way.band] = max(old, (way.km, way.site, max(old[2], going[at])))
    for (i, band), (km, site, pupils) in longest.items():
        limit = max(county.parameters.limit_km(mode, band, county.points[i].urban) for mode in ((Mode.WALK, Mode.BUS) if county.points[i].bus else (Mode.WALK,)))
        yield f"{county.points[i].name}的{band.label}{int(np.ceil(pupils - 1e-6))} 人到{county.sites[site].name}路程 {km:g} 公里，超过上限 {limit:g} 公里"
    for group in np.flatnonzero(nobody.max(axis=1) > 1e-6).tolist():
        i, band = program.groups[group]
        yield f"{county.points[i].name}的{band.label}{int(np.ceil(nobody[group].max() - 1e-6))} 人没有路可以到达任何设有该学段的学校"
