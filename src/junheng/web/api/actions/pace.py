"""How often a token, and an address without one, may call. Counted in one row by one statement, so that all processes share the count."""

from __future__ import annotations

import time
from datetime import date

from django.db.models import F, QuerySet

from junheng.web.api.models import Token, Visitor
from junheng.web.publicity.actions.pace import key_of

MOST_A_MINUTE = 300
MOST_OF_VISITORS = 120
"""Of one address, which may be a school's or an office's: enough for a program that reads the whole catalogue page by page."""


def count_call(token: Token, weight: int = 1) -> int:
    """One more call; 0 = go on, else the seconds after which it may call again. weight: as how many it counts."""
    return _count(Token.objects.filter(pk=token.pk), weight, MOST_A_MINUTE)


def count_visit(address: str) -> int:
    """The same of an address that shows no token."""
    key = key_of("api", address)
    Visitor.objects.get_or_create(key=key, defaults={"minute": 0, "calls": 0})
    return _count(Visitor.objects.filter(key=key), 1, MOST_OF_VISITORS)


def forget_visitors(today: date) -> int:
    """Every address that has not called within the minute; how many."""
    gone, _ = Visitor.objects.filter(minute__lt=int(time.time() // 60)).delete()
    return gone


def _count(mine: QuerySet[Token] | QuerySet[Visitor], weight: int, most: int) -> int:
    now = time.time()
    minute = int(now // 60)
    if mine.filter(minute=minute, calls__lte=most - weight).update(calls=F("calls") + weight):
        return 0
    if mine.exclude(minute=minute).update(minute=minute, calls=weight):
        return 0
    return int((minute + 1) * 60 - now) + 1
