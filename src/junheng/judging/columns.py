"""Everything judged for the counties that one policy governs, as columns, and the county conclusion.

**达标** iff every part passes: a conjunction holds in all completions iff each of its parts does.

**未达标** when some part fails in every completion — and also by a joint argument. In a completion that passes, every
counted school satisfies the per-school rule, so every value, the missing ones too, reaches at least its floor
(`floor_share` of the limit). If the CV exceeds its limit even at its least over those completions, no completion
passes both, though each part by itself might. The bound is `spread.least` on the box whose lower ends are raised to
the floors; it holds for any subset of what a passing completion needs, so the argument is sound (it does not
claim to find every such contradiction).

**待定** otherwise. A veto is a part like any other here; that it overrides shows in the order of the reasons.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from junheng.common.stages import COMPULSORY_STAGES
from junheng.engine.result import Measurements
from junheng.judging.balance import STAGES, BalanceColumns, composite, judge_balance
from junheng.judging.compare import FAIL, NEAR, PASS, UNDECIDED, Bools, Three
from junheng.judging.counties import Counties, Positions, select, stage_numbers
from junheng.judging.criteria import CriterionColumn, judge_criterion
from junheng.judging.limits import limit_of
from junheng.judging.schools import SchoolColumns, judge_schools
from junheng.judging.spread import least
from junheng.policy.in_force import PolicyInForce


@dataclass(frozen=True)
class JudgedColumns:
    """counties × everything. groups: of each school-stage row, county × 2 + stage. composite: by group, the mean of
    the CVs (nan where one is missing) and its verdict, None where the policy judges each CV. stage_verdict: by group.
    hopeless: by group, the joint argument applies."""

    policy: PolicyInForce
    counties: Counties
    groups: Positions
    schools: SchoolColumns
    balance: BalanceColumns
    composite: Three | None
    criteria: tuple[CriterionColumn, ...]
    hopeless: Three
    stage_verdict: Three
    verdict: Three


def judge_columns(measured: Measurements, codes: tuple[str, ...], policy: PolicyInForce) -> JudgedColumns:
    """Judge everything for the given counties."""
    counties = select(measured, codes)
    of = counties.school_stage
    groups = of.county * STAGES + stage_numbers(of.rows.stage[of.at])
    schools = judge_schools(of.rows, of.at, measured.exact, policy)
    balance = judge_balance(measured, counties, policy)
    mean = composite(measured, counties, policy, balance) if policy.balance.judge == "mean" else None
    by_school = np.full(len(codes) * STAGES, PASS, dtype=np.int8)
    np.minimum.at(by_school, groups, schools.verdict)
    spread = mean if mean is not None else np.minimum.reduce(balance.verdict, axis=1, initial=PASS)
    stage_verdict = np.minimum(by_school, spread).astype(np.int8)
    hopeless = _hopeless(policy, counties, schools, balance, (stage_verdict == UNDECIDED) & (mean is None))
    stage_verdict = np.minimum(stage_verdict, hopeless)
    criteria = tuple(judge_criterion(each, measured, counties, policy) for each in policy.criteria)
    verdict = np.minimum.reduce([*stage_verdict.reshape(-1, STAGES).T, *(each.conclusion for each in criteria)])
    return JudgedColumns(policy, counties, groups, schools, balance, mean, criteria, hopeless, stage_verdict, verdict)


def _hopeless(
    policy: PolicyInForce, counties: Counties, schools: SchoolColumns, balance: BalanceColumns, open_groups: Bools
) -> Three:
    """FAIL for groups in which no completion satisfies both the per-school rule and the limits of the CVs, else PASS."""
    out = np.full(len(open_groups), PASS, dtype=np.int8)
    of = counties.school_stage
    for number, indicator in enumerate(schools.indicators):
        column = of.rows.indicators[indicator]
        at_resource = next(place for place, each in enumerate(policy.resources) if each.indicator == indicator)
        floors = schools.floors[number]
        floor = np.array([float(cited.value) for cited in floors.table])
        for group in np.flatnonzero(open_groups & (balance.verdict[:, at_resource] == UNDECIDED)):
            if int(group) not in balance.members:
                continue
            rows, unsure = balance.members[int(group)]
            where = of.at[rows]
            den = column.den_lo[where]
            if len(unsure) or not len(rows) or (den != column.den_hi[where]).any() or (den <= 0).any():
                continue
            lo, hi = np.maximum(column.num_lo[where], floor[floors.lenient[rows]] * den), column.num_hi[where]
            if (lo > hi).any():
                continue
            limit = float(limit_of(policy, policy.balance.limit, COMPULSORY_STAGES[group % STAGES]).value)
            bound = least(den, lo, hi)
            if bound.value is not None and bound.value > limit**2 * (1 + NEAR):
                out[group] = FAIL
    return out
