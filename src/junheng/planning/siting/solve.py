"""求布局方案: HiGHS from a start that keeps what stands, then whole pupils, then the re-check; or why there is none."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np

from junheng.common.errors import UserError
from junheng.planning.highs import Answer, Model, minimise
from junheng.planning.siting.assign import assign
from junheng.planning.siting.bands import Band
from junheng.planning.siting.checking import require_holds
from junheng.planning.siting.conflict import explain
from junheng.planning.siting.county import County
from junheng.planning.siting.plan import Going, Plan, State
from junheng.planning.siting.prices import MONEY, site_costs
from junheng.planning.siting.program import Program
from junheng.planning.siting.ways import ways_of
from junheng.planning.siting.writing import Floats, Ints

NEAREST = 10
"""Schools per point and band that a large county's program considers."""
_LARGE = 60_000
"""Ways × periods from which on a county counts as large."""


def solve(county: County, *, seconds: float = 120.0, gap: float = 1e-3, notify: Callable[[str], None] = lambda _: None) -> Plan:
    """The best plan found within the time, checked. Raises NoLawfulPlan, with the
    least ways out, when it is proven that there is none."""
    began = time.monotonic()
    ways = ways_of(county)
    pruned = len(ways) * len(county.years) > _LARGE
    program = Program(county, ways_of(county, NEAREST) if pruned else ways)
    notify("已列出各点的合法上学方式")
    start = _start(program, seconds / 4)
    notify("已有保留现状的方案" if start is not None else "保留现状不够，正在求新的方案")
    answer = minimise(program.model, seconds=seconds - (time.monotonic() - began), gap=gap, start=start)
    if answer.infeasible and pruned:
        program, pruned = Program(county, ways), False
        answer = minimise(program.model, seconds=seconds, gap=gap)
    if answer.infeasible or answer.values is None:
        raise explain(county, seconds=seconds) if answer.infeasible else UserError(
            "时间内没有找到方案，也没有证明不存在", why=f"求解 {seconds:g} 秒", remedy="请延长求解时间（--seconds），或减少规划期数"
        )
    plan = plan_of(program, answer, time.monotonic() - began, pruned)
    require_holds(plan)
    return plan


def _start(program: Program, seconds: float) -> Floats | None:
    """A plan that closes nothing, and opens only what it must; failing that, one that closes nothing."""
    county, layout = program.county, program.layout
    stood = np.array([site.existing for site in county.sites], dtype=bool)
    taught = np.array([each.now for each in program.sections], dtype=bool)
    pinned = np.array(sorted({column for columns in program.wanted.values() for column in columns}), dtype=np.intp)
    for new in (0.0, 1.0):
        least, most = program.model.least.copy(), program.model.most.copy()
        least[layout.opened[stood]] = 1.0
        least[layout.taught[taught]] = 1.0
        most[layout.opened[~stood]] = new
        most[pinned] = 1.0
        answer = minimise(replace(program.model, least=least, most=most), seconds=seconds / 2, gap=0.02)
        if answer.values is not None:
            return answer.values
    return None


def plan_of(program: Program, answer: Answer, seconds: float, pruned: bool = False) -> Plan:
    """The solver's answer in whole numbers."""
    assert answer.values is not None
    states = states_of(program, answer.values)
    going = everybody(program, states, answer.values)
    return Plan(program.county, states, going, answer.bound * MONEY, seconds, pruned)


def states_of(program: Program, values: Floats) -> tuple[tuple[State, ...], ...]:
    """What stands where. Rooms and beds are built when they are needed, not before, wherever that period's money reaches."""
    county, layout = program.county, program.layout

    def whole(at: Ints) -> Ints:
        return np.rint(values[at]).astype(np.intp)

    opened, taught, classes, rooms, beds, sleeping = (
        whole(at) for at in (layout.opened, layout.taught, layout.classes, layout.rooms, layout.beds, layout.sleeping)
    )
    site_of = np.array([each.site for each in program.sections], dtype=np.intp)
    used_rooms, used_beds = np.zeros_like(rooms), np.zeros_like(beds)
    np.add.at(used_rooms, site_of, classes)
    np.add.at(used_beds, site_of, sleeping)
    stood = np.array([[site.rooms, site.beds] for site in county.sites], dtype=np.intp).reshape(-1, 2)
    added = np.stack([rooms, beds], axis=2)
    late = np.stack([_when_needed(used_rooms, stood[:, 0]), _when_needed(used_beds, stood[:, 1])], axis=2)
    prices = np.array([[float(each.room), float(each.bed)] for each in (site_costs(county, j) for j in range(len(county.sites)))])
    opening = _opening_yuan(county, opened)
    limits = np.array([np.inf if (each := county.budget(u)) is None else float(each) for u in range(program.periods)])
    for j in range(len(county.sites)):
        trial = added.copy()
        trial[j] = late[j]
        if ((trial * prices[:, None, :]).sum(axis=(0, 2)) + opening <= limits).all():
            added = trial
    standing = stood[:, None, :] + added.cumsum(axis=1)
    return tuple(
        tuple(
            State(
                bool(opened[j, u]), {band: int(classes[at, u]) for band in Band if (at := program.section_at.get((j, band), -1)) >= 0 and taught[at, u]},
                *standing[j, u].tolist(), *added[j, u].tolist(),
            ) for u in range(program.periods)
        ) for j in range(len(county.sites))
    )  # fmt: skip


def _when_needed(used: Ints, stood: Ints) -> Ints:
    """site × period: what must be added for the first time."""
    most = np.maximum.accumulate(np.maximum(used, stood[:, None]), axis=1)
    return np.diff(most, axis=1, prepend=stood[:, None])


def _opening_yuan(county: County, opened: Ints) -> Floats:
    before = np.concatenate([np.array([[site.existing] for site in county.sites], dtype=np.intp), opened[:, :-1]], axis=1)
    once = np.array([float(site_costs(county, j).opening) for j in range(len(county.sites))])
    return np.asarray(once @ np.maximum(opened - before, 0), dtype=float)


def everybody(program: Program, states: tuple[tuple[State, ...], ...], values: Floats) -> tuple[Going, ...]:
    """Whole pupils for all bands and periods; beds are shared between bands as the program shares them."""
    going: list[Going] = []
    for u in range(program.periods):
        for band in Band:
            classes = {j: each[u].classes[band] for j, each in enumerate(states) if band in each[u].classes}
            beds = {j: int(np.rint(values[program.layout.sleeping[program.section_at[j, band], u]])) for j in classes}
            found = assign(program.county, program.ways, band, u, classes, beds)
            assert found is not None
            going += found
    return tuple(going)


def fixed(model: Model, values: Mapping[int, float]) -> Model:
    """The program with some columns fixed."""
    least, most = model.least.copy(), model.most.copy()
    at = np.array(list(values), dtype=np.intp)
    least[at] = most[at] = np.array(list(values.values()))
    return replace(model, least=least, most=most)
