"""An expert's pages for the road: the schools to visit, and one school criterion by criterion, on a phone."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from junheng.common.errors import UserError
from junheng.web.accounts.models import User
from junheng.web.areas.models import Unit
from junheng.web.evaluation.actions import Found, add_photos, declare, judge
from junheng.web.evaluation.actions.visits import MOST_PHOTOS
from junheng.web.evaluation.criteria import grouped, items_of
from junheng.web.evaluation.models import Evaluation, Outcome, Sample, Visit, VisitJudgement
from junheng.web.evaluation.visited import visits_of
from junheng.web.pages.listing import page_of


def my_visits(request: HttpRequest) -> HttpResponse:
    """An expert's list for the road: the schools drawn in the counties assigned, and what is judged already."""
    user: Any = request.user
    if request.method == "POST":
        _declare(request)
        return redirect("my_visits")
    mine = Evaluation.objects.filter(assignments__user=user, state="prov_visit").select_related("unit").order_by("unit__path")
    page = page_of(request, mine)
    rows = _schools_of(list(page), user)
    left = sum(visit is None for _, schools in rows for _, visit in schools)
    return render(request, "evaluation/my_visits.html", {"rows": rows, "page": page, "left": left, "relations": user.relations.select_related("unit")})


def _schools_of(evaluations: list[Evaluation], user: User) -> list[tuple[Evaluation, list[tuple[Unit, Visit | None]]]]:
    """The schools drawn in each, with the expert's own visit of it; three queries, whatever their number."""
    drawn = {each.evaluation_id: each.drawn for each in Sample.objects.filter(evaluation__in=evaluations, application=F("evaluation__application"))}
    codes = {code for each in drawn.values() for code in each}
    units = {each.code: each for each in Unit.objects.filter(code__in=codes)}
    own = Visit.objects.filter(evaluation__in=evaluations, application=F("evaluation__application"), expert=user, on__isnull=False)
    seen = {(each.evaluation_id, each.school_id): each for each in own}
    return [
        (each, [(units[code], seen.get((each.pk, units[code].pk))) for code in sorted(drawn.get(each.pk, ())) if code in units]) for each in evaluations
    ]


def _declare(request: HttpRequest) -> None:
    unit = Unit.objects.filter(code=request.POST.get("unit", "").strip()).first()
    try:
        if unit is None:
            raise UserError("没有这个单位代码", remedy="请填学校标识码或区划代码")
        declare(unit, request.POST.get("reason", ""), by=request.user)  # type: ignore[arg-type]
        messages.success(request, f"已登记与{unit.name}的关系，不会再安排您评估。")
    except UserError as error:
        messages.error(request, str(error))


def visit(request: HttpRequest, evaluation: Evaluation, code: str) -> HttpResponse:
    """One school, criterion by criterion, in a form that works on a phone and keeps what is sent without a signal."""
    school = _school(request, evaluation, code)
    items = items_of(evaluation)
    error = ""
    if request.method == "POST":
        form = request.POST
        try:
            criterion = form.get("criterion", "")
            if criterion not in items:
                raise UserError("没有选择条目", remedy="请选择要核查的条目")
            found = Found(items[criterion], form.get("outcome", ""), form.get("reason", ""))
            judge(evaluation, school, found, uuid.UUID(form.get("client_id", "")), by=request.user, photos=request.FILES.getlist("photos"))  # type: ignore[arg-type]
            return redirect("visit", pk=evaluation.pk, code=code)
        except UserError as refused:
            error = str(refused)
        except ValueError:
            error = "表单不完整，请刷新页面后再填。"
    mine = visits_of(evaluation.visits.filter(school=school, expert=request.user), items)  # type: ignore[misc]
    context = {"evaluation": evaluation, "school": school, "groups": grouped(items.values()), "outcomes": Outcome.choices, "error": error,
               "judged": mine[0].judged if mine else [], "standing": len(mine[0].standing) if mine else 0, "new_id": uuid.uuid4, "posted": request.POST, "most_photos": MOST_PHOTOS,
               "is_open": evaluation.state == "prov_visit"}  # fmt: skip
    return render(request, "evaluation/visit.html", context, status=422 if error else 200)


def visit_photos(request: HttpRequest, evaluation: Evaluation, code: str, judgement_id: int) -> HttpResponse:
    """More photographs for a judgement recorded already."""
    school = _school(request, evaluation, code)
    judgement = VisitJudgement.objects.select_related("visit__school", "visit__evaluation__round").filter(
        pk=judgement_id, visit__evaluation=evaluation, visit__school=school).first()  # fmt: skip
    if judgement is None:
        raise Http404
    try:
        add_photos(judgement, request.FILES.getlist("photos"), by=request.user)  # type: ignore[arg-type]
    except UserError as refused:
        messages.error(request, str(refused))
    return redirect("visit", pk=evaluation.pk, code=code)


def _school(request: HttpRequest, evaluation: Evaluation, code: str) -> Unit:
    """A school of the county, for an expert assigned to it. Raises Http404."""
    school = Unit.objects.counted_within(evaluation.unit.path).filter(code=code).first()
    if school is None or not evaluation.assignments.filter(user=request.user).exists():  # type: ignore[misc]
        raise Http404
    return school
