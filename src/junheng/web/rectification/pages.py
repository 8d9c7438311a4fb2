"""URLs of rectification."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from junheng.web.areas.models import Unit
from junheng.web.flow.pages import process_pages
from junheng.web.pages.table import Page
from junheng.web.rectification.actions import escalate, extend, moves
from junheng.web.rectification.models import Escalation, ExtensionRequest, Problem
from junheng.web.rectification.permissions import (
    ASK_EXTENSION,
    ASSIGN,
    OVERSEE,
    PLAN,
    RAISE,
    RAISE_FROM_RELEASE,
    VIEW,
)
from junheng.web.rectification.views.boards import problem_list_file, problems_board
from junheng.web.rectification.views.listing import problem, problems
from junheng.web.rectification.views.mending import problem_evidence, problem_extension
from junheng.web.rectification.views.raising import (
    problem_new,
    problems_assign,
    problems_from_release,
)
from junheng.web.reporting.models import CountyRelease


def _problem(pk: int) -> Problem:
    return Problem.objects.select_related("unit__parent", "unit__lies_in", "round", "escalation__unit", "came_back_from").get(pk=pk)


def _unit(code: str) -> Unit:
    return Unit.objects.get(code=code)


def _release(release_id: int) -> CountyRelease:
    return CountyRelease.objects.select_related("unit", "round").get(pk=release_id)


def _back(subject: Any) -> str:
    return reverse("problem", kwargs={"pk": subject.pk if isinstance(subject, Problem) else subject.problem_id})


PAGES = (
    Page("problems/", "problems", problems, VIEW, nav="整改", order=40),
    Page("problems/new/", "problem_new", problem_new, RAISE, methods=("GET", "POST")),
    Page("problems/board/", "problems_board", problems_board, OVERSEE),
    Page("problems/lists/<slug:code>/<slug:kind>/", "problem_list_file", problem_list_file, OVERSEE, _unit, ("GET", "POST")),
    Page("problems/assign/", "problems_assign", problems_assign, ASSIGN, methods=("POST",)),
    Page("problems/from-release/<int:release_id>/", "problems_from_release", problems_from_release, RAISE_FROM_RELEASE, _release, ("POST",)),
    Page("problems/<int:pk>/", "problem", problem, VIEW, _problem),
    Page("problems/<int:pk>/extension/", "problem_extension", problem_extension, ASK_EXTENSION, _problem, ("GET", "POST")),
    Page("problems/<int:pk>/evidence/", "problem_evidence", problem_evidence, PLAN, _problem, ("POST",)),
    *process_pages(Problem, "problems/", moves.ACTIONS, _back),
    *process_pages(Escalation, "escalations/", escalate.ACTIONS, _back),
    *process_pages(ExtensionRequest, "extensions/", extend.ACTIONS, _back),
)
