"""How rectification stands, unit by unit; the three lists as workbooks."""

from __future__ import annotations

from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from junheng.web.accounts.models import User
from junheng.web.areas.models import Unit
from junheng.web.pages.listing import page_of
from junheng.web.rectification.lists import LISTS, workbook
from junheng.web.rectification.permissions import RAISE_FROM_RELEASE
from junheng.web.rectification.queries import COUNTED, board, problems_within
from junheng.web.reporting.models import CountyRelease

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def problems_board(request: HttpRequest) -> HttpResponse:
    """?unit=<code>: the unit whose children are shown, one's own without it."""
    user: User = request.user  # type: ignore[assignment]
    unit = _asked(request.GET.get("unit", ""), user)
    below = page_of(request, unit.children.order_by("path"))
    tallies = board(unit, list(below), timezone.localdate(), user.department)
    sums = {name: sum(each[name] for each in tallies) for name in COUNTED}
    context = {"unit": unit, "tallies": tallies, "below": below, "sums": sums, "lists": [(key, name) for key, (name, _) in LISTS.items()],
               "release": _to_list(unit, user), "above": unit.parent if unit.parent and user.reaches(unit.parent.path) else None}  # fmt: skip
    return render(request, "rectification/board.html", context)


def _to_list(unit: Unit, user: User) -> CountyRelease | None:
    """The county's newest release, where this account may turn its shortfalls into problems."""
    if not RAISE_FROM_RELEASE.allows(user, unit):
        return None
    return CountyRelease.objects.filter(unit=unit).defer("result", "detail").first()


def _asked(code: str, user: User) -> Unit:
    unit = get_object_or_404(Unit.objects.select_related("parent"), code=code) if code else user.unit
    if not user.reaches(unit.path):
        raise Http404
    return unit


def problem_list_file(request: HttpRequest, unit: Unit, kind: str) -> HttpResponse:
    """One of the lists of everything in the unit's area that was not withdrawn."""
    if kind not in LISTS:
        raise Http404
    name, make = LISTS[kind]
    today = timezone.localdate()
    found = problems_within(unit).exclude(state="withdrawn").order_by("unit__path", "pk")
    response = HttpResponse(workbook(make(unit.name, list(found), today)), content_type=_XLSX)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(f'{unit.name}{name}（{today}）.xlsx')}"
    return response
