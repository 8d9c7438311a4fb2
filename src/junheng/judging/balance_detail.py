"""A stage of a county with everything that stands behind its verdict: CVs, bounds, the schools that matter."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from junheng.common.stages import COMPULSORY_STAGES, Stage
from junheng.engine.result import BalanceColumn, Floats, Measurements
from junheng.judging.balance import STAGES, exact_numbers
from junheng.judging.columns import JudgedColumns
from junheng.judging.compare import FAIL, NEAR, verdict_of
from junheng.judging.counties import Positions
from junheng.judging.influence import influences
from junheng.judging.limits import limit_of
from junheng.judging.result import BalanceVerdict, Influence, StageVerdict
from junheng.judging.school_detail import school_verdict
from junheng.policy.in_force import Cited, ResourceIndicator

SINGLE_SCHOOL = "单校"
MEAN_ZERO = "均值为 0，差异系数无定义"
REFERENCE_ONLY = "单项差异系数仅供参考，按综合差异系数判定"


def stage_verdict(measured: Measurements, judged: JudgedColumns, county: int, stage: Stage) -> StageVerdict:
    """county: position among the judged counties."""
    group = county * STAGES + COMPULSORY_STAGES.index(stage)
    limit = limit_of(judged.policy, judged.policy.balance.limit, stage)
    engine = _engine_row(measured, judged.counties.codes[county], stage)
    balance = tuple(
        _balance(measured, judged, group, number, resource, limit, engine)
        for number, resource in enumerate(judged.policy.resources)
    )
    cvs = judged.balance.cv[group]
    composite = float(cvs.mean()) if len(cvs) and not np.isnan(cvs).any() else None
    rows = np.flatnonzero(judged.groups == group)
    included = measured.school_stage.included[judged.counties.school_stage.at[rows]]
    return StageVerdict(
        stage=str(stage),
        balance=balance,
        composite_cv=composite,
        composite_verdict=None if judged.composite is None else verdict_of(judged.composite[group]),
        schools=tuple(school_verdict(measured, judged, int(row)) for row in rows[included != 0]),
        verdict=verdict_of(judged.stage_verdict[group]),
    )


def _engine_row(measured: Measurements, code: str, stage: Stage) -> int | None:
    found = np.flatnonzero((measured.balance.county_code == code) & (measured.balance.stage == str(stage)))
    return int(found[0]) if len(found) else None


def _balance(
    measured: Measurements, judged: JudgedColumns, group: int, number: int, resource: ResourceIndicator, limit: Cited,
    engine: int | None,
) -> BalanceVerdict:  # fmt: skip
    columns, verdict = judged.balance, judged.balance.verdict[group, number]
    figures = measured.balance.indicators.get(resource.indicator)
    cv = _number(columns.cv[group, number])
    n = len(columns.members[group][0]) if group in columns.members else 0
    whole = not judged.counties.open.schools[group // STAGES]
    return BalanceVerdict(
        code=resource.code,
        indicator=resource.indicator,
        mean=_at(figures, "mean", engine) if whole else None,
        sd=_at(figures, "sd", engine) if whole else None,
        cv=cv,
        cv_lo=_number(columns.cv_lo[group, number]),
        cv_hi=_number(columns.cv_hi[group, number]),
        known_cv=_at(figures, "known_cv", engine),
        limit=limit,
        verdict=verdict_of(verdict),
        margin=None if cv is None or not limit.value else (float(limit.value) - cv) / float(limit.value),
        n=n,
        influence=_influence(measured, judged, group, number, limit) if verdict == FAIL and cv is not None else (),
        note="；".join(_notes(judged, cv, n, bool(verdict == FAIL), _at(figures, "mean", engine))),
    )


def _notes(judged: JudgedColumns, cv: float | None, n: int, fails: bool, mean: float | None) -> list[str]:
    notes = [SINGLE_SCHOOL] if n == 1 and cv == 0 else []
    if cv is None and fails and mean == 0:
        notes.append(MEAN_ZERO)
    return notes if judged.composite is None else [*notes, REFERENCE_ONLY]


def _at(column: BalanceColumn | None, name: str, engine: int | None) -> float | None:
    return None if column is None or engine is None else _number(getattr(column, name)[engine])


def _number(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


def _influence(measured: Measurements, judged: JudgedColumns, group: int, number: int, cv_limit: Cited) -> tuple[Influence, ...]:
    """Every counted school; those that flip the verdict first, then by how far the CV comes down."""
    resource, rows = judged.policy.resources[number], judged.counties.school_stage.rows
    members = judged.balance.members[group][0]
    at = judged.counties.school_stage.at[members]
    column = rows.indicators[resource.indicator]
    num, den = column.num_lo[at], column.den_lo[at]
    found = influences(num, den, _school_limits(judged, resource, members))
    out = [
        Influence(
            code=str(rows.school_code[row]), campus=str(rows.campus[row] or ""), name=str(rows.school_name[row] or ""),
            cv_if_brought_to_limit=_number(found.brought[k]), cv_if_left_out=_number(found.left_out[k]),
            flips_if_brought_to_limit=_flips(measured, judged, resource, at, k, members, found.brought[k], cv_limit, leave=False),
            flips_if_left_out=_flips(measured, judged, resource, at, k, members, found.left_out[k], cv_limit, leave=True),
        )
        for k, row in enumerate(at)
    ]  # fmt: skip
    return tuple(sorted(out, key=_by_effect))


def _by_effect(each: Influence) -> tuple[bool, bool, float, str, str]:
    reached = [cv for cv in (each.cv_if_brought_to_limit, each.cv_if_left_out) if cv is not None]
    return (not each.flips_if_brought_to_limit, not each.flips_if_left_out, min(reached, default=np.inf), each.code, each.campus)


def _school_limits(judged: JudgedColumns, resource: ResourceIndicator, members: Positions) -> Floats:
    if resource.code not in judged.schools.codes:
        return np.full(len(members), np.nan)
    limits = judged.schools.limits[judged.schools.codes.index(resource.code)]
    return np.array([float(cited.value) for cited in limits.table])[limits.strict[members]]


def _flips(
    measured: Measurements, judged: JudgedColumns, resource: ResourceIndicator, at: Positions, k: int, members: Positions,
    cv: float, cv_limit: Cited, *, leave: bool,
) -> bool:  # fmt: skip
    """Whether that CV is within the limit; computed in fractions where floating point is too close to tell."""
    limit = float(cv_limit.value)
    if np.isnan(cv) or abs(cv - limit) > NEAR * limit:
        return bool(cv <= limit)
    den, num, _ = exact_numbers(measured.exact, "school_stage", resource.indicator, at)
    if leave:
        den, num = np.delete(den, k), np.delete(num, k)
    else:
        limits = judged.schools.limits[judged.schools.codes.index(resource.code)]
        num[k] = Fraction(limits.table[limits.strict[members[k]]].value) * den[k]
    squared = den.sum() * (num * num / den).sum() / num.sum() ** 2 - 1
    return bool(squared <= Fraction(cv_limit.value) ** 2)
