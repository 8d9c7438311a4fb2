"""A frozen release as the reports see it: measured and judged again, to the last digit."""

from __future__ import annotations

from pathlib import Path

from junheng.common.school_years import as_of_date
from junheng.engine.measure import measure
from junheng.intake.release import open_release
from junheng.judging.county import judge
from junheng.policy import resolve_many
from junheng.reports.context import CountyReport
from junheng.web.reporting.models import CountyRelease


def rebuilt(release: CountyRelease) -> CountyReport:
    """Everything the documents of the county are made from."""
    frozen = open_release(Path(release.path))
    code = release.unit.code
    policies = resolve_many(release.round.policy, (code,), as_of_date(frozen.school_year))
    measured = measure([frozen.path], policies, frozen.school_year, releases={code: frozen.hash})
    judgement = judge(measured, policies.__getitem__)
    return CountyReport(judgement.county(code), frozen.facts(), frozen.findings, policies[code])
