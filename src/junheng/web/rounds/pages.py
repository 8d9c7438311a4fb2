"""URLs of rounds."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from junheng.web.flow.pages import process_pages
from junheng.web.pages.table import Page
from junheng.web.rounds.actions import ACTIONS
from junheng.web.rounds.models import Round
from junheng.web.rounds.permissions import MANAGE, VIEW
from junheng.web.rounds.views import round, round_counties, round_edit, round_new, rounds


def _round(pk: int) -> Round:
    return Round.objects.select_related("unit").get(pk=pk)


def _back(subject: Any) -> str:
    return reverse("round", kwargs={"pk": subject.pk})


PAGES = (
    Page("rounds/", "rounds", rounds, VIEW, nav="评估轮次", order=15),
    Page("rounds/new/", "round_new", round_new, MANAGE, methods=("GET", "POST")),
    Page("rounds/<int:pk>/", "round", round, MANAGE, _round),
    Page("rounds/<int:pk>/edit/", "round_edit", round_edit, MANAGE, _round, ("GET", "POST")),
    Page("rounds/<int:pk>/counties/", "round_counties", round_counties, MANAGE, _round, ("GET", "POST")),
    *process_pages(Round, "rounds/", ACTIONS, _back),
)
