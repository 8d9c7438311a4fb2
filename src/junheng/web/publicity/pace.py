"""How many objections one place may hand in: enough for a family or an office, too few for a machine.

Where an objection came from is kept nowhere but in this process's memory, for an hour, as a keyed hash.
"""

from __future__ import annotations

from django.core.cache import cache
from django.utils.crypto import salted_hmac

from junheng.common.errors import UserError

MOST_AN_HOUR = 20
_SECONDS = 3600


class TooMany(UserError):
    """So many came in that this one has to wait."""


def refuse_too_many(address: str) -> None:
    """Raises TooMany."""
    if cache.get(_key(address), 0) >= MOST_AN_HOUR:
        raise TooMany("从这里提交的异议太多", why=f"一小时内最多 {MOST_AN_HOUR} 件", remedy="请过一会儿再提交；您写的内容还在下面")


def count(address: str) -> None:
    """One more was taken from there."""
    key = _key(address)
    cache.add(key, 0, _SECONDS)
    cache.incr(key)


def _key(address: str) -> str:
    return f"publicity.pace.{salted_hmac('junheng.publicity.pace', address, algorithm='sha256').hexdigest()}"
