"""县 page: where one county falls short, and every number on it a link to its trace."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from junheng.web.accounts.models import User
from junheng.web.dashboards.county import ends_of, influences_of, lines_of, missing_of
from junheng.web.dashboards.county_years import cv_trends
from junheng.web.dashboards.opened import opened
from junheng.web.dashboards.permissions import SUPPOSE
from junheng.web.dashboards.queries import release_for
from junheng.web.dashboards.years import years_until
from junheng.web.pages.listing import page_of
from junheng.web.reporting.queries import UnitInRound

ROWS, _ENDS = 50, 12
"""Rows of the matrix; of the tightest ends, which the workbook has all of."""


def county_board(request: HttpRequest, place: UnitInRound) -> HttpResponse:
    frozen = release_for(place.round, place.unit)
    if frozen is None:
        return render(request, "dashboards/nothing.html", {"place": place})
    found, user, above = opened(frozen), cast(User, request.user), place.unit.parent
    indicator, stage = request.GET.get("indicator", ""), request.GET.get("stage", "")
    lines = lines_of(found, stage, indicator)
    return render(request, "dashboards/county.html", {
        "place": place, "may_suppose": SUPPOSE.allows(user, place), "above": above if above and user.reaches(above.path) else None, "frozen": frozen, "found": found, "view": found.view, "verdict": found.verdict,
        "page": page_of(request, lines), "indicator": indicator, "stage": stage,
        "influences": influences_of(found), "missing": missing_of(found)[:ROWS], "ends": ends_of(found)[:_ENDS],
        "trends": cv_trends(found, years_until(frozen)),
    })  # fmt: skip
