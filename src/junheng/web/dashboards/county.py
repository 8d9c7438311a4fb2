"""What the county's page shows beside what the offline page of the same county says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from junheng.common.stages import Stage
from junheng.judging.result import DemandVerdict, SchoolVerdict, Verdict
from junheng.policy.in_force import Compare
from junheng.reports.grid import round_half_up
from junheng.reports.measured_words import cv_value, demand_limit, demand_title, demand_value, resource_value
from junheng.reports.words import margin_words, school_label
from junheng.web.dashboards.opened import Opened

_WORST_FIRST = {Verdict.FAIL: 0, Verdict.INSUFFICIENT: 1, Verdict.PASS: 2}


@dataclass(frozen=True)
class Line:
    """A school's stage in the matrix. shown: name, students, verdict and cells as printed; binding: "L4", margin: its own."""

    school: SchoolVerdict
    stage_label: str
    shown: Mapping[str, Any]
    margin: float | None

    @property
    def margin_words(self) -> str:
        if self.margin is None:
            return "—"
        return f"{self.school.binding} {'余' if self.margin >= 0 else '差'} {round_half_up(abs(self.margin) * 100, 1)}%"

    @property
    def worst(self) -> tuple[int, float, str]:
        return (_WORST_FIRST[self.school.verdict], 0.0 if self.margin is None else self.margin, self.school.code)


def lines_of(found: Opened, stage: str = "", indicator: str = "") -> Sequence[Line]:
    """The matrix, the worst school first. stage: of one stage; indicator: only schools that miss it or may miss it."""
    lines = [
        Line(school, Stage(id).label, shown, _binding_margin(school))
        for (id, judged), drawn in zip(found.verdict.stages.items(), found.view["stages"], strict=True)
        if stage in ("", id)
        for school, shown in zip(judged.schools, drawn["schools"], strict=True)
        if not indicator or any(each.code == indicator and not each.met for each in school.indicators)
    ]
    return sorted(lines, key=lambda line: line.worst)


def _binding_margin(school: SchoolVerdict) -> float | None:
    return next((each.margin for each in school.indicators if each.code == school.binding), None)


@dataclass(frozen=True)
class Influence:
    """What one school does to a CV over its limit. if_brought: with its figure brought to the limit; if_left_out: without it."""

    stage: str
    stage_label: str
    code: str
    title: str
    school: str
    school_code: str
    cv: float | None
    if_brought: float | None
    if_left_out: float | None
    flips_if_brought: bool
    flips_if_left_out: bool


_MOST_INFLUENT = 5


def influences_of(found: Opened) -> list[Influence]:
    """The schools that matter most to every CV over its limit."""
    titles = {each.code: each.title for each in found.policy.resources}
    return [
        Influence(id, Stage(id).label, each.code, titles[each.code], school_label(one.name or one.code, one.campus), one.code, each.cv,
                  one.cv_if_brought_to_limit, one.cv_if_left_out, one.flips_if_brought_to_limit, one.flips_if_left_out)
        for id, stage in found.verdict.stages.items()
        for each in stage.balance
        for one in each.influence[:_MOST_INFLUENT]
    ]  # fmt: skip


@dataclass(frozen=True)
class Missing:
    """A resource figure that cannot be told. known: what can be said of it."""

    school: str
    school_code: str
    stage_label: str
    title: str
    known: str


def missing_of(found: Opened) -> list[Missing]:
    titles = {each.code: f"{each.code} {each.title}" for each in found.policy.resources}
    return [
        Missing(school_label(school.name or school.code, school.campus), school.code, Stage(id).label, titles[each.code], resource_value(each))
        for id, stage in found.verdict.stages.items()
        for school in stage.schools
        for each in school.indicators
        if each.value is None
    ]


@dataclass(frozen=True)
class End:
    """One thing the county is judged by, with how far it is from its limit. item, stage: of its trace."""

    title: str
    value: str
    limit: str
    margin: float
    verdict: Verdict
    item: str
    stage: str = ""

    @property
    def margin_words(self) -> str:
        return margin_words(self.margin)


def ends_of(found: Opened) -> list[End]:
    """Every CV and every county-wide figure with a limit, the tightest first: what fails by most, then what may fail next."""
    titles = {each.code: each.title for each in found.policy.resources}
    ends = [
        End(f"{Stage(id).label} {each.code} {titles[each.code]}：差异系数", cv_value(each), f"≤ {each.limit.value}", each.margin, each.verdict, each.code, id)
        for id, stage in found.verdict.stages.items()
        for each in stage.balance
        if each.margin is not None
    ]
    for criterion in found.verdict.criteria.values():
        for demand in criterion.demands:
            margin = _demand_margin(demand)
            if margin is not None:
                ends.append(End(demand_title(demand), demand_value(demand), demand_limit(demand), margin, demand.verdict, criterion.id))
    return sorted(ends, key=lambda end: end.margin)


def _demand_margin(demand: DemandVerdict) -> float | None:
    """(value − limit) / limit, turned round where less is better; None where there is no way between the two."""
    if demand.value is None or demand.limit is None or not demand.limit.value or demand.compare == Compare.EQUAL:
        return None
    limit = float(demand.limit.value)
    away = (demand.value - limit) / limit
    return away if demand.compare == Compare.AT_LEAST else -away
