"""What is asked of rounds."""

from __future__ import annotations

from django.db.models import QuerySet

from junheng.web.accounts.models import User
from junheng.web.rounds.models import Round
from junheng.web.rounds.permissions import MANAGE


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
