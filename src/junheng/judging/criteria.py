"""One interpreter for every criterion of the policy: its countable demands, and what people must judge."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from junheng.engine.result import Floats, Measurements
from junheng.judging.compare import FAIL, PASS, UNDECIDED, Bools, Three
from junheng.judging.counties import Counties
from junheng.judging.demands import DemandColumn, judge_demand
from junheng.policy.in_force import Criterion, Demand, PolicyInForce, Scope

BESIDE: Mapping[str, str] = {"retention": "retention_b"}
"""Indicator judged → indicator of the other formula in use, shown beside it and never judged (rules.md §8.1)."""


@dataclass(frozen=True)
class CriterionColumn:
    """A criterion over the counties. countable: None without demands. asked: counties × evidence lines, whether a line
    is still wanted there. judged: counties, what the 评定表 says (UNDECIDED = nothing)."""

    criterion: Criterion
    demands: tuple[DemandColumn, ...]
    beside: tuple[DemandColumn, ...]
    countable: Three | None
    asked: Bools
    judged: Three

    @property
    def evidence(self) -> Three:
        """What the evidence amounts to: PASS where none is wanted and none was given."""
        unjudged = np.where(self.asked.any(axis=1) | (self.countable is None), UNDECIDED, PASS)
        out: Three = np.where(self.judged != UNDECIDED, self.judged, unjudged).astype(np.int8)
        return out

    @property
    def verdict(self) -> Three:
        """The countable part; the evidence where there is none."""
        return self.evidence if self.countable is None else self.countable

    @property
    def conclusion(self) -> Three:
        """What the county needs: both."""
        return np.minimum(self.verdict, self.evidence)


def judge_criterion(criterion: Criterion, measured: Measurements, counties: Counties, policy: PolicyInForce) -> CriterionColumn:
    """Judge one criterion for every county."""
    demands = tuple(judge_demand(demand, counties, policy, measured.exact) for demand in criterion.demands)
    others = [
        Demand(BESIDE[demand.indicator], demand.scope, demand.compare, demand.limit, demand.stage, demand.when_empty)
        for demand in criterion.demands if demand.indicator in BESIDE
    ]  # fmt: skip
    beside = tuple(judge_demand(demand, counties, policy, measured.exact) for demand in others)
    countable = np.minimum.reduce([each.held for each in demands]) if demands else None
    outcomes = {True: PASS, False: FAIL, None: UNDECIDED}
    judged = np.array([outcomes[measured.judgements.get((code, criterion.id))] for code in counties.codes], dtype=np.int8)
    return CriterionColumn(criterion, demands, tuple(each for each in beside if each.of is not None), countable,
                           _asked(criterion, counties), judged)  # fmt: skip


def _asked(criterion: Criterion, counties: Counties) -> Bools:
    asked = np.ones((len(counties.codes), len(criterion.evidence)), dtype=bool)
    for line, indicator in enumerate(criterion.evidence_unless[: len(criterion.evidence)]):
        of = counties.holding(indicator) if indicator else None
        if of is None or of.rows.grain != "county":
            continue
        figures = of.rows.indicators[indicator]
        reported = (figures.num_lo == figures.num_hi) & (figures.den_lo == figures.den_hi)
        asked[of.county[reported[of.at]], line] = False
    return asked


def county_value(column: CriterionColumn, county: int) -> float | None:
    """The ratio of the first demand, as a fraction: only of whole-county figures, and not where the criterion bundles
    many figures (监测科目, 一票否决)."""
    if not column.demands or len(column.demands) > 2:
        return None
    first = column.demands[0]
    return county_ratio(first, county)[0] if first.demand.scope in (Scope.COUNTY, Scope.COUNTY_TOTAL) else None


def county_ratio(column: DemandColumn, county: int) -> tuple[float | None, float | None, float | None]:
    """(ratio, numerator, denominator) of a county's figure or sum; None where something is missing or was left out, or
    out of scope."""
    if column.opened[county]:
        return None, None, None
    here = (column.county == county) & (column.figures.member != 0)
    figures = column.figures
    num = _total(figures.num_lo[here], figures.num_hi[here], figures.member[here])
    den = _total(figures.den_lo[here], figures.den_hi[here], figures.member[here])
    return (num / den if num is not None and den else None), num, den


def _total(lo: Floats, hi: Floats, member: Floats) -> float | None:
    if not len(lo) or np.isnan(member).any() or (lo != hi).any():
        return None
    return float(lo.sum())
