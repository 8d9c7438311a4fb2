"""The demonstration site's evaluations, spread over the states, so that every page has something to show."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import cycle

from django.db import transaction
from django.utils import timezone

from junheng.web.accounts.models import User
from junheng.web.audit.actions import record
from junheng.web.audit.actions.record import SYSTEM
from junheng.web.evaluation.effects.basis import frozen_of
from junheng.web.evaluation.models import Evaluation
from junheng.web.evaluation.published import published
from junheng.web.publicity.actions import announce
from junheng.web.publicity.models import Announcement
from junheng.web.rectification.actions.from_release import raise_from_release
from junheng.web.reporting.models import CountyRelease
from junheng.web.rounds.models import Round

_PASSING = ("accepted", "publicised", "prov_visit", "prov_recognition", "prov_materials", "city_review", "county_self")
_OTHERS = ("county_self", "draft")
_RECOGNISED_ON = date(2017, 12, 1)
_WITH_PROBLEMS = 5
"""Counties whose shortfalls are listed as problems: measuring them again takes a second each."""
_DAYS = 10
_ASKED = {"students": 120, "parents": 160, "teachers": 60, "principals": 12, "deputies": 14, "advisers": 12, "others": 22}
_SATISFACTION = {"valid": 400, "satisfied": 380} | {
    f"{group}_{part}": asked - (20 if (group, part) == ("parents", "satisfied") else 0) for group, asked in _ASKED.items() for part in ("valid", "satisfied", "quota")
}  # fmt: skip


def spread_out(round: Round, *, by: User) -> None:
    """Passing counties along the way of the evaluation, the others at its beginning; problems in a few that do not pass.

    by: the province's administrator. The counties with demonstration accounts stay at the beginning: there one tries it.
    """
    releases = {each.unit_id: each for each in CountyRelease.objects.filter(round=round).defer("result", "detail")}
    passing, others = cycle(_PASSING), cycle(_OTHERS)
    tried = set(User.objects.exclude(pk=by.pk).values_list("unit_id", flat=True))
    failing = []
    for evaluation in Evaluation.objects.filter(round=round).select_related("unit", "round"):
        release = releases.get(evaluation.unit_id)
        if release is None or evaluation.unit_id in tried:
            continue
        passes = release.is_formal and release.verdict == "pass"
        _set(evaluation, release, next(passing if passes else others), by)
        if not passes:
            failing.append(release)
    for release in failing[:_WITH_PROBLEMS]:
        raise_from_release(release, by=by)


@transaction.atomic
def _set(evaluation: Evaluation, release: CountyRelease, state: str, by: User) -> None:
    evaluation.state, evaluation.due_on = state, timezone.localdate() + timedelta(days=_DAYS)
    if state not in ("draft", "county_self"):
        evaluation.release = CountyRelease.objects.get(pk=release.pk)
    if state in ("prov_materials", "prov_recognition", "prov_visit", "publicised", "accepted"):
        evaluation.recognised_on = _RECOGNISED_ON
    if state in ("prov_visit", "publicised", "accepted"):
        evaluation.satisfaction = _SATISFACTION
    if state in ("publicised", "accepted"):
        evaluation.conclusion = "pass"
        evaluation.announcement = _announced(evaluation, by, in_force=state == "accepted")
    evaluation.save()
    record(by=SYSTEM, action="demo.state", subject=evaluation.reference, unit_path=evaluation.unit.path, after={"state": state})


def _announced(evaluation: Evaluation, by: User, *, in_force: bool) -> Announcement:
    made = announce(
        by=by, unit=evaluation.unit, round=evaluation.round, about=evaluation.reference,
        title=f"{evaluation.unit.name}义务教育优质均衡发展省级评估验收结论公示（通过）（演示）", body="经评估，该县符合标准，现予公示。（演示数据）",
        result=published(evaluation), hashes=frozen_of(evaluation.release), days=_DAYS, conclusion=evaluation.conclusion,
    )  # fmt: skip
    if in_force:
        made.state, made.proclaimed_on = "in_force", timezone.localdate()
        made.save()
    return made
