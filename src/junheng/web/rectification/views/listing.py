"""The list of problems, and one problem."""

from __future__ import annotations

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from junheng.web.accounts.models import User
from junheng.web.evidence.queries import evidence_of
from junheng.web.rectification import parameters
from junheng.web.rectification.causes import look_up
from junheng.web.rectification.effects import in_words
from junheng.web.rectification.models import FINISHED, MENDING, Problem
from junheng.web.rectification.permissions import ASK_EXTENSION, ASSIGN, OVERSEE, PLAN, RAISE
from junheng.web.rectification.queries import Filter, counts_by_state, problems_of
from junheng.web.rectification.words import criterion_titles, source_words
from junheng.web.rights.roles import Department

ROWS = 50


def problems(request: HttpRequest) -> HttpResponse:
    user: User = request.user  # type: ignore[assignment]
    today, chosen = timezone.localdate(), Filter.of({"department": user.department, **request.GET.dict()})
    mine = problems_of(user)
    counts = counts_by_state(chosen.cut(mine, today))
    page = Paginator(chosen.rows(mine, today), ROWS).get_page(request.GET.get("page"))
    kept = urlencode({name: value for name, value in request.GET.items() if name not in ("state", "page") and value})
    titles = criterion_titles()
    context = {
        "page": page, "filter": chosen, "kept": kept, "finished": FINISHED,
        "states": [(each, counts.get(each.id, 0)) for each in Problem.process.states if counts.get(each.id)],
        "all": sum(counts.values()), "open": sum(n for state, n in counts.items() if state not in FINISHED),
        "criteria": sorted((id, titles.get(id, id)) for id in mine.order_by().values_list("criterion", flat=True).distinct() if id),
        "departments": Department.choices, "may_assign": ASSIGN.held_by(user) and "found" in counts, "may_raise": RAISE.held_by(user), "may_oversee": OVERSEE.held_by(user), "unit": user.unit,
    }  # fmt: skip
    return render(request, "rectification/problems.html", context)


def problem(request: HttpRequest, problem: Problem) -> HttpResponse:
    user: User = request.user  # type: ignore[assignment]
    context = {
        "problem": problem, "lead": _lead(problem), "seen": look_up(problem),
        "source": source_words(problem.source), "criterion": criterion_titles().get(problem.criterion, problem.criterion),
        "came_back_as": problem.came_back_as.first(), "extensions": list(problem.extensions.select_related("unit", "problem__unit")),
        "escalation": problem.escalation, "mending": problem.state in MENDING, "mend": {"days": problem.days(parameters.MEND), "source": parameters.MEND.source}, "evidence": evidence_of(problem.reference),
        "may_extend": problem.state in MENDING and ASK_EXTENSION.allows(user, problem),
        "may_attach": problem.state in MENDING and PLAN.allows(user, problem),
    }  # fmt: skip
    return render(request, "rectification/problem.html", context)


def _lead(problem: Problem) -> str:
    """The problem in one sentence, as one would say it."""
    said = f"{problem.unit.name}：{problem.title}"
    if problem.current:
        said += f"，现状 {problem.current}"
    if problem.required:
        said += f"，要求 {problem.required}"
    if problem.state == "closed":
        return f"已销号。{said}"
    return f"{said}{f'，完成时限 {in_words(problem.finish_on)}' if problem.finish_on else ''}"
