"""What a year's monitoring leaves behind."""

from __future__ import annotations

from junheng.judging.result import Verdict
from junheng.web.accounts.models import User
from junheng.web.evaluation.models import Evaluation, Monitoring
from junheng.web.flow.models import Step
from junheng.web.rectification.actions import raise_problem
from junheng.web.rectification.models import Problem, Severity
from junheng.web.reporting.models import CountyRelease

_REASONS = 3


def keep_monitoring(evaluation: Evaluation, *, passed: bool, by: User) -> Monitoring:
    """Keep the release the step just taken was judged by; below the standard the county has a problem. The caller holds the
    transaction of that step."""
    step = Step.objects.filter(subject=evaluation.reference).latest("pk")
    of_county = CountyRelease.objects.select_related("round").filter(unit=evaluation.unit, hash=step.frozen["数据版本"])
    release, opinion = of_county.filter(round__school_year__gt=evaluation.round.school_year).latest("round__school_year", "pk"), step.data["opinion"]
    problem = None if passed else _problem(evaluation, release, opinion, by)
    return Monitoring.objects.create(evaluation=evaluation, release=release, passed=passed, opinion=opinion, problem=problem, by_name=by.name)


def _problem(evaluation: Evaluation, release: CountyRelease, opinion: str, by: User) -> Problem:
    verdict = Verdict(release.verdict).label
    reasons = "；".join(each.rstrip("。") for each in release.detail.get("reasons", [])[:_REASONS])
    return raise_problem(
        by=by, unit=evaluation.unit, round=release.round, title=f"{release.round.year_label}监测结论为{verdict}：{opinion}", criterion="", clause="",
        current=reasons or verdict, required="通过验收后年度监测持续达标", gap="", source=f"monitoring:{release.pk}", severity=Severity.SERIOUS,
    )  # fmt: skip
