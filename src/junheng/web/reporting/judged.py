"""Measure and judge one county: the same steps as `junheng assess`, on figures in memory or on a frozen release."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from junheng.common.findings import Finding
from junheng.common.school_years import as_of_date
from junheng.engine.measure import Source, measure
from junheng.intake.model import Facts, SourceFile, sorted_findings
from junheng.intake.unassessed import unassessed
from junheng.judging.county import Judgement, judge
from junheng.judging.result import CountyVerdict
from junheng.policy import resolve_many
from junheng.policy.in_force import PolicyInForce
from junheng.reports.context import CountyReport
from junheng.reports.further_measures import county_measures
from junheng.reports.result_json import result_document

ENGINE = "duckdb"


@dataclass(frozen=True)
class Judged:
    """A county's verdict and what stands behind it. findings: of reading, of the rules and of judging."""

    judgement: Judgement
    verdict: CountyVerdict
    facts: Facts
    findings: Sequence[Finding]
    policy: PolicyInForce

    @property
    def result(self) -> dict[str, Any]:
        """result.json."""
        return result_document(self.verdict, self.findings)

    @property
    def further(self) -> Mapping[str, Any]:
        return county_measures(self.judgement.measured, self.facts, self.policy, self.verdict.county_code)

    def report(self) -> CountyReport:
        """What the documents are made from."""
        return CountyReport(self.verdict, self.facts, self.findings, self.policy, self.further)


def policy_of(pack: str, county: str, school_year: int) -> Mapping[str, PolicyInForce]:
    return resolve_many(pack, (county,), as_of_date(school_year))


def as_of(school_year: int) -> date:
    return as_of_date(school_year)


def judged(
    source: Source, facts: Facts, county: str, pack: str, *, findings: Sequence[Finding] = (), sources: Sequence[SourceFile] = (),
    release: str = "",
) -> Judged:  # fmt: skip
    """source: what is measured, `facts` or the folder of the release that holds them; release: its hash, "" for none."""
    policies = policy_of(pack, county, facts.school_year)
    measured = measure(source, policies, facts.school_year, ENGINE, {county: release})
    left_out = unassessed(findings, sources)
    judgement = judge(measured, policies.__getitem__, {county: left_out} if left_out else {})
    found = [_placed(each, facts, county) for each in judgement.findings(county)]
    return Judged(judgement, judgement.county(county), facts, sorted_findings([*findings, *found]), policies[county])


def _placed(found: Finding, facts: Facts, county: str) -> Finding:
    """Judging knows which school's which line it speaks of; here the cell is known too."""
    if not found.school_code:
        return found
    return replace(found, place=facts.place_of("school", (county, found.school_code, found.campus, ""), found.field))
