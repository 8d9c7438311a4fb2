"""Everything judged for the counties that one policy governs, as columns, and the county conclusion.

**达标** iff every part passes: a conjunction holds in all completions iff each of its parts does.

**未达标** when some part fails in every completion: then the conjunction does. Could the parts exclude each other though
each by itself can still pass — every missing value must also reach its floor, and the CV must still come down? For
the per-school rule and the CVs they cannot, as long as 1/share − 1 ≤ limit² (share 0.85: CV 0.4201, below 0.45
and 0.50). Take one indicator with per-school limit L and put every missing value at X_j = clip(t, lo_j, hi_j) with
t = max(c, L), c the level of least CV (`spread`). Then X_j ≥ L wherever hi_j ≥ L, and X_j ≥ share·L wherever
hi_j ≥ share·L: every school stands as at its upper corner, where its rule holds. If t = c the CV is at its
minimum, within the limit. If t = L > c: φ(t) = Σ d_j·X_j(t)·(t − X_j(t)) does not fall in t and φ(c) = 0, so φ(L) ≥ 0,
that is E[X²] ≤ L·E[X]; every X_j ≥ share·L; hence CV² + 1 = E[X²]/E[X]² ≤ L/(share·L) = 1/share. So one completion passes
all of them at once, and raising lower ends to the floors could never have failed a county that its parts do
not fail already.

**待定** otherwise. Where one missing number enters two different criteria (a running budget that must be both large and
small) the conclusion may stay open although no completion passes; it is never wrong.
A veto is a part like any other here; that it overrides shows in the order of the reasons.

What was handed in and left out keeps these verdicts open: see `openness`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from junheng.engine.result import Measurements
from junheng.judging.balance import STAGES, BalanceColumns, composite, judge_balance
from junheng.judging.compare import PASS, Three
from junheng.judging.counties import Counties, Positions, stage_numbers
from junheng.judging.criteria import CriterionColumn, judge_criterion
from junheng.judging.openness import at_most_open, open_where
from junheng.judging.schools import SchoolColumns, judge_schools
from junheng.policy.in_force import PolicyInForce


@dataclass(frozen=True)
class JudgedColumns:
    """counties × everything. groups: of each school-stage row, county × 2 + stage. composite: by group, the verdict on
    the mean of the CVs, three-valued, None where the policy judges each CV. stage_verdict: by group."""

    policy: PolicyInForce
    counties: Counties
    groups: Positions
    schools: SchoolColumns
    balance: BalanceColumns
    composite: Three | None
    criteria: tuple[CriterionColumn, ...]
    stage_verdict: Three
    verdict: Three


def judge_columns(measured: Measurements, counties: Counties, policy: PolicyInForce) -> JudgedColumns:
    """Judge everything for the given counties."""
    of = counties.school_stage
    groups = of.county * STAGES + stage_numbers(of.rows.stage[of.at])
    schools = judge_schools(of.rows, of.at, measured.exact, policy)
    balance = judge_balance(measured, counties, policy)
    open_stages = np.repeat(counties.open.schools, STAGES)
    if counties.open.left_out:
        schools = replace(schools, verdict=open_where(schools.verdict, counties.open.doubted(of.rows, of.at, of.county)))
        balance = balance.opened(open_stages)
    mean = composite(measured, counties, policy, balance) if policy.balance.judge == "mean" else None
    by_school = np.full(len(counties.codes) * STAGES, PASS, dtype=np.int8)
    np.minimum.at(by_school, groups, schools.verdict)
    spread = mean if mean is not None else np.minimum.reduce(balance.verdict, axis=1, initial=PASS)
    stage_verdict = at_most_open(np.minimum(by_school, spread), open_stages)
    criteria = tuple(judge_criterion(each, measured, counties, policy) for each in policy.criteria)
    verdict = np.minimum.reduce([*stage_verdict.reshape(-1, STAGES).T, *(each.conclusion for each in criteria)])
    return JudgedColumns(policy, counties, groups, schools, balance, mean, criteria, stage_verdict, verdict)
