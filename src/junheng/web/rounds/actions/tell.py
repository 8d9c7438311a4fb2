"""What depends on a round is told in the background: its units are asked, their deadlines set."""

from __future__ import annotations

from django.urls import reverse

from junheng.web.accounts.models import User
from junheng.web.jobs.actions import enqueue
from junheng.web.jobs.models import Job
from junheng.web.rounds.models import Round

OPENED = "rounds.opened"
"""Handled by the room that makes what is to be handed in; it makes only what is missing."""


def tell(round: Round, by: User) -> Job:
    return enqueue(
        OPENED, f"“{round.name}”：通知参加的学校和县（市、区）"[:120], by=by, unit=round.unit, arguments={"round": round.pk},
        leads_to=reverse("round", args=[round.pk]),
    )  # fmt: skip
