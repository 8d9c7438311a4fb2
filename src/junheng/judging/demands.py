"""One countable demand over the counties: each school by itself, sums over a county, or the county's own figure.

Sums are judged by slack. Σ num ≥ c·Σ den holds iff Σ(num − c·den) ≥ 0, and each school's slack ranges over
[num_lo − c·den_hi, num_hi − c·den_lo]; a school that may lie outside the scope adds the hull of that and 0. The
ends of the sum are the sums of the ends, because schools vary independently, so the verdict follows from two numbers.
A denominator of 0 means what the demand says (`when_empty`). Where schools may be missing: `openness`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from junheng.engine.result import ExactSource, Floats, IntervalColumn
from junheng.judging.compare import (
    FAIL,
    NEAR,
    PASS,
    UNDECIDED,
    Bools,
    RowLimits,
    Three,
    compare,
    is_whole,
    three_of,
)
from junheng.judging.counties import Counties, Positions, RowsOf
from junheng.judging.limits import limit_of, row_limits
from junheng.judging.openness import at_most_open, open_where
from junheng.judging.schools import exact_rows, if_counted, taken
from junheng.policy.in_force import Compare, Demand, PolicyInForce, Scope, WhenEmpty

_EXACT = 2.0**53


@dataclass(frozen=True)
class DemandColumn:
    """A demand's verdicts. of: the rows of its grain, None when its indicator was not measured; at, county: the rows
    it speaks of, as in RowsOf; figures: their intervals; limits and by_row: each row's own limit and verdict
    (for sums: whether the row itself holds it); verdict: by county; opened: by county, it may turn on what was left out."""

    demand: Demand
    of: RowsOf | None
    at: Positions
    county: Positions
    figures: IntervalColumn
    limits: RowLimits
    by_row: Three
    verdict: Three
    opened: Bools

    @property
    def held(self) -> Three:
        """The verdict as the criterion takes it: an absent figure does not hold back a when_reported demand."""
        if not self.demand.when_reported:
            return self.verdict
        out: Three = np.where((self.verdict == UNDECIDED) & ~self.opened, PASS, self.verdict).astype(np.int8)
        return out


def judge_demand(demand: Demand, counties: Counties, policy: PolicyInForce, exact: ExactSource) -> DemandColumn:
    """Judge one demand for every county."""
    of = counties.holding(demand.indicator)
    none = np.zeros(0, dtype=np.intp)
    opened = counties.open.county_form if demand.scope is Scope.COUNTY else counties.open.schools
    limit = limit_of(policy, demand.limit, demand.stage) if demand.scope in (Scope.COUNTY, Scope.COUNTY_TOTAL) else None
    if of is None:
        empty = IntervalColumn(*(np.zeros(0) for _ in range(5)))
        limits = RowLimits((limit,) if limit else (), none, none)
        undecided = np.full(len(counties.codes), UNDECIDED, dtype=np.int8)
        return DemandColumn(demand, None, none, none, empty, limits, np.zeros(0, dtype=np.int8), undecided, opened)
    at, county = _rows_spoken_of(demand, of)
    figures = taken(of.rows.indicators[demand.indicator], at)
    again = exact_rows(exact, of.rows.grain, demand.indicator, at)
    if limit is None:
        keys = of.rows.stage[at] if of.rows.grain == "school_stage" else of.rows.school_form[at]
        exceptions = {name: column[at] for name, column in of.rows.exceptions.items()}
        limits = row_limits(policy, demand.limit, keys, exceptions, demand.compare, stage=demand.stage)
    else:
        limits = RowLimits.uniform(limit, len(at))
    by_row = if_counted(_unless_empty(compare(figures, demand.compare, limits, again), demand, figures.den_lo, figures.den_hi),
                        figures.member)  # fmt: skip
    by_row = open_where(by_row, counties.open.doubted(of.rows, at, county))
    if demand.scope is Scope.COUNTY_TOTAL:
        verdict = _of_sums(demand, figures, limits, county, len(counties.codes), again)
        verdict[~counties.has_schools | opened] = UNDECIDED
    else:
        verdict = at_most_open(counties.all_of(by_row, county), opened)
        present = np.bincount(county, minlength=len(counties.codes)) > 0
        verdict[~(present if demand.scope is Scope.COUNTY else counties.has_schools)] = UNDECIDED
    return DemandColumn(demand, of, at, county, figures, limits, by_row, verdict, opened)


def _rows_spoken_of(demand: Demand, of: RowsOf) -> tuple[Positions, Positions]:
    if not demand.stage or of.rows.grain != "school_stage":
        return of.at, of.county
    here = of.rows.stage[of.at] == demand.stage
    return of.at[here], of.county[here]


def _unless_empty(verdict: Three, demand: Demand, den_lo: Floats, den_hi: Floats) -> Three:
    """A ratio whose denominator is 0 passes or shows nothing, as the demand says; one whose denominator may be 0
    is only decided if it would then come out the same."""
    empty, maybe_empty = den_hi == 0, den_lo <= 0
    if demand.when_empty is WhenEmpty.NOT_APPLICABLE:
        verdict[maybe_empty & (verdict == FAIL)] = UNDECIDED
        verdict[empty] = PASS
    else:
        verdict[maybe_empty] = UNDECIDED
    return verdict


def _of_sums(
    demand: Demand, figures: IntervalColumn, limits: RowLimits, county: Positions, n: int, again: Callable[[int], object]
) -> Three:
    p, q = limits.table[0].value.as_integer_ratio()
    lowest, highest = _Slack(figures, "lo", county, n, p, q), _Slack(figures, "hi", county, n, p, q)
    low, high = lowest.signs(again), highest.signs(again)
    passes, fails = _decide(demand.compare, low, high)
    maybe, surely = (figures.member != 0), (figures.member == 1)
    den_hi: Floats = np.bincount(county, np.where(maybe, figures.den_hi, 0.0), n).astype(np.float64)
    den_lo: Floats = np.bincount(county, np.where(surely, figures.den_lo, 0.0), n).astype(np.float64)
    return _unless_empty(three_of(passes, fails & ~passes), demand, den_lo, den_hi)


def _decide(how: Compare, low: Three, high: Three) -> tuple[Bools, Bools]:
    if how is Compare.AT_LEAST:
        return low >= 0, high < 0
    if how is Compare.AT_MOST:
        return high <= 0, low > 0
    if how is Compare.LESS_THAN:
        return high < 0, low >= 0
    return (low == 0) & (high == 0), (high < 0) | (low > 0)


class _Slack:
    """One end of every county's Σ(q·num − p·den)."""

    def __init__(self, figures: IntervalColumn, end: str, county: Positions, n: int, p: int, q: int) -> None:
        self.end, self.county, self.n, self.p, self.q = end, county, n, p, q
        num, den = (figures.num_lo, figures.den_hi) if end == "lo" else (figures.num_hi, figures.den_lo)
        left, right = float(q) * num, np.zeros(len(den)) if p == 0 else float(p) * den
        self.unsure, self.outside = np.isnan(figures.member), figures.member == 0
        self.slack = self._within_scope(left - right)
        size = np.where(self.outside, 0.0, np.abs(left) + np.abs(right))
        self.size = np.bincount(county, weights=size, minlength=n)
        whole = self.outside | (is_whole(num) & is_whole(den))
        self.inexact = (np.bincount(county, weights=~whole, minlength=n) > 0) | (self.size >= _EXACT)

    def _within_scope(self, slack: Floats) -> Floats:
        hull = np.minimum(slack, 0.0) if self.end == "lo" else np.maximum(slack, 0.0)
        return np.where(self.outside, 0.0, np.where(self.unsure, hull, slack))

    def signs(self, again: Callable[[int], object]) -> Three:
        total = np.bincount(self.county, weights=self.slack, minlength=self.n)
        out: Three = np.sign(total).astype(np.int8)
        near = np.isfinite(self.size) & (self.size > 0) & (np.abs(total) <= NEAR * self.size) & self.inexact
        for number in np.flatnonzero(near):
            exact = sum((self._exactly(int(row), again) for row in np.flatnonzero(self.county == number)), Fraction(0))
            out[number] = (exact > 0) - (exact < 0)
        return out

    def _exactly(self, row: int, again: Callable[[int], object]) -> Fraction:
        if self.outside[row]:
            return Fraction(0)
        ends = ("num_lo", "den_hi") if self.end == "lo" else ("num_hi", "den_lo")
        num, den = (Fraction(getattr(again(row), end)) for end in ends)
        slack = self.q * num - self.p * den
        if not self.unsure[row]:
            return slack
        return min(slack, Fraction(0)) if self.end == "lo" else max(slack, Fraction(0))
