"""What of surveys waits for an account."""

from __future__ import annotations

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils import timezone

from junheng.web.accounts.models import User
from junheng.web.areas.models import lies_within
from junheng.web.pages.waiting import Waiting
from junheng.web.survey.models import Survey
from junheng.web.survey.permissions import INTERVIEW, RUN

_TITLES = {"draft": "待开始的社会认可度调查", "closed": "待确认的社会认可度调查", "over": "答题已过截止日期的社会认可度调查"}


def waiting(user: User) -> list[Waiting]:
    return [*_to_run(user), *_to_hear(user)]


def _to_hear(user: User) -> list[Waiting]:
    if not INTERVIEW.held_by(user):
        return []
    mine = Survey.objects.filter(state="open", evaluation__assignments__user=user).aggregate(n=Count("pk"), due=Min("closes_on"), one=Min("pk"))
    url = reverse("survey_interviews", args=[mine["one"]]) if mine["n"] == 1 else reverse("surveys")
    return [Waiting("可以登记现场访谈的县", mine["n"], url, mine["due"])] if mine["n"] else []


def _to_run(user: User) -> list[Waiting]:
    if not RUN.held_by(user):
        return []
    within = Survey.objects.filter(lies_within(*user.reach)).order_by()
    over = Q(state="open", closes_on__lt=timezone.localdate())
    out = []
    for state, chosen in (("draft", Q(state="draft")), ("closed", Q(state="closed")), ("over", over)):
        found = within.filter(chosen).aggregate(n=Count("pk"), one=Min("evaluation"))
        if found["n"]:
            out.append(Waiting(_TITLES[state], found["n"], reverse("survey", args=[found["one"]]) if found["n"] == 1 else reverse("surveys")))
    return out
