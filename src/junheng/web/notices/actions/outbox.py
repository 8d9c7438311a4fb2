"""Messages on their way out of the site, whatever carries them: try, try again later, and say so when one will not go."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from typing import TypeVar

from django.utils import timezone

from junheng.web.notices.channels import Unsent
from junheng.web.notices.models import DeliveryState, Outgoing

_log = logging.getLogger(__name__)
PAUSES = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2), timedelta(hours=12))
"""Waits between attempts; after the last one fails, the message has failed."""
STUCK = timedelta(minutes=10)
GIVE_UP_AFTER = 3
"""Failures in a row after which a way is left alone until the next time: a server that is down answers no one."""

M = TypeVar("M", bound=Outgoing)


def take_up_stuck(kind: type[Outgoing]) -> None:
    """What a killed process was sending may have gone or not: it is sent again, with the same key."""
    stuck = kind._base_manager.filter(state=DeliveryState.SENDING, next_try_at__lt=timezone.now() - STUCK)
    stuck.update(state=DeliveryState.WAITING)


def send_due(waiting: Iterable[M], send: Callable[[M], None], *, give_up_after: int = GIVE_UP_AFTER) -> Iterator[int]:
    """Send one after the other by one way; yields those that went. send raises when a message did not go."""
    failures = 0
    for message in waiting:
        if not _claim(message):
            continue
        if _went(message, send):
            failures = 0
            yield message.pk
        else:
            failures += 1
            if failures == give_up_after:
                return


def wait_again(message: Outgoing) -> None:
    """A message that failed is tried from the first attempt on. The caller has locked it, and saves it."""
    message.state, message.attempts, message.next_try_at, message.ended_at = DeliveryState.WAITING, 0, timezone.now(), None


def _claim(message: Outgoing) -> bool:
    """Whether it is ours to send: of two processes one gets it."""
    mine = type(message)._base_manager.filter(pk=message.pk, state=DeliveryState.WAITING)
    return bool(mine.update(state=DeliveryState.SENDING, attempts=message.attempts + 1, next_try_at=timezone.now()))


def _went(message: M, send: Callable[[M], None]) -> bool:
    try:
        send(message)
    except Exception as error:
        _failed(message, error)
        return False
    type(message)._base_manager.filter(pk=message.pk).update(state=DeliveryState.SENT, ended_at=timezone.now(), error="")
    return True


def _failed(message: Outgoing, error: Exception) -> None:
    why = _why(error)
    _log.warning("%s failed: %s", message, why)
    attempts, now = message.attempts + 1, timezone.now()
    ours = type(message)._base_manager.filter(pk=message.pk)
    if attempts > len(PAUSES):
        ours.update(state=DeliveryState.FAILED, ended_at=now, error=why)
    else:
        ours.update(state=DeliveryState.WAITING, next_try_at=now + PAUSES[attempts - 1], error=why)


def _why(error: Exception) -> str:
    """The kind of error and a server's code; not its words, which may hold an address."""
    if isinstance(error, Unsent):
        return str(error)[:200]
    code = getattr(error, "smtp_code", None) or getattr(error, "errno", None)
    return f"{type(error).__name__}{f'（{code}）' if code else ''}"
