"""From measurements to verdicts: cheap columns for a province, everything about one county when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from junheng.common.findings import Finding
from junheng.common.stages import COMPULSORY_STAGES
from junheng.engine.result import Measurements
from junheng.intake.unassessed import Unassessed
from junheng.judging.balance_detail import stage_verdict
from junheng.judging.columns import JudgedColumns, judge_columns
from junheng.judging.compare import verdict_of
from junheng.judging.counties import Located
from junheng.judging.criterion_detail import criterion_verdict, school_key
from junheng.judging.reasons import reasons_for
from junheng.judging.remarks import exception_lines, unverified_values, warnings_of
from junheng.judging.result import CountyVerdict, Excluded, Verdict
from junheng.policy.in_force import PolicyInForce

PolicyFor = Callable[[str], PolicyInForce]


def judge(measured: Measurements, policy_for: PolicyFor, unassessed: Mapping[str, Unassessed] | None = None) -> Judgement:
    """Judge every county that appears in the measurements, each under its own policy.

    unassessed: county code → what was handed in and is not among the measurements (`intake.unassessed`).
    Counties whose policies share all that is in force are judged together (`policy.resolve_many` shares it).
    """
    groups: dict[tuple[object, ...], list[str]] = {}
    policies: dict[tuple[object, ...], PolicyInForce] = {}
    located = Located(measured)
    for code in located.codes:
        policy = policy_for(code)
        key = (policy.id, policy.as_of, policy.overlays, id(policy.limits), id(policy.criteria), id(policy.exceptions))
        groups.setdefault(key, []).append(code)
        policies.setdefault(key, policy)
    return Judgement(
        measured, tuple(judge_columns(measured, located.select(tuple(codes), unassessed or {}), policies[key]) for key, codes in groups.items())
    )


@dataclass(frozen=True)
class Judgement:
    """The verdicts of one set of measurements. columns: one entry per group of counties under the same policy."""

    measured: Measurements
    columns: tuple[JudgedColumns, ...]

    @cached_property
    def _places(self) -> Mapping[str, tuple[JudgedColumns, int]]:
        return {code: (each, at) for each in self.columns for at, code in enumerate(each.counties.codes)}

    @property
    def county_codes(self) -> tuple[str, ...]:
        return tuple(sorted(self._places))

    def place(self, county_code: str) -> tuple[JudgedColumns, int]:
        """The columns a county was judged in, and its position there; KeyError for one that was not measured."""
        return self._places[county_code]

    def policy(self, county_code: str) -> PolicyInForce:
        """The policy a county was judged under."""
        return self._places[county_code][0].policy

    def verdicts(self) -> dict[str, Verdict]:
        """Every county's conclusion."""
        return {code: verdict_of(each.verdict[at]) for code, (each, at) in sorted(self._places.items())}

    def county(self, county_code: str) -> CountyVerdict:
        """Everything about one county; KeyError for one that was not measured."""
        judged, at = self._places[county_code]
        stages = {str(stage): stage_verdict(self.measured, judged, at, stage) for stage in COMPULSORY_STAGES}
        criteria = {each.criterion.id: criterion_verdict(self.measured, judged, each, at) for each in judged.criteria}
        policy, names = judged.policy, self._school_names(county_code)
        left_out = judged.counties.open.left_out.get(at)
        unassessed = left_out.places if left_out else ()
        return CountyVerdict(
            county_code=county_code,
            county_name=self.measured.county_names.get(county_code, ""),
            school_year=self.measured.school_year,
            policy_id=policy.id,
            as_of=policy.as_of.isoformat(),
            release=self.measured.releases.get(county_code, ""),
            engine=self.measured.engine,
            verdict=verdict_of(judged.verdict[at]),
            stages=stages,
            criteria=criteria,
            excluded=self._excluded(county_code),
            reasons=reasons_for(stages, criteria, names, unassessed),
            unverified=unverified_values(policy, stages, criteria),
            exceptions=exception_lines(policy, stages, criteria, names),
            unassessed=unassessed,
        )

    def findings(self, county_code: str) -> tuple[Finding, ...]:
        """The warnings that only judging can give: contradicted exceptions, a CV over 1, formulas that disagree."""
        judged, at = self._places[county_code]
        return tuple(warnings_of(self.measured, judged, at))

    def _school_names(self, county_code: str) -> dict[str, str]:
        """School key → name with the campus."""
        out: dict[str, str] = {}
        for rows in (self.measured.school_stage, self.measured.school):
            for at in np.flatnonzero(rows.county_code == county_code):
                name, campus = str(rows.school_name[at] or rows.school_code[at]), rows.campus[at]
                out[school_key(rows.school_code[at], campus)] = f"{name}（{campus}）" if campus else name
        return out

    def _excluded(self, county_code: str) -> tuple[Excluded, ...]:
        rows = self.measured.school_stage
        out = {
            (str(rows.school_code[at]), str(rows.campus[at] or "")): Excluded(
                str(rows.school_code[at]), str(rows.campus[at] or ""), str(rows.school_name[at] or ""), str(rows.exclusion[at] or "")
            )
            for at in np.flatnonzero((rows.county_code == county_code) & (rows.included == 0))
        }
        return tuple(out[key] for key in sorted(out))
