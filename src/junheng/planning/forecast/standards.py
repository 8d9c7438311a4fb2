"""与标准对照: the year in which each school falls below or exceeds what is asked, under the forecast and both ends of its interval.

Resources stay as reported; only pupils change, and the engine and the judge do the rest, so splits, exceptions and limits are the
policy's. Class size is the mean one, pupils by the classes there are: which classes a school will form nobody knows.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from junheng.common.stages import COMPULSORY_STAGES, Stage
from junheng.engine.measure import measure
from junheng.engine.result import Rows
from junheng.intake.model import Facts, Row
from junheng.judging.compare import FAIL
from junheng.judging.counties import Located
from junheng.judging.criteria import judge_criterion
from junheng.judging.limits import limit_of
from junheng.judging.schools import judge_schools
from junheng.planning.forecast.history import SchoolKey
from junheng.planning.forecast.parameters import parameter
from junheng.planning.forecast.pupils import Forecast
from junheng.policy.in_force import PolicyInForce

CASES = ("central", "low", "high")
"""The forecast, and all schools at the lower or the upper end."""


@dataclass(frozen=True)
class Breach:
    """One demand of one school, "" stage = the whole school. what: "school_rule", "L1"…, "school_size", "class_size", "small_school",
    "staff". now: it is already so in the base year. years: case → first forecast year in which it is so, None = never within
    the horizon."""

    school: SchoolKey
    stage: str
    what: str
    now: bool
    years: Mapping[str, int | None]


def breaches(facts: Facts, made: Forecast, policy: PolicyInForce) -> tuple[Breach, ...]:
    """Every demand that some case breaks in some year, of the county the facts are of; school by school."""
    (county,) = {str(row["county_code"] or "") for row in facts.school}
    now = _broken(facts, policy)
    first: dict[tuple[SchoolKey, str, str], dict[str, int]] = {}
    for t, year in enumerate(made.years):
        for case in CASES:
            for key in _broken(at_year(facts, made, t, case), policy):
                first.setdefault(key, {}).setdefault(case, year)
    for key in now:
        first.setdefault(key, {})
    return tuple(
        Breach(school, stage, what, (school, stage, what) in now, {case: years.get(case) for case in CASES})
        for (school, stage, what), years in sorted(first.items()) if school[0] == county
    )  # fmt: skip


def at_year(facts: Facts, made: Forecast, t: int, case: str) -> Facts:
    """The facts with the pupils of a forecast year. Schools without a forecast keep theirs."""
    rows = []
    for row in facts.school:
        band = made.schools.get(_key(row))
        if band is None:
            rows.append(row)
            continue
        pupils = getattr(band, case)[t]
        changed = dict(row)
        for k, stage in enumerate(COMPULSORY_STAGES):
            if row[f"students_{stage}"] is not None:
                changed[f"students_{stage}"] = int(pupils[k])
        rows.append(changed)
    return Facts(facts.school_year, rows, facts.county, facts.judgement)


def _key(row: Row) -> SchoolKey:
    return str(row["county_code"] or ""), str(row["school_code"] or ""), str(row["campus"] or "")


def _broken(facts: Facts, policy: PolicyInForce) -> set[tuple[SchoolKey, str, str]]:
    size = tuple(each for each in policy.criteria if each.id == "school_size")
    measured = measure(facts, replace(policy, criteria=size), facts.school_year)
    located = Located(measured)
    counties = located.select(located.codes, {})
    of = counties.school_stage
    judged = judge_schools(of.rows, of.at, measured.exact, policy)
    out = set()
    for n, at in enumerate(of.at):
        if of.rows.included[at] != 1:
            continue
        key, stage = _row_key(of.rows, int(at)), str(of.rows.stage[at])
        if judged.verdict[n] == FAIL:
            out.add((key, stage, "school_rule"))
        out |= {(key, stage, code) for k, code in enumerate(judged.codes) if judged.met[n, k] == FAIL}
    for criterion in size:
        for demand in judge_criterion(criterion, measured, counties, policy).demands:
            if demand.of is not None:
                out |= {(_row_key(demand.of.rows, int(demand.at[n])), "", "school_size") for n in np.flatnonzero(demand.by_row == FAIL)}
    return out | _by_hand(facts.school, policy)


def _row_key(rows: Rows, at: int) -> SchoolKey:
    return str(rows.county_code[at]), str(rows.school_code[at]), str(rows.campus[at] or "")


def _by_hand(rows: Sequence[Row], policy: PolicyInForce) -> set[tuple[SchoolKey, str, str]]:
    """Mean class size, small schools, and staff: what the policy's criteria do not count by pupils alone."""
    out = set()
    for row in rows:
        key = _key(row)
        pupils = {stage: row[f"students_{stage}"] for stage in COMPULSORY_STAGES}
        known = {stage: int(n) for stage, n in pupils.items() if isinstance(n, int | float)}
        for stage, n in known.items():
            classes = _classes(row, stage, alone=sum(m > 0 for m in known.values()) == 1)
            if classes and "class_size" in policy.limits and n > classes * limit_of(policy, "class_size", str(stage)).value:
                out.add((key, str(stage), "class_size"))
        total = sum(known.values())
        if total and "small_school_floor_pupils" in policy.limits and total < limit_of(policy, "small_school_floor_pupils").value:
            out.add((key, "", "small_school"))
        if isinstance(row["staff"], int | float) and not row[f"students_{Stage.SENIOR}"] and row["staff"] < staff_needed(known):
            out.add((key, "", "staff"))
    return out


def _classes(row: Row, stage: Stage, *, alone: bool) -> int:
    """Classes of a stage: its own line, or all of them where the school has that stage alone; 0 = not known."""
    own = row[f"classes_{stage}"]
    found = own if own is not None else row["classes"] if alone and not row[f"students_{Stage.SENIOR}"] else None
    return found if isinstance(found, int) else 0


def staff_needed(pupils: Mapping[Stage, int]) -> int:
    """教职工 by the national ratios of pupils to staff (parameters), rounded up for the school."""
    return math.ceil(sum(n / parameter(f"staff_{stage}") for stage, n in pupils.items()))
