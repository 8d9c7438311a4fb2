"""The pins of a plan in preparation: its schools, what is fixed of each, where they stand."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from junheng.common.errors import UserError
from junheng.intake.plain_table import Line
from junheng.planners.model import Planner
from junheng.planners.pinning.model import OTHER, Given, Group, Pinnable, Pinned, PinTable
from junheng.planners.pinning.registry import PIN_TABLES
from junheng.planners.pinning.siting import SITING_PINS
from junheng.web.accounts.models import User
from junheng.web.desk.contents import bytes_of
from junheng.web.desk.models import Plan, PlanFile
from junheng.web.desk.queries import plans_of
from junheng.web.desk.questions import county_facts, planner_of, releases_under, values_of
from junheng.web.desk.sketch import Mark, Sketch, sketch_of
from junheng.web.reporting.uploads import file_name

_SPOTS = ("siting_points", "siting_sites", "siting_pupils")
_SIZES = {"place": 4.0}


@dataclass(frozen=True)
class Pins:
    """table: how its planner is told; subjects: what can be pinned; lines: of the table it has, by key; pinned: what they say; file: that
    table, None = it has none; borrowed: the siting plan that the places come from, None = its own tables."""

    planner: Planner
    table: PinTable
    subjects: Sequence[Pinnable]
    lines: Mapping[str, Sequence[Line]]
    pinned: Mapping[str, Pinned]
    years: Sequence[int]
    file: PlanFile | None
    borrowed: Plan | None

    @property
    def seen(self) -> str:
        return self.file.sha256 if self.file else ""

    @property
    def elsewhere(self) -> int:
        """Lines that speak of no one school in the list: of all schools, or of one that is not there."""
        keys = {each.key for each in self.subjects}
        return sum(len(own) for key, own in self.lines.items() if key not in keys)

    def of(self, subject: Pinnable) -> Pinned:
        return self.pinned.get(subject.key, Pinned())


def can_be_pinned(plan: Plan) -> bool:
    return plan.planner in PIN_TABLES


def pins_of(plan: Plan, user: User) -> Pins:
    """Raises UserError for tables or a release that cannot be read."""
    table, planner = PIN_TABLES[plan.planner], planner_of(plan)
    with _laid(plan, (table.input, *_SPOTS)) as paths:
        facts = county_facts(releases_under(plan)) if planner.needs_facts else []
        given = Given(paths, values_of(planner, plan.values), facts)
        lines = table.read(paths.get(table.input))
        subjects, borrowed = _with_places(plan, user, table.subjects(given))
        file = plan.files.filter(table=table.input).defer("sealed").first()
        return Pins(planner, table, subjects, lines, table.pinned(lines), table.years(given), file, borrowed)


@contextmanager
def _laid(plan: Plan, tables: Sequence[str]) -> Iterator[dict[str, Path]]:
    """Those of its tables, as files, for as long as they are read."""
    with tempfile.TemporaryDirectory() as folder:
        out = {}
        for each in plan.files.filter(table__in=tables):
            out[each.table] = Path(folder) / f"{each.table}-{file_name(each.name)}"
            out[each.table].write_bytes(bytes_of(each))
        yield out


def _with_places(plan: Plan, user: User, subjects: Sequence[Pinnable]) -> tuple[Sequence[Pinnable], Plan | None]:
    """Places that a plan's own tables do not tell come from the unit's newest layout plan."""
    if plan.planner == "siting" or any(each.place for each in subjects):
        return subjects, None
    lender = plans_of(user).filter(unit=plan.unit_id, planner="siting", files__table="siting_sites").first()
    if lender is None:
        return subjects, None
    try:
        with _laid(lender, ("siting_sites",)) as paths:
            found = {each.code: each.place for each in SITING_PINS.subjects(Given(paths, values_of(planner_of(lender), lender.values)))}
    except UserError:  # that plan's table is its own matter
        return subjects, None
    placed = [replace(each, place=found.get(each.code), unplaced="" if found.get(each.code) else f"布局方案“{lender.name}”的表里没有它的经纬度") for each in subjects]
    return placed, lender if any(each.place for each in placed) else None


def written(pins: Pins, chosen: Mapping[str, Pinned]) -> tuple[str, bytes] | None:
    """The table with these changes, its name and bytes; None: nothing is fixed any more."""
    with tempfile.TemporaryDirectory() as folder:
        path = pins.table.write(Path(folder), pins.lines, chosen, pins.subjects)
        return (path.name, path.read_bytes()) if pins.table.read(path) else None


def chosen_in(pins: Pins, posted: Mapping[str, str]) -> dict[str, Pinned]:
    """What a form changed: "pin:<key>", and where its row had them "year:<key>" and "why:<key>". Raises UserError for a choice that is not
    that school's."""
    out = {}
    for subject in pins.subjects:
        choice = posted.get(f"pin:{subject.key}")
        if choice is None or choice == OTHER:
            continue
        before = pins.of(subject)
        if choice and choice not in {each.id for each in subject.group.choices}:
            raise UserError(f"“{subject.name}”不能这样指定", remedy="请从列表里选")
        same = choice == before.choice
        year, why = posted.get(f"year:{subject.key}"), posted.get(f"why:{subject.key}")
        after = Pinned(
            choice, (before.school_year if same else None) if year is None else _year(pins, year), (before.reason if same else "") if why is None else why.strip()[:200],
        ) if choice else Pinned()  # fmt: skip
        if after != before and not (same and not choice):
            out[subject.key] = after
    return out


def _year(pins: Pins, text: str) -> int | None:
    return next((each for each in pins.years if str(each) == text), None)


def pin_sketch(pins: Pins, home: str) -> Sketch | None:
    groups: dict[str, Group] = {each.group.id: each.group for each in pins.subjects}
    labels = {group.mark: f"{group.label}，没有指定" for group in groups.values()}
    labels |= {choice.mark: choice.label for group in groups.values() for choice in group.choices}
    if any(each.choice == OTHER for each in pins.pinned.values()):
        labels[OTHER] = "约束表里另有规定"
    marks = [
        Mark(each.key, each.group.mark_of(pins.of(each).choice), *each.place, f"{each.name}（{each.group.label}）", _SIZES.get(each.group.id, 7.0),
             {"name": each.name, "group": each.group.id, "value": pins.of(each).choice})
        for each in sorted(pins.subjects, key=lambda one: one.group.id != "place") if each.place
    ]  # fmt: skip
    return sketch_of(marks, labels, home=home, label="学校、候选点和村的示意图；同样的内容见下面的列表")
