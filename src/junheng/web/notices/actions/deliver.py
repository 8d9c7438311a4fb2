"""Send what waits to be sent: try, try again later, and say so when it will not go."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from junheng.common.errors import UserError
from junheng.web.accounts.models import User
from junheng.web.audit.actions import record
from junheng.web.notices.channels import NoAddress, Sender, configured, sender
from junheng.web.notices.models import Channel, Delivery, DeliveryState

_log = logging.getLogger(__name__)
PAUSES = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2), timedelta(hours=12))
"""Waits between attempts; after the last one fails, the message has failed."""
_AT_ONCE = 500
_STUCK = timedelta(minutes=10)
_GIVE_UP_AFTER = 3
"""Failures in a row after which a channel is left alone until the next time: a server that is down answers no one."""


def deliver(today: date) -> list[int]:
    """Send every message that is due; returns those that went."""
    _take_up_stuck()
    return [pk for channel in configured() for pk in _send_all(channel)]


def _take_up_stuck() -> None:
    """What a killed process was sending may have gone or not: it is sent again, with the same key."""
    stuck = Delivery.objects.filter(state=DeliveryState.SENDING, next_try_at__lt=timezone.now() - _STUCK)
    stuck.update(state=DeliveryState.WAITING)


def _send_all(channel: Channel) -> Iterator[int]:
    due = Delivery.objects.filter(channel=channel, state=DeliveryState.WAITING, next_try_at__lte=timezone.now())
    waiting = list(due.select_related("user").order_by("pk")[:_AT_ONCE])
    if not waiting:
        return
    failures = 0
    with sender(channel) as way:
        for delivery in waiting:
            if not _claim(delivery):
                continue
            if _send(way, delivery):
                failures = 0
                yield delivery.pk
            else:
                failures += 1
                if failures == _GIVE_UP_AFTER:
                    return


def _claim(delivery: Delivery) -> bool:
    """Whether it is ours to send: of two processes one gets it."""
    now = timezone.now()
    mine = Delivery.objects.filter(pk=delivery.pk, state=DeliveryState.WAITING)
    return bool(mine.update(state=DeliveryState.SENDING, attempts=delivery.attempts + 1, next_try_at=now))


def _send(way: Sender, delivery: Delivery) -> bool:
    try:
        way.send(delivery)
    except Exception as error:
        _failed(delivery, error)
        return False
    Delivery.objects.filter(pk=delivery.pk).update(state=DeliveryState.SENT, ended_at=timezone.now(), error="")
    return True


def _failed(delivery: Delivery, error: Exception) -> None:
    why = _why(error)
    _log.warning("delivery %s by %s failed: %s", delivery.pk, delivery.channel, why)
    attempts, now = delivery.attempts + 1, timezone.now()
    ours = Delivery.objects.filter(pk=delivery.pk)
    if attempts > len(PAUSES):
        ours.update(state=DeliveryState.FAILED, ended_at=now, error=why)
    else:
        ours.update(state=DeliveryState.WAITING, next_try_at=now + PAUSES[attempts - 1], error=why)


def _why(error: Exception) -> str:
    """The kind of error and a server's code; not its words, which may hold an address."""
    if isinstance(error, NoAddress):
        return str(error)
    code = getattr(error, "smtp_code", None) or getattr(error, "errno", None)
    return f"{type(error).__name__}{f'（{code}）' if code else ''}"


@transaction.atomic
def send_again(delivery: Delivery, *, by: User) -> None:
    """Try a failed message once more, from the first attempt on."""
    locked = Delivery.objects.select_for_update().select_related("user__unit").get(pk=delivery.pk)
    if locked.state != DeliveryState.FAILED:
        raise UserError("这条消息不用重发", why=f"现在是“{locked.get_state_display()}”", remedy="只有“未送达”的消息可以重发")
    locked.state, locked.attempts, locked.next_try_at, locked.ended_at = DeliveryState.WAITING, 0, timezone.now(), None
    locked.save()
    record(by=by.actor, action="notices.send_again", subject=f"delivery:{locked.pk}", unit_path=locked.user.unit.path)
