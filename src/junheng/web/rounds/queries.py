"""What is asked of rounds."""

from __future__ import annotations

from functools import cache

from django.db.models import QuerySet

from junheng.policy import list_packs
from junheng.web.accounts.models import User
from junheng.web.rounds.models import Round
from junheng.web.rounds.permissions import MANAGE


@cache
def title_of(policy: str) -> str:
    """Of a standard; its id where this software does not have it (any more)."""
    return next((pack.title for pack in list_packs() if pack.id == policy), policy)


def rounds_seen_by(user: User) -> QuerySet[Round]:
    """The rounds of the account's own province, whatever level the account is of."""
    return Round.objects.select_related("unit").filter(unit__path=user.unit.path.split("/")[0] + "/")


def rounds_shown_to(user: User) -> QuerySet[Round]:
    """Those of its province; one that is still being prepared only for whoever prepares it."""
    found = rounds_seen_by(user)
    return found if MANAGE.held_by(user) else found.exclude(state="planned")


def current_round(user: User) -> Round | None:
    """The round an account works in: the open one of the newest school year, else the newest that was ever open."""
    seen = rounds_seen_by(user).exclude(state="planned")
    return seen.filter(state="open").first() or seen.first()
