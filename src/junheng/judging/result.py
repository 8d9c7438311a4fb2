"""Verdicts and what stands behind them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from junheng.policy.in_force import Cited


class Verdict(StrEnum):
    PASS = "pass"
    FAIL = "fail"
    INSUFFICIENT = "insufficient"

    @property
    def label(self) -> str:
        """达标, 未达标 or 待定."""
        return {"pass": "达标", "fail": "未达标", "insufficient": "待定"}[self.value]


@dataclass(frozen=True)
class Gap:
    """还差: the smallest whole-school addition that reaches the limit, and the one that reaches the 85 % line.

    amount, amount_to_floor: in `unit`; people and rooms rounded up to whole ones, areas and money not.
    0 when that line is already reached. what: Chinese noun ("体育艺术教师", "教学及辅助用房").
    """

    what: str
    unit: str
    amount: float
    amount_to_floor: float


@dataclass(frozen=True)
class IndicatorVerdict:
    """One resource indicator of one school stage.

    value: None when something is missing; lo, hi: its bounds then (hi may be inf). margin: (value − limit) / limit.
    met: reaches the limit; near: reaches the 85 % line but not the limit; None = cannot be told.
    exception: id of the exception it was measured under, "" if none; by_exception: reaches its limit only under it.
    converted: 学段折算 was used.
    """

    code: str
    indicator: str
    value: float | None
    lo: float
    hi: float
    limit: Cited
    floor: float
    met: bool | None
    near: bool | None
    margin: float | None
    gap: Gap | None
    exception: str = ""
    converted: bool = False
    by_exception: bool = False


@dataclass(frozen=True)
class SchoolVerdict:
    """One school's stage under the per-school rule. binding: code of the indicator with the worst margin."""

    county_code: str
    code: str
    campus: str
    name: str
    stage: str
    students: int | None
    indicators: tuple[IndicatorVerdict, ...]
    verdict: Verdict
    binding: str


@dataclass(frozen=True)
class Influence:
    """影响校: what one school alone does to a CV: brought to its limit (补齐法), or left out (剔除法)."""

    code: str
    campus: str
    name: str
    cv_if_brought_to_limit: float | None
    cv_if_left_out: float | None
    flips_if_brought_to_limit: bool
    flips_if_left_out: bool


@dataclass(frozen=True)
class BalanceVerdict:
    """One indicator's CV in a county and stage. cv_lo, cv_hi: bounds over every completion of what is missing."""

    code: str
    indicator: str
    mean: float | None
    sd: float | None
    cv: float | None
    cv_lo: float | None
    cv_hi: float | None
    known_cv: float | None
    limit: Cited
    verdict: Verdict
    margin: float | None
    n: int
    influence: tuple[Influence, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class DemandVerdict:
    """One countable demand of a criterion. value: the ratio (fractions, not percent), None when missing or not a ratio.
    open: something handed in was left out that it may turn on. met: of a demand on each school, those that meet it by
    themselves, whatever the others do; None: no such demand."""

    indicator: str
    stage: str
    value: float | None
    numerator: float | None
    denominator: float | None
    limit: Cited | None
    compare: str
    verdict: Verdict
    failing: tuple[str, ...] = ()
    undecided: tuple[str, ...] = ()
    met: tuple[str, ...] | None = None
    by_exception: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    gap: Gap | None = None
    open: bool = False


@dataclass(frozen=True)
class Evidence:
    """What people judged. needed: what no number shows; verdict: from the 评定表, insufficient when absent."""

    needed: tuple[str, ...]
    verdict: Verdict


@dataclass(frozen=True)
class CriterionVerdict:
    """One criterion of a county. verdict: its countable part (its evidence where it has none);
    conclusion: both together, which is what the county needs."""

    id: str
    group: str
    number: int
    title: str
    clause: str
    value: float | None
    failing: tuple[str, ...]
    verdict: Verdict
    evidence: Evidence | None
    conclusion: Verdict
    demands: tuple[DemandVerdict, ...] = ()
    unverified: tuple[str, ...] = ()


@dataclass(frozen=True)
class StageVerdict:
    """A stage of a county: its balance, its schools, and whether all of it passes. composite_cv: for reference,
    or judged where the policy judges the mean."""

    stage: str
    balance: tuple[BalanceVerdict, ...]
    composite_cv: float | None
    composite_verdict: Verdict | None
    schools: tuple[SchoolVerdict, ...]
    verdict: Verdict


@dataclass(frozen=True)
class Excluded:
    code: str
    campus: str
    name: str
    reason: str


@dataclass(frozen=True)
class CountyVerdict:
    """The county's conclusion and everything it rests on.

    reasons: Chinese lines, the ones that decide first. unverified: reasons of every 待核 value that was used.
    exceptions: lines "依例外达标…" with the schools they concern. unassessed: places of what was handed in but left out;
    with any, no CV is known, and the conclusion is never 达标.
    """

    county_code: str
    county_name: str
    school_year: int
    policy_id: str
    as_of: str
    release: str
    engine: str
    verdict: Verdict
    stages: Mapping[str, StageVerdict]
    criteria: Mapping[str, CriterionVerdict]
    excluded: tuple[Excluded, ...]
    reasons: tuple[str, ...] = ()
    unverified: tuple[str, ...] = ()
    exceptions: tuple[str, ...] = ()
    unassessed: tuple[str, ...] = ()
