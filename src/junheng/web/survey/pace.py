"""How many wrong codes one place may try: enough for a class that types them from slips, too few for a machine that guesses.

Where a try came from is kept nowhere but in this process's memory, for an hour, as a keyed hash.
"""

from __future__ import annotations

from django.core.cache import cache
from django.utils.crypto import salted_hmac

from junheng.common.errors import UserError

MOST_WRONG_AN_HOUR = 60
_SECONDS = 3600


class TooManyTries(UserError):
    """So many wrong codes came from there that every code has to wait."""


def refuse_too_many(address: str) -> None:
    """Raises TooManyTries."""
    if cache.get(_key(address), 0) >= MOST_WRONG_AN_HOUR:
        raise TooManyTries("输错的次数太多", why=f"一小时内最多 {MOST_WRONG_AN_HOUR} 次", remedy="请过一会儿再试，或用手机流量打开")


def count_wrong(address: str) -> None:
    key = _key(address)
    cache.add(key, 0, _SECONDS)
    cache.incr(key)


def _key(address: str) -> str:
    return f"survey.pace.{salted_hmac('junheng.survey.pace', address, algorithm='sha256').hexdigest()}"
