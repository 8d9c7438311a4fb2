"""What of reporting waits for an account."""

from __future__ import annotations

from django.db.models import Count, Min
from django.urls import reverse

from junheng.web.accounts.models import User
from junheng.web.pages.waiting import Waiting
from junheng.web.reporting.permissions import ACCEPT, FILL, REMIND
from junheng.web.reporting.process import FILLABLE
from junheng.web.reporting.queries import submissions_within
from junheng.web.rights.levels import UnitKind
from junheng.web.rights.roles import Role


def waiting(user: User) -> list[Waiting]:
    """What this account has to fill in; what waits to be accepted; what has not been handed in to it."""
    lines = [*_to_fill(user)]
    if ACCEPT.held_by(user) or REMIND.held_by(user):
        lines += _to_oversee(user)
    return lines


def _to_fill(user: User) -> list[Waiting]:
    """One line per form of the account's own unit."""
    if not FILL.held_by(user):
        return []
    mine = submissions_within(user).filter(unit=user.unit, state__in=FILLABLE, round__state="open").order_by("due_on")
    return [
        Waiting(f"{each.round.name}：{each.state_shown.label}，请填报并提交", 1, reverse("submission", args=[each.pk]), each.due_on)
        for each in mine[:5]
    ]


def _to_oversee(user: User) -> list[Waiting]:
    found = submissions_within(user).filter(round__state="open", unit__kind=UnitKind.SCHOOL).order_by()
    counted = found.values_list("round", "round__name", "unit__parent__kind", "state").annotate(n=Count("pk"), due=Min("due_on"))
    lines: dict[tuple[int, str], Waiting] = {}
    for round, name, runner, state, n, due in counted:
        turn = _turn(user, UnitKind(runner), state)
        if not turn:
            continue
        title = f"{name}：待接收的填报" if turn == "accept" else f"{name}：还没有提交的学校"
        before = lines.get((round, turn))
        url = reverse("reporting_unit", args=[round, user.unit.code])
        lines[round, turn] = Waiting(title, n + (before.count if before else 0), url, min(filter(None, (due, before.due_on if before else None)), default=None))
    return list(lines.values())


_REMINDS = {UnitKind.COUNTY: (Role.COUNTY_ADMIN,), UnitKind.CITY: (Role.COUNTY_ADMIN, Role.CITY_REVIEWER), UnitKind.PROVINCE: (Role.PROVINCE_ADMIN,)}
"""Who is told that a school run by this level has not handed in."""


def _turn(user: User, runner: UnitKind, state: str) -> str:
    """What of a school's submission waits for the account: to accept it, to remind the school, "" = nothing."""
    if state == "submitted" and user.role in dict(ACCEPT.by_runner)[runner]:
        return "accept"
    return "remind" if state in FILLABLE and user.role in _REMINDS[runner] else ""
