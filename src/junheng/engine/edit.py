"""One edited school, and the measurements it changes: for a verdict that follows the keys as a clerk types.

Only the school's own rows and its county's balance are computed again, in exact arithmetic on one row; everything
else is shared with the measurements before. An edit that changes which rows there are is measured afresh.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from junheng.common.stages import COMPULSORY_STAGES, Stage
from junheng.engine.algebra import Exact
from junheng.engine.balance import SUMS, balance_column
from junheng.engine.basis import pupils
from junheng.engine.exact import Campus, ExactRows, exact_interval
from junheng.engine.measure import held, measure
from junheng.engine.result import Balance, BalanceColumn, Floats, IntervalColumn, Measurements, Rows
from junheng.engine.terms import Meaning
from junheng.indicators import Indicator, indicator
from junheng.intake.model import Facts
from junheng.policy.in_force import PolicyInForce


def measure_edited(before: Measurements, facts: Facts, policy: PolicyInForce, county_code: str, campus: Campus) -> Measurements:
    """The measurements after one school's row was edited: equal to measuring `facts` from scratch.

    before: measurements of the same counties under the same policy; facts: as they are now; campus: (school code,
    campus) of the edited row.
    """
    exact = ExactRows(before.school_stage, before.school, before.county, policy, held(facts))
    row = exact.school(county_code, campus)
    stages = [stage for stage in COMPULSORY_STAGES if row.column(pupils(stage)).value != 0]
    staged, whole = (_positions(rows, county_code, campus) for rows in (before.school_stage, before.school))
    if [str(stage) for stage in stages] != [str(stage) for stage in before.school_stage.stage[staged]] or len(whole) != 1:
        return measure(facts, policy, before.school_year, before.engine, before.releases)
    school_stage = before.school_stage
    for at, stage in zip(staged, stages, strict=True):
        school_stage = _rewritten(school_stage, int(at), row, policy, stage)
    school = _rewritten(before.school, int(whole[0]), row, policy, None)
    after = replace(
        before, school_stage=school_stage, school=school, county=_with_pupils(before.county, school, county_code),
        balance=_rebalanced(before.balance, school_stage, county_code),
    )  # fmt: skip
    return replace(after, exact=ExactRows(after.school_stage, after.school, after.county, policy, held(facts)))


def _positions(rows: Rows, county_code: str, campus: Campus) -> NDArray[np.intp]:
    return np.flatnonzero((rows.county_code == county_code) & (rows.school_code == campus[0]) & (rows.campus == campus[1]))


def _rewritten(rows: Rows, at: int, row: Exact, policy: PolicyInForce, stage: Stage | None) -> Rows:
    """The rows with entry `at` computed again from the edited school."""
    stages = COMPULSORY_STAGES if stage is None else (stage,)
    students = [row.column(pupils(each)).value for each in stages]
    changes: dict[str, object] = {
        "students": np.nan if None in students else float(sum(students)), "included": _told(row.column("included").value),
        "exclusion": row.column("exclusion").value, "school_form": row.column("school_form").value,
        "school_type": row.column("school_type").value, "school_name": row.column("school_name").value,
    }  # fmt: skip
    exceptions = {
        rule.id: _put(rows.exceptions[rule.id], at, _told(row.column(f"x_{number}").value))
        for number, rule in enumerate(policy.exceptions)
    }
    figures = {id: _figure(column, at, row, policy, stage, indicator(id)) for id, column in rows.indicators.items()}
    fields: dict[str, Any] = {name: _put(getattr(rows, name), at, value) for name, value in changes.items()}
    return replace(rows, **fields, exceptions=exceptions, indicators=figures)


def _figure(column: IntervalColumn, at: int, row: Exact, policy: PolicyInForce, stage: Stage | None, of: Indicator) -> IntervalColumn:
    interval = exact_interval(row, policy, stage, of)
    member = _told(Meaning(row, policy, stage).member(of).value) if of.scope else 1.0
    ends = ((interval.num_lo, -np.inf), (interval.num_hi, np.inf), (interval.den_lo, -np.inf), (interval.den_hi, np.inf))
    new = [float(end) if end is not None else missing for end, missing in ends]
    old = (column.num_lo, column.num_hi, column.den_lo, column.den_hi)
    num_lo, num_hi, den_lo, den_hi = (_put(values, at, value) for values, value in zip(old, new, strict=True))
    return IntervalColumn(num_lo, num_hi, den_lo, den_hi, _put(column.member, at, member))


def _put(values: Any, at: int, value: object) -> Any:
    out = values.copy()
    out[at] = value
    return out


def _told(value: object) -> float:
    """1, 0, or nan for what cannot be told."""
    return np.nan if value is None else float(bool(value))


def _with_pupils(county: Rows, school: Rows, code: str) -> Rows:
    total = school.students[school.county_code == code].sum()
    return replace(county, students=np.where(county.county_code == code, total, county.students))


def _rebalanced(balance: Balance, rows: Rows, code: str) -> Balance:
    """The balance with the county's stages summed up again; groups stay as they were."""
    n, students = balance.n.copy(), balance.students.copy()
    columns = {id: BalanceColumn(*(getattr(column, name).copy() for name in _FIELDS)) for id, column in balance.indicators.items()}
    for at in np.flatnonzero(balance.county_code == code):
        group = (rows.county_code == code) & (rows.stage == balance.stage[at])
        counted, doubtful = group & (rows.included == 1), np.array([float((group & np.isnan(rows.included)).sum())])
        n[at], students[at] = counted.sum(), rows.students[counted].sum()
        for id, column in columns.items():
            sums = _sums(rows.indicators[id], rows.students, counted)
            now = balance_column(sums, 1, n[at : at + 1], doubtful)
            for name in _FIELDS:
                getattr(column, name)[at] = getattr(now, name)[0]
    return replace(balance, n=n, students=students, indicators=columns)


_FIELDS = ("mean", "sd", "cv", "known_mean", "known_cv", "n_missing")


def _sums(column: IntervalColumn, students: Floats, counted: NDArray[np.bool_]) -> Mapping[str, Floats]:
    """SUMS of one county and stage, in the indicator's own scale."""
    known = counted & (column.num_lo == column.num_hi) & (students > 0)
    x, p = column.num_hi[known], students[known]
    total = p.sum()
    squares = (p * (x / p - x.sum() / total) ** 2).sum() if total > 0 else 0.0
    return dict(zip(SUMS, (np.array([value], dtype=np.float64) for value in (known.sum(), total, x.sum(), squares)), strict=True))
