"""How many wrong codes one place may try: enough for a class that types them from slips, too few for a machine that guesses."""

from __future__ import annotations

from junheng.common.errors import UserError
from junheng.web.publicity.actions.pace import count, reached

MOST_WRONG_AN_HOUR = 60
_WHAT = "survey code"


class TooManyTries(UserError):
    """So many wrong codes came from there that every code has to wait."""


def refuse_too_many(address: str) -> None:
    """Raises TooManyTries."""
    if reached(_WHAT, address, MOST_WRONG_AN_HOUR):
        raise TooManyTries("输错的次数太多", why=f"一小时内最多 {MOST_WRONG_AN_HOUR} 次", remedy="请过一会儿再试，或用手机流量打开")


def count_wrong(address: str) -> None:
    count(_WHAT, address)
