"""Where an account's dashboards begin, and which page a unit has."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from junheng.web.accounts.models import User
from junheng.web.areas.models import Unit
from junheng.web.dashboards.views.area import area_board
from junheng.web.dashboards.views.county import county_board
from junheng.web.dashboards.views.school import school_board
from junheng.web.reporting.queries import UnitInRound
from junheng.web.rights.levels import UnitKind
from junheng.web.rounds.queries import current_round


def boards(request: HttpRequest) -> HttpResponse:
    """The board of the account's own unit, or the units it was granted."""
    user = cast(User, request.user)
    round, units = current_round(user), list(Unit.objects.filter(path__in=user.reach))
    if round is not None and len(units) == 1:
        return redirect("board", round_id=round.pk, code=units[0].code)
    return render(request, "dashboards/boards.html", {"round": round, "units": units})


def board(request: HttpRequest, place: UnitInRound) -> HttpResponse:
    """A county's, a school's, or that of a city or the province."""
    if place.unit.kind == UnitKind.COUNTY:
        return county_board(request, place)
    if place.unit.kind == UnitKind.SCHOOL:
        return school_board(request, place)
    return area_board(request, place)
