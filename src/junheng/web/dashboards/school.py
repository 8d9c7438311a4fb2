"""一校一档: what is known of one school: its indicators over the years, its criteria, what it reported, what was found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import numpy as np

from junheng.common.findings import Finding, Place
from junheng.intake.model import Facts, school_key
from junheng.intake.release_diff import spoken
from junheng.judging.compare import verdict_of
from junheng.judging.demands import DemandColumn
from junheng.judging.result import Verdict
from junheng.policy.in_force import Scope
from junheng.reports.grid import round_half_up
from junheng.reports.measured_words import demand_limit, demand_title, resource_limit, school_gap_words
from junheng.reports.school_figures import school_figure
from junheng.reports.words import EXCLUSION_LABELS, margin_words
from junheng.tables import Column
from junheng.web.dashboards.county import Line, lines_of
from junheng.web.dashboards.opened import Opened
from junheng.web.dashboards.trend import Trend, trend
from junheng.web.dashboards.years import Year
from junheng.web.reporting.form import columns_of

BY_SCHOOL = (Scope.EACH_SCHOOL, Scope.EACH_SCHOOL_STAGE)


@dataclass(frozen=True)
class Figure:
    """One indicator. cell: as the matrix prints it; years: as printed, in the order of the years given; trend: None with
    fewer than two years."""

    code: str
    title: str
    unit: str
    cell: Mapping[str, str]
    limit: str
    margin: str
    gap: str
    years: Sequence[str]
    trend: Trend | None


@dataclass(frozen=True)
class StageFigures:
    """A stage of a campus."""

    line: Line
    figures: Sequence[Figure]

    @property
    def campus(self) -> str:
        return self.line.school.campus


@dataclass(frozen=True)
class Item:
    """A demand judged school by school. verdict None = the school is outside what the demand speaks of."""

    criterion: str
    title: str
    clause: str
    figure: str
    required: str
    verdict: Verdict | None


@dataclass(frozen=True)
class Reported:
    """One value as reported. value: in words; stored: in the unit of the contract, None = 未报. place: the cell, an empty one
    for what was not reported."""

    column: Column
    value: str
    stored: object
    place: Place


def stages_of(found: Opened, code: str, years: Sequence[Year]) -> list[StageFigures]:
    """The school's stages, campus by campus; none for a school that is not judged."""
    heads = found.view["heads"]
    return [StageFigures(line, list(_figures(line, heads, years))) for line in lines_of(found) if line.school.code == code]


def _figures(line: Line, heads: Sequence[Mapping[str, str]], years: Sequence[Year]) -> Iterator[Figure]:
    school = line.school
    for each, cell, head in zip(school.indicators, line.shown["cells"], heads, strict=True):
        over_time = [year.values.get((school.code, school.campus, school.stage, each.code)) for year in years]
        limit = float(each.limit.value)
        yield Figure(
            each.code, head["title"], head["unit"], cell, resource_limit(each) if limit else "", margin_words(each.margin), school_gap_words(school, each),
            ["—" if value is None else round_half_up(value, 2, thousands=True) for value in over_time], trend(over_time, limit),
        )  # fmt: skip


def items_of(found: Opened, code: str) -> list[Item]:
    """Every demand that is judged school by school, with how this school stands."""
    judged, county = found.judgement.place(found.verdict.county_code)
    rows = [row for (school, _), row in found.report.school_rows.items() if school == code]
    out = []
    for column in judged.criteria:
        criterion = found.verdict.criteria[column.criterion.id]
        for at, each in enumerate(column.demands):
            if each.demand.scope in BY_SCHOOL:
                demand = criterion.demands[at]
                told = "；".join(filter(None, (school_figure(demand.indicator, row) for row in rows)))
                out.append(Item(criterion.id, demand_title(demand), criterion.clause, told, demand_limit(demand), _standing(each, county, code)))
    return out


def _standing(column: DemandColumn, county: int, code: str) -> Verdict | None:
    """The worst of the school's rows."""
    if column.of is None:
        return Verdict.INSUFFICIENT
    here = (column.county == county) & (column.of.rows.school_code[column.at] == code) & (column.figures.member != 0)
    return verdict_of(np.min(column.by_row[here])) if here.any() else None


def reported_of(facts: Facts, code: str) -> list[tuple[str, list[Reported]]]:
    """What the school reported, by the groups of the form; what it was asked and left blank is there as 未报."""
    out = []
    for row in (row for row in facts.school if row["school_code"] == code):
        campus = f"（{row['campus']}）" if row["campus"] else ""
        for group, columns in groupby(columns_of("school", row), key=lambda column: column.group):
            lines = [Reported(each, spoken(each, row[each.name]), row[each.name], facts.place_of("school", school_key(row), each.name)) for each in columns]
            out.append((f"{group}{campus}", lines))
    return out


def findings_of(found: Opened, code: str) -> list[Finding]:
    return [each for each in found.report.findings if each.school_code == code]


def exclusion_of(found: Opened, code: str) -> str:
    """Why the school counts in no resource indicator, in words; "" when it counts."""
    reason = next((each.reason for each in found.verdict.excluded if each.code == code), "")
    return EXCLUSION_LABELS.get(reason, reason)


def standing_of(stages: Sequence[StageFigures]) -> dict[str, Any] | None:
    """The mark of the school as a whole: its worst stage; None for a school that is not judged."""
    first = min((each.line for each in stages), key=lambda line: line.worst, default=None)
    mark: dict[str, Any] | None = first.shown["verdict"] if first else None
    return mark
