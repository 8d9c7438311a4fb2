"""What is different from last year's figures and from the last upload, in words."""

from __future__ import annotations

from junheng.intake.model import Facts
from junheng.intake.release_diff import Change, diff
from junheng.web.reporting.last_year import last_year_of
from junheng.web.reporting.models import Origin, Submission


def since_last_year(submission: Submission) -> list[Change] | None:
    """None when last year is not known or nothing is handed in yet. What was filled in neither year is not a change."""
    last = last_year_of(submission.round, submission.unit)
    if last is None or submission.latest is None:
        return None
    now = submission.latest.facts(submission.round.school_year)
    if submission.is_county:
        last = Facts(last.school_year, county=last.county, judgement=last.judgement)
    return [each for each in diff(last, now) if each.column is None or each.column.name != "school_year"]


def since_last_upload(submission: Submission) -> list[Change] | None:
    """What was typed in the page since, or what the newest upload changed of the one before; None for the first."""
    version = submission.latest
    if version is None:
        return None
    earlier = submission.versions.filter(origin=Origin.UPLOAD, number__lt=version.number).order_by("-number").first()
    if earlier is None:
        return None
    year = submission.round.school_year
    return diff(earlier.facts(year), version.facts(year))
