"""Cities and the province: how many counties pass, how far apart they are, and where the plan's targets stand.

省级评估验收 and 国家认定 are decisions of people and are kept apart. Where no decisions are recorded, the counties that
pass the measurement stand in for the accepted ones, and every text says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

import numpy as np

from junheng.common.divisions import COUNTIES, PROVINCE_CODE, name_of
from junheng.common.stages import COMPULSORY_STAGES
from junheng.engine.inequality import Inequality, between_counties
from junheng.judging.county import Judgement
from junheng.judging.result import Verdict
from junheng.policy.in_force import Target

ACCEPTANCE = "county_acceptance_share"
"""The metric of targets that count counties by 省级评估验收."""


class Basis(StrEnum):
    """What a target was counted by."""

    ACCEPTANCE = "省级评估验收"
    MEASURED = "测算达标（不等于省级评估验收）"


@dataclass(frozen=True)
class Status:
    """What was decided about a county. None = no decision recorded."""

    provincial_acceptance: bool | None = None
    national_recognition: bool | None = None


@dataclass(frozen=True)
class AreaVerdict:
    """A city or the province. counties: codes by measured conclusion. accepted, recognised: codes with a recorded
    省级评估验收 / 国家认定. between: stage → resource code → inequality between the counties, for reference."""

    code: str
    name: str
    counties: Mapping[Verdict, tuple[str, ...]]
    accepted: tuple[str, ...]
    recognised: tuple[str, ...]
    between: Mapping[str, Mapping[str, Inequality]]

    @property
    def total(self) -> int:
        """Counties measured."""
        return sum(map(len, self.counties.values()))


@dataclass(frozen=True)
class TargetVerdict:
    """A target that counts counties. counted: how many stand for it; open: how many still may; needed: the least
    number that reaches it. text: one Chinese sentence with the count and the basis."""

    target: Target
    basis: Basis
    counted: int
    open: int
    total: int
    needed: int
    verdict: Verdict
    text: str


def areas(judgement: Judgement, statuses: Mapping[str, Status] | None = None) -> dict[str, AreaVerdict]:
    """The province first, then every city that has a measured county, by code."""
    codes = judgement.county_codes
    provinces = sorted({code[:2] + "0000" for code in codes})
    cities = sorted({code[:4] + "00" for code in codes})
    verdicts = judgement.verdicts()
    return {code: _area(judgement, code, verdicts, statuses or {}) for code in (*provinces, *cities)}


def _area(judgement: Judgement, code: str, verdicts: Mapping[str, Verdict], statuses: Mapping[str, Status]) -> AreaVerdict:
    prefix = code[:2] if code.endswith("0000") else code[:4]
    inside = {county: verdict for county, verdict in verdicts.items() if county.startswith(prefix)}
    recorded = {county: status for county, status in statuses.items() if county.startswith(prefix)}
    return AreaVerdict(
        code=code,
        name=name_of(code) or code,
        counties={each: tuple(c for c, verdict in inside.items() if verdict is each) for each in Verdict},
        accepted=tuple(sorted(c for c, status in recorded.items() if status.provincial_acceptance)),
        recognised=tuple(sorted(c for c, status in recorded.items() if status.national_recognition)),
        between=_between(judgement, prefix, next(iter(inside))),
    )


def _between(judgement: Judgement, prefix: str, a_county: str) -> dict[str, dict[str, Inequality]]:
    balance = judgement.measured.balance
    here = {stage for stage, code in zip(balance.stage, balance.county_code, strict=True) if str(code).startswith(prefix)}
    return {
        str(stage): {
            each.code: between_counties(balance, each.indicator, stage, codes=prefix)
            for each in judgement.policy(a_county).resources
            if each.indicator in balance.indicators and not np.isnan(balance.indicators[each.indicator].mean).all()
        }
        for stage in COMPULSORY_STAGES
        if stage in here
    }


def judge_targets(
    targets: Sequence[Target], judgement: Judgement, statuses: Mapping[str, Status] | None = None,
    all_counties: Sequence[str] | None = None,
) -> tuple[TargetVerdict, ...]:  # fmt: skip
    """`count_targets` of what was measured."""
    return count_targets(targets, judgement.verdicts(), statuses, all_counties)


def count_targets(
    targets: Sequence[Target], verdicts: Mapping[str, Verdict], statuses: Mapping[str, Status] | None = None,
    all_counties: Sequence[str] | None = None,
) -> tuple[TargetVerdict, ...]:  # fmt: skip
    """The targets that count counties. all_counties: the units that count; None = the province's divisions and every
    county measured. A county without a conclusion (or, with statuses, without a decision) may still turn out either way."""
    units = set(all_counties) if all_counties is not None else _units(verdicts)
    if statuses is not None:
        basis, yes = Basis.ACCEPTANCE, {c for c, status in statuses.items() if status.provincial_acceptance}
        no = {c for c, status in statuses.items() if status.provincial_acceptance is False}
    else:
        basis, yes = Basis.MEASURED, {c for c, verdict in verdicts.items() if verdict is Verdict.PASS}
        no = {c for c, verdict in verdicts.items() if verdict is Verdict.FAIL}
    counted, remaining = len(yes & units), len(units - yes - no)
    return tuple(
        _target(each, basis, counted, remaining, len(units)) for each in targets if each.metric == ACCEPTANCE and each.value
    )


def _units(verdicts: Mapping[str, Verdict]) -> set[str]:
    listed = set(COUNTIES) if any(code.startswith(PROVINCE_CODE[:2]) for code in verdicts) else set()
    return listed | set(verdicts)


def _target(target: Target, basis: Basis, counted: int, remaining: int, total: int) -> TargetVerdict:
    """"50% 以上" includes the 50% itself."""
    assert target.value is not None
    share = Fraction(target.value.value)
    needed = -(-share.numerator * total // share.denominator)
    if counted >= needed and total:
        verdict = Verdict.PASS
    else:
        verdict = Verdict.FAIL if counted + remaining < needed else Verdict.INSUFFICIENT
    waiting = f"，{remaining} 个尚无结论" if remaining else ""
    text = f"{total} 个县（市、区）中 {counted} 个{basis}{waiting}；目标不少于 {needed} 个：{verdict.label}。"
    return TargetVerdict(target, basis, counted, remaining, total, needed, verdict, text)
