"""先办的事: what must be done whatever else is chosen — pupils over a ceiling sent elsewhere, classes over size split, special rooms.

These follow from the policy and the facts by themselves, so nothing is optimised about them; they come before the program because
they change pupils and rooms. They are simple on purpose:

* A school over its size (or over a ceiling officials set) gives the excess to schools of the same stage that have seats, the most
  seats first: seats are classes × class size − pupils, and no receiving school goes over its own size.
* A class over size is split into as many classes as its band needs at most; a class over the last band counts as two sizes at most.
  A new class takes a spare classroom where the school reports more classrooms than classes, else one is built (which adds to L4).
* Music and art rooms are added until there is one for every so many classes, the new classes included.

Exact for the judge's purpose: bands and counts are changed as reported, and the criteria are judged again with the plan.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

import numpy as np

from junheng.common.stages import COMPULSORY_STAGES, Stage
from junheng.engine.measure import measure
from junheng.intake.model import Facts, Row
from junheng.judging.compare import FAIL
from junheng.judging.counties import Located
from junheng.judging.criteria import judge_criterion
from junheng.judging.demands import DemandColumn
from junheng.judging.limits import limit_of
from junheng.planning.improvement.actions import Action
from junheng.planning.improvement.unit_costs import UnitCost
from junheng.policy.in_force import PolicyInForce
from junheng.tables.school import ART_ROOM_BANDS, CLASS_SIZE_BANDS, MUSIC_ROOM_BANDS

CLASSROOM_M2 = {Stage.PRIMARY: Decimal("61.2"), Stage.JUNIOR: Decimal("69.5")}
"""㎡ of one classroom: GB 50099-2011 表 7.1.1, 1.36 × 45 and 1.39 × 50."""
CRITERIA = ("school_size", "class_size", "music_art_rooms")
_ROOMS = {"music_rooms": MUSIC_ROOM_BANDS[0][0], "art_rooms": ART_ROOM_BANDS[0][0]}
Delta = tuple[int, str, Decimal]
"""(position of the school in the facts, column, what is added)"""
Ceilings = Mapping[tuple[int, str], int]
"""(position of the school, stage or "" for the school) → pupils it may have at most."""


@dataclass(frozen=True)
class Prepared:
    """actions: for the list and the bill; deltas: what they do to the facts; notes: Chinese lines, what could not be done."""

    actions: tuple[Action, ...] = ()
    deltas: tuple[Delta, ...] = ()
    notes: tuple[str, ...] = ()

    def applied(self, facts: Facts) -> Facts:
        """The facts with the deltas; columns that were not reported stay so."""
        rows = [dict(row) for row in facts.school]
        for school, column, amount in self.deltas:
            before = rows[school][column]
            if isinstance(before, int | float):
                after = Decimal(repr(before)) + amount
                rows[school][column] = int(after) if isinstance(before, int) and after == int(after) else float(after)
        return Facts(facts.school_year, rows, facts.county, facts.judgement)


def prepare(facts: Facts, policy: PolicyInForce, costs: Mapping[str, UnitCost], ceilings: Ceilings) -> Prepared:
    """What must be done first. Measures without a price are not offered, and said to be missing."""
    done = Prepared()
    for step in (_divert, _split, _rooms):
        more = step(done.applied(facts), policy, costs, ceilings)
        done = Prepared(done.actions + more.actions, done.deltas + more.deltas, done.notes + more.notes)
    return done


def _demands(facts: Facts, policy: PolicyInForce, criterion: str) -> Iterator[tuple[DemandColumn, int, int]]:
    """(demand, its row number, school) of every row that fails the criterion for certain and whose figures are known."""
    chosen = tuple(each for each in policy.criteria if each.id == criterion)
    measured = measure(facts, replace(policy, criteria=chosen), facts.school_year)
    located = Located(measured)
    counties = located.select(located.codes, {})
    place = {(str(row["school_code"] or ""), str(row["campus"] or "")): at for at, row in enumerate(facts.school)}
    for each in chosen:
        for column in judge_criterion(each, measured, counties, policy).demands:
            for n in np.flatnonzero((column.by_row == FAIL) & column.figures.known) if column.of is not None else ():
                rows, at = column.of.rows, int(column.at[n])  # type: ignore[union-attr]
                yield column, int(n), place[str(rows.school_code[at]), str(rows.campus[at] or "")]


def _divert(facts: Facts, policy: PolicyInForce, costs: Mapping[str, UnitCost], ceilings: Ceilings) -> Prepared:
    excess: dict[tuple[int, str], int] = {}
    sizes: dict[int, int] = {}
    for column, n, school in _demands(facts, policy, "school_size"):
        limit = column.limits.table[column.limits.strict[n]].value
        excess[school, ""] = int(column.figures.num_lo[n] - float(limit))
        sizes[school] = int(limit)
    for (school, stage), most in ceilings.items():
        over = _pupils(facts.school[school], stage) - most
        if over > 0:
            excess[school, stage] = max(over, excess.get((school, stage), 0))
    if not excess:
        return Prepared()
    if "divert_pupil" not in costs:
        return Prepared(notes=("有学校超过规模或学生上限，但单价表里没有“分流学生”，未作安排",))
    return _moved(facts, policy, excess, ceilings)


def _moved(facts: Facts, policy: PolicyInForce, excess: Mapping[tuple[int, str], int], ceilings: Ceilings) -> Prepared:
    seats = {(s, str(stage)): _seats(facts.school[s], stage, policy, s, ceilings) for s in range(len(facts.school)) for stage in COMPULSORY_STAGES}
    giving = {school for school, _ in excess}
    actions, deltas, notes = [], [], []
    for (school, stage), over in excess.items():
        own = [str(each) for each in COMPULSORY_STAGES if stage in ("", str(each)) and _pupils(facts.school[school], str(each))]
        left = over
        takers = sorted(((s, st) for s, st in seats if st in own and s not in giving), key=lambda key: (-seats[key], key))
        for taker in takers:
            moved = min(left, seats[taker])
            if moved <= 0:
                continue
            actions.append(Action(taker[0], "divert_pupil", taker[1], Decimal(moved), school))
            for s, sign in ((school, -1), (taker[0], 1)):
                deltas += [(s, f"{name}_{taker[1]}", Decimal(sign * moved)) for name in ("students", "catchment_pupils")]
            for st in COMPULSORY_STAGES:
                if (taker[0], str(st)) in seats and str(st) != taker[1]:
                    seats[taker[0], str(st)] = max(0, seats[taker[0], str(st)] - moved)
            seats[taker] -= moved
            left -= moved
        if left:
            notes.append(f"{facts.school[school]['school_name']}超出 {over} 人，其他学校现有班级只容得下 {over - left} 人，其余 {left} 人须新建、扩建学校")
    return Prepared(tuple(actions), tuple(deltas), tuple(notes))


def _pupils(row: Row, stage: str) -> int:
    """Pupils of a stage, "" = of both compulsory stages; a blank counts nobody here, as it can give nobody."""
    numbers = [row[f"students_{each}"] for each in COMPULSORY_STAGES if stage in ("", str(each))]
    return sum(each for each in numbers if isinstance(each, int))


def _seats(row: Row, stage: Stage, policy: PolicyInForce, school: int, ceilings: Ceilings) -> int:
    """Free seats of a stage: none where classes or pupils are not reported, or where the school has no such stage."""
    pupils, classes = row[f"students_{stage}"], row[f"classes_{stage}"]
    alone = sum(bool(row[f"students_{each}"]) for each in Stage) == 1
    if classes is None and alone:
        classes = row["classes"]
    if not isinstance(pupils, int) or not isinstance(classes, int) or not pupils:
        return 0
    room = [int(classes * limit_of(policy, "class_size", str(stage)).value) - pupils]
    room += [most - _pupils(row, part) for part in ("", str(stage)) if (most := ceilings.get((school, part))) is not None]
    if "school_size" in policy.limits:
        # A combined school's own limit is higher; the single stage's is the safe one.
        room.append(int(limit_of(policy, "school_size", str(stage)).value) - _pupils(row, ""))
    return max(0, min(room))


def _split(facts: Facts, policy: PolicyInForce, costs: Mapping[str, UnitCost], _: Ceilings) -> Prepared:
    actions, deltas, notes = [], [], []
    failing = sorted({school for _, _, school in _demands(facts, policy, "class_size")})
    if failing and not {"open_class", "build_classroom"} <= costs.keys():
        return Prepared(notes=("有超过规定班额的班，但单价表里没有“增开班级”或“新建普通教室”，未作安排",))
    for school in failing:
        row = facts.school[school]
        added_in_all = 0
        for stage in COMPULSORY_STAGES:
            added, changes = _split_stage(row, stage, int(limit_of(policy, "class_size", str(stage)).value))
            if added:
                added_in_all += added
                deltas += [(school, column, amount) for column, amount in changes]
                actions.append(Action(school, "open_class", str(stage), Decimal(added)))
        main = max(COMPULSORY_STAGES, key=lambda stage: _pupils(row, str(stage)))
        classrooms, classes = row["classrooms"], row["classes"]
        spare = max(0, classrooms - classes) if isinstance(classrooms, int) and isinstance(classes, int) else 0
        if (rooms := max(0, added_in_all - spare)) > 0:
            actions.append(Action(school, "build_classroom", "", Decimal(rooms)))
            deltas += [(school, "teach_aux_area_m2", rooms * CLASSROOM_M2[main]), (school, "classrooms", Decimal(rooms))]
        if not added_in_all:
            notes.append(f"{row['school_name']}有超过规定班额的班，但没有分学段的班额分布，不能安排拆班；请补报")
    return Prepared(tuple(actions), tuple(deltas), tuple(notes))


def _split_stage(row: Row, stage: Stage, limit: int) -> tuple[int, list[tuple[str, Decimal]]]:
    """(classes added, column changes) for the classes of one stage that are over the limit."""
    alone = sum(bool(row[f"students_{each}"]) for each in Stage) == 1 and bool(row[f"students_{stage}"])
    out: list[tuple[str, Decimal]] = []
    added = 0
    for name, smallest, largest in CLASS_SIZE_BANDS:
        own = row[f"{name}_{stage}"]
        count = own if own is not None else row[name] if alone else None
        if smallest <= limit or not isinstance(count, int) or not count:
            continue
        parts = -(-(largest or 2 * limit) // limit)
        half = next(band for band, low, high in CLASS_SIZE_BANDS if low <= -(-(largest or 2 * limit) // parts) <= (high or 10_000))
        for suffix in ("", f"_{stage}"):
            out += [(f"{name}{suffix}", Decimal(-count)), (f"{half}{suffix}", Decimal(parts * count)), (f"classes{suffix}", Decimal((parts - 1) * count))]
        added += (parts - 1) * count
    return added, out


def _rooms(facts: Facts, policy: PolicyInForce, costs: Mapping[str, UnitCost], _: Ceilings) -> Prepared:
    actions, deltas = [], []
    for column, n, school in _demands(facts, policy, "music_art_rooms"):
        missing = int(np.ceil(float(column.limits.table[column.limits.strict[n]].value) * column.figures.den_lo[n] - column.figures.num_lo[n] - 1e-9))
        if column.demand.indicator in _ROOMS and missing > 0:
            actions.append(Action(school, "fit_special_room", "", Decimal(missing)))
            deltas += [(school, name, Decimal(missing)) for name in (column.demand.indicator, _ROOMS[column.demand.indicator])]
    if actions and "fit_special_room" not in costs:
        return Prepared(notes=("有学校缺音乐、美术专用教室，但单价表里没有“建设音乐、美术专用教室”，未作安排",))
    return Prepared(tuple(actions), tuple(deltas))
