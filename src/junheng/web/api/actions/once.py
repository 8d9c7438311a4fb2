"""Idempotency-Key: what was done under a key is not done again; the same answer is given.

The key is written in the transaction of the act. Killed before it commits, neither is there and the program may send again;
killed after, the answer is there. Of two requests at once the second waits for the first's transaction. A refusal has
changed nothing and is not kept.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from junheng.web.api.models import Kept, Token
from junheng.web.api.problems import ApiProblem
from junheng.web.audit.origin import acting_from, current_origin

LASTS = timedelta(hours=24)
Act = Callable[[], dict[str, Any]]
"""Does it, and returns the answer as JSON values. Raises UserError, and then nothing is kept."""


def fingerprint(parts: Iterable[str]) -> str:
    """Of what was asked for: the same key with another request is a mistake of the program."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


@transaction.atomic
def once(token: Token, key: str, asked: str, act: Act) -> tuple[dict[str, Any], bool]:
    """The answer, and whether it was given before. key: "" = every request counts. Raises ApiProblem for a key of another request."""
    with acting_from(f"{current_origin()} token:{token.pk}".strip()):
        if not key:
            return act(), False
        kept, new = Kept.objects.get_or_create(token=token, key=key, defaults={"asked": asked, "answer": {}})
        if not new:
            if kept.asked != asked:
                raise ApiProblem(422, "idempotency", "这个 Idempotency-Key 已用于另一个请求", remedy="请给每件事一个新的 Idempotency-Key")
            return kept.answer, True
        kept.answer = act()
        kept.save(update_fields=["answer"])
        return kept.answer, False


def forget_kept(today: date) -> int:
    """Answers a day old; how many."""
    gone, _ = Kept.objects.filter(at__lt=timezone.now() - LASTS).delete()
    return gone
