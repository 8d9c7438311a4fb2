"""What is asked of rounds."""

from __future__ import annotations

from django.db.models import QuerySet

from junheng.web.accounts.models import User
from junheng.web.rounds.models import Round


def rounds_seen_by(user: User) -> QuerySet[Round]:
    """The rounds of the account's own province, whatever level the account is of."""
    return Round.objects.select_related("unit").filter(unit__path=user.unit.path.split("/")[0] + "/")


def current_round(user: User) -> Round | None:
    """The round an account works in: the open one of the newest school year, else the newest that was ever open."""
    seen = rounds_seen_by(user).exclude(state="planned")
    return seen.filter(state="open").first() or seen.first()
