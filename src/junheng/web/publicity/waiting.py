"""What of publicity waits for an account."""

from __future__ import annotations

from django.db.models import Count, Min
from django.urls import reverse

from junheng.web.accounts.models import User
from junheng.web.areas.models import lies_within
from junheng.web.pages.waiting import Waiting
from junheng.web.publicity.models import Objection
from junheng.web.publicity.permissions import ANSWER

_TITLES = {"received": "待受理的异议", "reviewing": "待答复的异议"}


def waiting(user: User) -> list[Waiting]:
    """One line per state in which an objection waits for this account."""
    if not ANSWER.held_by(user):
        return []
    found = Objection.objects.filter(lies_within(*user.reach), state__in=_TITLES).order_by()
    counted = found.values_list("state").annotate(n=Count("pk"), due=Min("due_on"))
    return [Waiting(_TITLES[state], n, f"{reverse('objections')}?state={state}", due) for state, n, due in counted]
