"""校际均衡: the verdict on each CV, over every completion of what is missing.

Complete data: the engine's CV is compared with the limit; within 1e-9 of it CV² is asked for in fractions. A mean of 0
leaves the CV undefined: 未达标. One school: CV 0.

Missing numerators: the verdict follows from the bounds proved in `spread`: 达标 iff the supremum is not above the
limit, 未达标 iff the infimum is above it (or at it and not attained). Bounds near the limit are computed again in
fractions, so both are exact as long as the corners of finite intervals can be listed (`spread.MAX_VERTICES`);
beyond that 达标 is not claimed. A missing pupil count moves weights and values together: 待定. A school whose
inclusion cannot be told is judged both ways, up to `MAX_UNSURE` of them; more: 待定.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction
from itertools import product

import numpy as np

from junheng.common.stages import COMPULSORY_STAGES
from junheng.engine.result import ExactSource, Floats, IntervalColumn, Measurements, Rows
from junheng.judging.compare import FAIL, NEAR, PASS, UNDECIDED, Bools, Three
from junheng.judging.counties import Counties, Positions, stage_numbers
from junheng.judging.limits import limit_of
from junheng.judging.openness import open_where
from junheng.judging.spread import Bound, Numbers, greatest, least
from junheng.policy.in_force import PolicyInForce

MAX_UNSURE = 4
STAGES = len(COMPULSORY_STAGES)


@dataclass(frozen=True)
class BalanceColumns:
    """CVs by group (county × 2 + stage) × resource indicator.

    cv: nan where a value is missing or the CV is undefined. cv_lo, cv_hi: bounds; hi inf = unbounded, nan = no bound
    known. verdict: three-valued. members: by group, which of the school-stage rows judged (positions in
    `counties.school_stage.at`) are included, and of which it cannot be told.
    """

    cv: Floats
    cv_lo: Floats
    cv_hi: Floats
    verdict: Three
    members: Mapping[int, tuple[Positions, Positions]]

    def opened(self, groups: Bools) -> BalanceColumns:
        """With nothing known of these groups, because schools may be missing (`openness`)."""
        cv, cv_lo, cv_hi = (np.where(groups[:, None], np.nan, each) for each in (self.cv, self.cv_lo, self.cv_hi))
        return BalanceColumns(cv, cv_lo, cv_hi, open_where(self.verdict, groups[:, None]), self.members)


def judge_balance(measured: Measurements, counties: Counties, policy: PolicyInForce) -> BalanceColumns:
    """Judge every resource indicator's CV of every county and stage. Groups without schools are UNDECIDED."""
    rows, at = counties.school_stage.rows, counties.school_stage.at
    group = counties.school_stage.county * STAGES + stage_numbers(rows.stage[at])
    shape = (len(counties.codes) * STAGES, len(policy.resources))
    cv, cv_lo, cv_hi = (np.full(shape, np.nan) for _ in range(3))
    verdict = np.full(shape, UNDECIDED, dtype=np.int8)
    members = _members(rows, at, group)
    engine_row = _engine_rows(measured, counties)
    limits = [limit_of(policy, policy.balance.limit, stage).value for stage in COMPULSORY_STAGES]
    for number, resource in enumerate(policy.resources):
        column = rows.indicators[resource.indicator]
        complete = _complete(column, rows, at, group, shape[0]) & (engine_row >= 0)
        done = np.flatnonzero(complete)
        cv[done, number] = measured.balance.indicators[resource.indicator].cv[engine_row[done]]
        verdict[done, number] = _of_complete(measured, counties, resource.indicator, done, cv[done, number], limits)
        cv_lo[done, number] = cv_hi[done, number] = cv[done, number]
        for where in members:
            if not complete[where]:
                sure, unsure = (at[part] for part in members[where])
                judged = _Missing(rows, resource.indicator, measured.exact, sure, unsure).judge(Fraction(limits[where % STAGES]))
                verdict[where, number], cv_lo[where, number], cv_hi[where, number] = judged
    return BalanceColumns(cv, cv_lo, cv_hi, verdict, members)


def _members(rows: Rows, at: Positions, group: Positions) -> dict[int, tuple[Positions, Positions]]:
    order = np.argsort(group, kind="stable")
    starts = np.flatnonzero(np.diff(group[order], prepend=-1))
    out: dict[int, tuple[Positions, Positions]] = {}
    for part in np.split(order, starts[1:]) if len(order) else []:
        counted = rows.included[at[part]]
        sure, unsure = part[counted == 1], part[np.isnan(counted)]
        if len(sure) or len(unsure):
            out[int(group[part[0]])] = (sure, unsure)
    return out


def _engine_rows(measured: Measurements, counties: Counties) -> Positions:
    """By group: the row of the engine's balance, −1 for none."""
    keys = zip(measured.balance.county_code, measured.balance.stage, strict=True)
    found = {(str(code), str(stage)): row for row, (code, stage) in enumerate(keys)}
    return np.array(
        [found.get((code, stage), -1) for code in counties.codes for stage in COMPULSORY_STAGES], dtype=np.intp
    )


def _complete(column: IntervalColumn, rows: Rows, at: Positions, group: Positions, n_groups: int) -> Bools:
    """Groups that have an included school, and in which nothing that counts is missing."""
    counted = rows.included[at]
    known = (column.num_lo[at] == column.num_hi[at]) & (column.den_lo[at] == column.den_hi[at]) & (column.den_lo[at] > 0)
    open_rows = np.isnan(counted) | ((counted == 1) & ~known)
    missing = np.bincount(group, weights=open_rows, minlength=n_groups)
    included = np.bincount(group, weights=counted == 1, minlength=n_groups)
    complete: Bools = (missing == 0) & (included > 0)
    return complete


def _of_complete(
    measured: Measurements, counties: Counties, indicator: str, groups: Positions, cv: Floats, limits: Sequence[Decimal]
) -> Three:
    limit = np.array([float(each) for each in limits])[groups % STAGES]
    out = np.where(cv <= limit, PASS, FAIL).astype(np.int8)
    out[np.isnan(cv)] = FAIL
    for row in np.flatnonzero(np.abs(cv - limit) <= NEAR * limit):
        code, stage = counties.codes[groups[row] // STAGES], COMPULSORY_STAGES[groups[row] % STAGES]
        squared = measured.exact.cv_squared(code, stage, indicator)
        exact_limit = Fraction(limits[groups[row] % STAGES])
        out[row] = PASS if squared is not None and squared <= exact_limit**2 else FAIL
    return out


@dataclass(frozen=True)
class _Missing:
    """One indicator of one county and stage, in which something is missing."""

    rows: Rows
    indicator: str
    exact: ExactSource
    sure: Positions
    unsure: Positions

    def judge(self, limit: Fraction) -> tuple[np.int8, float, float]:
        """Verdict and bounds of CV (nan where not known)."""
        if len(self.unsure) > MAX_UNSURE:
            return UNDECIDED, np.nan, np.nan
        outcomes = []
        for chosen in product((False, True), repeat=len(self.unsure)):
            where = np.concatenate([self.sure, self.unsure[list(chosen)]]) if chosen else self.sure
            outcomes.append(self._of(where, limit))
        verdicts = {outcome[0] for outcome in outcomes}
        return (
            outcomes[0][0] if len(verdicts) == 1 else UNDECIDED,
            float(min(outcome[1] for outcome in outcomes)),
            float(max(outcome[2] for outcome in outcomes)),
        )

    def _of(self, where: Positions, limit: Fraction) -> tuple[np.int8, float, float]:
        column = self.rows.indicators[self.indicator]
        den, lo, hi = column.den_lo[where], column.num_lo[where], column.num_hi[where]
        if not len(where) or (den != column.den_hi[where]).any() or (den <= 0).any():
            return UNDECIDED, np.nan, np.nan
        bottom, top = least(den, lo, hi), greatest(den, lo, hi)
        square = float(limit) ** 2
        if _near(bottom, square) or _near(top, square):
            exact = exact_numbers(self.exact, self.rows.grain, self.indicator, where)
            verdict = spread_verdict(least(*exact), greatest(*exact), limit**2)
        else:
            verdict = spread_verdict(bottom, top, square)
        return verdict, _root(bottom, np.nan), _root(top, np.inf)


def spread_verdict(bottom: Bound, top: Bound, square: float | Fraction) -> np.int8:
    """Verdict from the bounds of CV² and the squared limit."""
    if top.value is not None and top.value <= square:
        return PASS
    if bottom.value is None or bottom.value > square or (bottom.value == square and not bottom.attained):
        return FAIL
    return UNDECIDED


def exact_numbers(exact: ExactSource, grain: str, indicator: str, where: Positions) -> tuple[Numbers, Numbers, Numbers]:
    """Denominators and both ends of the numerators in fractions; infinite ends as float infinities."""
    intervals = [exact.interval(grain, int(row), indicator) for row in where]
    columns = (
        [each.den_lo for each in intervals],
        [-np.inf if each.num_lo is None else each.num_lo for each in intervals],
        [np.inf if each.num_hi is None else each.num_hi for each in intervals],
    )
    den, lo, hi = (np.array(column, dtype=object) for column in columns)
    return den, lo, hi


def _near(bound: Bound, square: float) -> bool:
    return bound.value is not None and bool(abs(bound.value - square) <= NEAR * square)


def _root(bound: Bound, nothing: float) -> float:
    return nothing if bound.value is None else float(np.sqrt(max(float(bound.value), 0.0)))


def composite(measured: Measurements, counties: Counties, policy: PolicyInForce, columns: BalanceColumns) -> Three:
    """The arithmetic mean of a group's CVs against the limit (综合差异系数, judged where the policy says so).

    The numerators of different indicators vary independently, so the bounds of the mean are the means of the
    bounds. Close to the limit the mean of the roots is taken again with 60 digits.
    """
    limits = [limit_of(policy, policy.balance.limit, stage).value for stage in COMPULSORY_STAGES]
    out = np.full(len(columns.cv), UNDECIDED, dtype=np.int8)
    lowest, highest = columns.cv_lo.mean(axis=1), columns.cv_hi.mean(axis=1)
    for group in columns.members:
        limit = float(limits[group % STAGES])
        undefined = np.isnan(columns.cv[group]) & (columns.verdict[group] == FAIL) & np.isnan(columns.cv_lo[group])
        if undefined.any() or lowest[group] > limit * (1 + NEAR):
            out[group] = FAIL
        elif highest[group] < limit * (1 - NEAR):
            out[group] = PASS
        elif not np.isnan(columns.cv[group]).any():
            code, stage = counties.codes[group // STAGES], COMPULSORY_STAGES[group % STAGES]
            out[group] = PASS if _exact_mean(measured, code, stage, policy) <= limits[group % STAGES] else FAIL
    return out


def _exact_mean(measured: Measurements, code: str, stage: str, policy: PolicyInForce) -> Decimal:
    squares = [measured.exact.cv_squared(code, stage, each.indicator) or Fraction(0) for each in policy.resources]
    with localcontext(prec=60):
        roots = [(Decimal(each.numerator) / Decimal(each.denominator)).sqrt() for each in squares]
        return sum(roots, Decimal(0)) / len(roots)
