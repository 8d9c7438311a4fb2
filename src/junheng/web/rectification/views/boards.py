"""How rectification stands, unit by unit; the three lists as workbooks."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from junheng.web.accounts.models import User
from junheng.web.areas.models import Unit
from junheng.web.jobs.actions import enqueue
from junheng.web.jobs.models import Job, JobState
from junheng.web.pages.download import XLSX, download
from junheng.web.pages.listing import page_of
from junheng.web.rectification.lists import AT_ONCE, LISTS, count_in, list_file
from junheng.web.rectification.permissions import RAISE_FROM_RELEASE
from junheng.web.rectification.queries import COUNTED, board, units_below
from junheng.web.reporting.models import CountyRelease

WRITE = "rectification.list"


def problems_board(request: HttpRequest) -> HttpResponse:
    """?unit=<code>: the unit whose children are shown, one's own without it."""
    user: User = request.user  # type: ignore[assignment]
    unit = _asked(request.GET.get("unit", ""), user)
    below = page_of(request, units_below(unit))
    tallies = board(unit, list(below), timezone.localdate(), user.department)
    sums = {name: sum(each[name] for each in tallies) for name in COUNTED}
    context = {"unit": unit, "tallies": tallies, "below": below, "sums": sums, "lists": [(key, name) for key, (name, _) in LISTS.items()], "at_once": count_in(unit) <= AT_ONCE,
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
    """One of the lists of everything in the unit's area: at once, or where it is long, by a job (POST) that is followed."""
    if kind not in LISTS:
        raise Http404
    if request.method == "POST":
        return redirect("job", job_id=_writing(unit, kind, request.user).pk)  # type: ignore[arg-type]
    if count_in(unit) > AT_ONCE:
        messages.info(request, f"{unit.name}的问题超过 {AT_ONCE} 个，{LISTS[kind][0]}在后台生成。请点“生成{LISTS[kind][0]}”。")
        return redirect(_board(unit))
    name, data = list_file(unit, kind, timezone.localdate())
    return download(data, name, XLSX)


def _writing(unit: Unit, kind: str, user: User) -> Job:
    """The job that writes it for this account; pressing twice follows the first."""
    same = Job.objects.filter(kind=WRITE, by_id=user.pk, unit=unit, arguments__kind=kind, state__in=(JobState.QUEUED, JobState.RUNNING)).first()
    return same or enqueue(WRITE, f"生成{unit.name}{LISTS[kind][0]}", by=user, unit=unit, arguments={"kind": kind}, leads_to=_board(unit))


def _board(unit: Unit) -> str:
    return f"{reverse('problems_board')}?unit={unit.code}"
