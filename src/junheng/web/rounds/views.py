"""Pages of rounds."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from junheng.common.errors import UserError
from junheng.web.accounts.signed_in import me
from junheng.web.areas.models import Unit
from junheng.web.flow.errors import Refused
from junheng.web.jobs.models import Job
from junheng.web.pages.listing import ROWS, page_of
from junheng.web.rights.levels import UnitKind
from junheng.web.rounds.actions import change_round, create_round, set_participants
from junheng.web.rounds.actions.tell import OPENED
from junheng.web.rounds.forms import RoundForm, deadlines
from junheng.web.rounds.models import STANDARD, Round
from junheng.web.rounds.permissions import MANAGE
from junheng.web.rounds.queries import rounds_shown_to, title_of


def rounds(request: HttpRequest) -> HttpResponse:
    """Every round of the province."""
    found = rounds_shown_to(me(request)).annotate(counties=Count("participations")).order_by("-school_year", "-pk")
    page = page_of(request, found)
    rows = [{"round": each, "title": title_of(each.policy)} for each in page]
    return render(request, "rounds/rounds.html", {"page": page, "rows": rows, "may_manage": MANAGE.held_by(me(request))})


def round(request: HttpRequest, round: Round) -> HttpResponse:
    """One round: its standard, school year, deadlines, and who takes part."""
    page = page_of(request, round.participations.select_related("unit__parent"))
    job = Job.objects.filter(kind=OPENED, arguments__round=round.pk).first()
    return render(request, "rounds/round.html", {
        "round": round, "title": title_of(round.policy), "page": page,
        "may_manage": MANAGE.allows(me(request), round), "job": job if job and not job.is_over else None,
        "of_no_county": list(Unit.objects.of_no_county().filter(path__startswith=round.unit.path)[:ROWS]),
        "changed": [(label, each, round.days(each)) for label, each in deadlines() if each.parameter in round.parameters],
    })  # fmt: skip


def round_new(request: HttpRequest) -> HttpResponse:
    form = RoundForm(request.POST or None, initial={"policy": STANDARD, "school_year": _this_school_year()})
    if request.method == "POST" and form.is_valid():
        try:
            made = create_round(form.plan(), by=me(request))
        except UserError as error:
            _show(form, error)
        else:
            messages.success(request, f"“{made.name}”已设立，正在筹备。请核对参加单位，然后开始填报。")
            return redirect("round", pk=made.pk)
    return render(request, "rounds/edit.html", {"form": form, "round": None}, status=422 if form.errors else 200)


def round_edit(request: HttpRequest, round: Round) -> HttpResponse:
    form = RoundForm(request.POST or None, initial=RoundForm.initial_of(round))
    if request.method == "POST" and form.is_valid():
        try:
            change_round(round, form.plan(), by=me(request))
        except UserError as error:
            _show(form, error)
        else:
            messages.success(request, "已保存。")
            return redirect("round", pk=round.pk)
    return render(request, "rounds/edit.html", {"form": form, "round": round}, status=422 if form.errors else 200)


def round_counties(request: HttpRequest, round: Round) -> HttpResponse:
    """Who takes part."""
    if request.method == "POST":
        try:
            number = set_participants(round, request.POST.getlist("county"), by=me(request))
            messages.success(request, f"现在有 {number} 个县（市、区）参加。")
            return redirect("round", pk=round.pk)
        except UserError as error:
            messages.error(request, str(error))
    present = set(round.participations.values_list("unit_id", flat=True))
    counties = Unit.objects.filter(kind=UnitKind.COUNTY, path__startswith=round.unit.path, closed_on__isnull=True).select_related("parent")
    by_city: dict[str, list[tuple[Unit, bool]]] = {}
    for each in counties:
        by_city.setdefault(each.parent.name if each.parent else "", []).append((each, each.pk in present))
    return render(request, "rounds/counties.html", {"round": round, "cities": by_city.items(), "present": len(present)})


def _show(form: RoundForm, error: UserError) -> None:
    if isinstance(error, Refused) and error.fields:
        for name, said in error.fields.items():
            form.add_error(name, said)
    else:
        form.add_error(None, str(error))


def _this_school_year() -> int:
    today = timezone.localdate()
    return today.year if today.month >= 9 else today.year - 1
