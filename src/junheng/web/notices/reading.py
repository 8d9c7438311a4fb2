"""How many notices wait for a person."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.cache import cache

from junheng.web.accounts.models import User
from junheng.web.notices.models import Notice

_SECONDS = 20
_MOST = 99


def unread_count(user: User) -> int:
    """Unread notices, at most 99 (which stands for "99 or more"). Kept for some seconds: every page asks."""
    count = cache.get(_key(user.pk))
    if count is None:
        count = Notice.objects.filter(user=user, read_at=None).order_by()[:_MOST].count()
        cache.set(_key(user.pk), count, _SECONDS)
    return int(count)


def forget_count(users: Iterable[int]) -> None:
    """Count again for these accounts. Other processes notice within the seconds the number is kept."""
    cache.delete_many([_key(pk) for pk in users])


def _key(pk: int) -> str:
    return f"notices:unread:{pk}"
