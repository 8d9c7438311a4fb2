"""How often a token may call. Counted in the token's row by one statement, so that all processes share the count."""

from __future__ import annotations

import time

from django.db.models import F

from junheng.web.api.models import Token

MOST_A_MINUTE = 300


def count_call(token: Token) -> int:
    """One more call; 0 = go on, else the seconds after which it may call again."""
    now = time.time()
    minute = int(now // 60)
    mine = Token.objects.filter(pk=token.pk)
    if mine.filter(minute=minute, calls__lt=MOST_A_MINUTE).update(calls=F("calls") + 1):
        return 0
    if mine.exclude(minute=minute).update(minute=minute, calls=1):
        return 0
    return int((minute + 1) * 60 - now) + 1
