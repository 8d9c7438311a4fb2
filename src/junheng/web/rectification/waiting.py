"""What of rectification waits for an account."""

from __future__ import annotations

from django.db.models import Count, Min, Q
from django.urls import reverse

from junheng.web.accounts.models import User
from junheng.web.pages.waiting import Waiting
from junheng.web.rectification.models import ExtensionRequest
from junheng.web.rectification.permissions import (
    ASSIGN,
    DECIDE_EXTENSION,
    PLAN,
    RECHECK,
    SUBMIT,
    VERIFY,
)
from junheng.web.rectification.queries import for_user, problems_of

_MINE = (
    ("found", ASSIGN, "待分派的问题"), ("assigned", PLAN, "待报送整改措施的问题"), ("planned", SUBMIT, "整改中的问题"),
    ("submitted", VERIFY, "待核查的整改结果"), ("verified", RECHECK, "待复查销号的问题"),
)  # fmt: skip


def waiting(user: User) -> list[Waiting]:
    """One line per state in which it is this account's turn, and one for extensions to be decided."""
    held = [(state, right) for state, right, _ in _MINE if right.held_by(user)]
    if not held:
        return []
    turn = Q(pk__in=())
    for state, right in held:
        turn |= Q(state=state) & for_user(right, user)
    counted = problems_of(user).filter(turn).order_by().values_list("state").annotate(n=Count("pk"), due=Min("due_on"))
    found = {state: (n, due) for state, n, due in counted}
    lines = [
        Waiting(title, found[state][0], f"{reverse('problems')}?state={state}", found[state][1]) for state, _, title in _MINE if state in found
    ]
    return [*lines, *_extensions(user)]


def _extensions(user: User) -> list[Waiting]:
    if not DECIDE_EXTENSION.held_by(user):
        return []
    mine = problems_of(user).filter(for_user(DECIDE_EXTENSION, user), extensions__state="asked")
    asked = ExtensionRequest.objects.filter(state="asked", problem__in=mine.values("pk")).count()
    return [Waiting("待审批的延期申请", asked, f"{reverse('problems')}?extension=1")] if asked else []
