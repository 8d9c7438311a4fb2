"""From the program's columns to a plan in whole pupils, and back."""

from __future__ import annotations

import numpy as np

from junheng.planning.siting.assign import assign
from junheng.planning.siting.bands import Band, Mode
from junheng.planning.siting.county import County
from junheng.planning.siting.plan import Going, Plan, State
from junheng.planning.siting.prices import MONEY, site_costs
from junheng.planning.siting.program import Program
from junheng.planning.siting.writing import Floats, Ints


def plan_of(program: Program, values: Floats, bound: float, seconds: float) -> Plan:
    """A feasible answer of the program in whole numbers. bound: in the program's money."""
    states = states_of(program, values)
    return Plan(program.county, states, everybody(program, states, values), bound * MONEY, seconds)


def values_of(program: Program, plan: Plan) -> Floats | None:
    """The columns of a plan of the same points, sites and periods; None where it uses a way that the program has not.

    Nothing says that they are feasible: the program may hold other pins or budgets than the plan was made for.
    """
    layout, sections = program.layout, program.sections
    out = np.zeros(len(program.model.cost))
    for j, states in enumerate(plan.states):
        for u, state in enumerate(states):
            out[[layout.opened[j, u], layout.rooms[j, u], layout.beds[j, u]]] = state.open, state.more_rooms, state.more_beds
    for at, section in enumerate(sections):
        for u, state in enumerate(plan.states[section.site]):
            classes = state.classes.get(section.band)
            out[layout.taught[at, u]], out[layout.classes[at, u]] = classes is not None, classes or 0
    columns = {(program.ways[way], u): column for way, u, column in zip(layout.way_of.tolist(), layout.period_of.tolist(), layout.going.tolist(), strict=True)}
    for each in plan.going:
        column = columns.get((each.way, each.period))
        if column is None:
            return None
        out[column] += each.pupils
        if each.way.mode is Mode.BOARD:
            out[layout.sleeping[program.section_at[each.way.site, each.way.band], each.period]] += each.pupils
    for at, section in enumerate(sections):
        if not plan.county.small_rural(section.site) and not plan.county.sites[section.site].teaching_point:
            aim = plan.county.parameters.target_size(section.band)
            for u in range(program.periods):
                out[layout.uneven[at, u]] = abs(plan.loads.get((section.site, section.band, u), 0) - aim * out[layout.classes[at, u]])
    return out


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
    prices, opening, limits = _building_yuan(county), _opening_yuan(county, opened), _limits(county)
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


def built_early(program: Program, values: Floats) -> Floats:
    """The same answer with rooms and beds built in the first period wherever its money reaches; it costs the same. HiGHS takes
    early building to be the better of the two when it presolves, and misjudges a start that builds late (`highs.minimise`)."""
    county, layout, out = program.county, program.layout, values.copy()
    added = np.stack([values[layout.rooms], values[layout.beds]], axis=2)
    prices, limits = _building_yuan(county), _limits(county)
    opening = _opening_yuan(county, np.rint(values[layout.opened]).astype(np.intp))
    for j in range(len(county.sites)):
        trial = added.copy()
        trial[j] = 0.0
        trial[j, 0] = added[j].sum(axis=0)
        if ((trial * prices[:, None, :]).sum(axis=(0, 2)) + opening <= limits).all():
            added = trial
    out[layout.rooms], out[layout.beds] = added[:, :, 0], added[:, :, 1]
    return out


def _building_yuan(county: County) -> Floats:
    """site × (room, bed)."""
    return np.array([[float(each.room), float(each.bed)] for each in (site_costs(county, j) for j in range(len(county.sites)))])


def _limits(county: County) -> Floats:
    return np.array([np.inf if (each := county.budget(u)) is None else float(each) for u in range(len(county.years))])


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
