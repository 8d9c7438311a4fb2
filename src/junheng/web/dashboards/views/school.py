"""校 page: 一校一档."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from junheng.common.school_years import school_year_label
from junheng.web.accounts.models import User
from junheng.web.dashboards import school
from junheng.web.dashboards.opened import facts_with_cells, opened
from junheng.web.dashboards.permissions import SUPPOSE
from junheng.web.dashboards.queries import release_for
from junheng.web.dashboards.years import years_until
from junheng.web.evidence.queries import evidence_at, shown
from junheng.web.rectification.queries import problems_of
from junheng.web.reporting.models import Submission
from junheng.web.reporting.permissions import VIEW
from junheng.web.reporting.queries import UnitInRound

_MOST = 20
"""Problems and files shown here; the rest stand in their own lists."""


def school_board(request: HttpRequest, place: UnitInRound) -> HttpResponse:
    frozen, code = release_for(place.round, place.unit), place.unit.code
    if frozen is None:
        return render(request, "dashboards/nothing.html", {"place": place})
    found, years = opened(frozen), years_until(frozen)
    stages = school.stages_of(found, code, years)
    submission = Submission.objects.select_related("unit").filter(round=place.round, unit=place.unit).first()
    problems, evidence = problems_of(cast(User, request.user)).filter(unit=place.unit), evidence_at(place.round, place.unit)
    return render(request, "dashboards/school.html", {
        "place": place, "may_suppose": SUPPOSE.allows(cast(User, request.user), UnitInRound(place.round, frozen.unit)), "county": frozen.unit, "frozen": frozen, "found": found, "stages": stages, "mark": school.standing_of(stages),
        "years": [school_year_label(each.school_year) for each in years], "items": school.items_of(found, code),
        "reported": school.reported_of(facts_with_cells(frozen, code), code), "findings": school.findings_of(found, code),
        "excluded": school.exclusion_of(found, code),
        "problems": problems[:_MOST], "problem_count": problems.count(), "evidence": shown(evidence[:_MOST]), "evidence_count": evidence.count(),
        "submission": submission if VIEW.covers(cast(User, request.user), submission) else None,
    })  # fmt: skip

