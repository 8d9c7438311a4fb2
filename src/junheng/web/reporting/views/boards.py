"""How far a school, a county, a city and the province are."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from junheng.web.accounts.models import User
from junheng.web.accounts.signed_in import me
from junheng.web.areas.models import Unit
from junheng.web.pages.listing import page_of
from junheng.web.reporting import live
from junheng.web.reporting.models import Submission
from junheng.web.reporting.permissions import ACCEPT, BULK_UPLOAD, FREEZE, OVERSEE, REMIND
from junheng.web.reporting.queries import (
    UnitInRound,
    counts_by_state,
    for_user,
    latest_release,
    listed,
    run_directly,
    submissions_of,
    submissions_within,
    tallies,
)
from junheng.web.rights.levels import UnitKind
from junheng.web.rounds.models import Round
from junheng.web.rounds.queries import current_round, rounds_seen_by

MOST_DIRECT = 200
"""Schools a city or the province runs itself, on its board: some dozens at most."""


def reporting(request: HttpRequest) -> HttpResponse:
    """Where an account begins: its own submissions, or the board of what it oversees."""
    user = me(request)
    round = _asked_round(request, user)
    if round is not None and OVERSEE.held_by(user):
        units = [Unit.objects.get(path=path) for path in user.reach]
        if len(units) == 1:
            return redirect("reporting_unit", round_id=round.pk, code=units[0].code)
        return render(request, "reporting/units.html", {"round": round, "units": units})
    found = submissions_within(user).filter(round__state__in=("open", "closed")).order_by("-round__school_year", "-round_id", "unit__path")
    return render(request, "reporting/mine.html", {"page": page_of(request, listed(found))})


def _asked_round(request: HttpRequest, user: User) -> Round | None:
    asked = request.GET.get("round", "")
    chosen = rounds_seen_by(user).exclude(state="planned").filter(pk=asked).first() if asked.isdigit() else None
    return chosen or current_round(user)


def reporting_unit(request: HttpRequest, place: UnitInRound) -> HttpResponse:
    """The board of a unit in a round."""
    if place.unit.kind == UnitKind.SCHOOL:
        found = Submission.objects.filter(round=place.round, unit=place.unit).first()
        return redirect("submission", pk=found.pk) if found else redirect("reporting")
    if place.unit.kind == UnitKind.COUNTY:
        return _county(request, place)
    return _area(request, place)


def _county(request: HttpRequest, place: UnitInRound) -> HttpResponse:
    user, asked = me(request), submissions_of(place.round, place.unit)
    schools = asked.exclude(unit=place.unit)
    counts = counts_by_state(schools)
    words, state = request.GET.get("q", "").strip(), request.GET.get("state", "")
    found = listed(schools).order_by("unit__path")
    if words:
        found = found.filter(unit__name__contains=words) | found.filter(unit__code__startswith=words)
    if state in counts:
        found = found.filter(state=state)
    own = listed(asked.filter(unit=place.unit)).first()
    return render(request, "reporting/county.html", {
        "place": place, "round": place.round, "county": place.unit, "page": page_of(request, found),
        "states": [(each, counts[each.id]) for each in Submission.process.states if counts[each.id]], "state": state, "q": words,
        "live": live.verdict(place.round, place.unit), "release": latest_release(place.round, place.unit), "own": own, **_sums(counts),
        "to_accept": _to_accept(user, place),
        "unreported": counts["waiting"] + counts["draft"] + counts["returned"], "rounds": _other_rounds(user, place.round), **_may(user, place),
    })  # fmt: skip


def _area(request: HttpRequest, place: UnitInRound) -> HttpResponse:
    user = me(request)
    counts = counts_by_state(submissions_of(place.round, place.unit).filter(unit__kind=UnitKind.SCHOOL))
    below = page_of(request, place.unit.children.exclude(kind=UnitKind.SCHOOL).order_by("code"))
    direct = list(run_directly(place.round, place.unit)[:MOST_DIRECT])
    return render(request, "reporting/area.html", {
        "direct": direct, "of_no_county": list(Unit.objects.of_no_county().filter(parent=place.unit)[:MOST_DIRECT]),
        "to_accept": _to_accept(user, place), "place": place, "round": place.round, "unit": place.unit, "page": below, "rows": tallies(place.round, place.unit, list(below)),
        "states": Submission.process.states, **_sums(counts), "rounds": _other_rounds(user, place.round), **_may(user, place),
        "above": place.unit.parent if place.unit.parent and user.reaches(place.unit.parent.path) else None,
    })  # fmt: skip


def _sums(counts: dict[str, int]) -> dict[str, int]:
    """all: schools asked; reported: those that have handed in, whatever became of it."""
    return {"all": sum(counts.values()), "reported": counts["submitted"] + counts["accepted"], "locked": counts["locked"]}


def _to_accept(user: User, place: UnitInRound) -> int:
    """How many submitted schools of the board are this account's to accept."""
    waiting = submissions_of(place.round, place.unit).filter(for_user(ACCEPT, user), unit__kind=UnitKind.SCHOOL, state="submitted")
    return waiting.count() if ACCEPT.held_by(user) else 0


def _may(user: User, place: UnitInRound) -> dict[str, Any]:
    is_open = place.round.is_open
    return {
        "may_remind": is_open and REMIND.allows(user, place), "may_accept": is_open and ACCEPT.allows(user, place),
        "may_upload": is_open and BULK_UPLOAD.allows(user, place), "may_freeze": FREEZE.allows(user, place),
    }  # fmt: skip


def _other_rounds(user: User, round: Round) -> list[Round]:
    return list(rounds_seen_by(user).exclude(state="planned").exclude(pk=round.pk)[:10])
