"""Send e-mails and text messages that wait to be sent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db import transaction
from django.utils import timezone

from junheng.common.errors import UserError
from junheng.web.accounts.models import User
from junheng.web.audit.actions import record
from junheng.web.notices.actions.outbox import send_due, take_up_stuck, wait_again
from junheng.web.notices.channels import configured, sender
from junheng.web.notices.models import Channel, Delivery, DeliveryState

_AT_ONCE = 500


def deliver(today: date) -> list[int]:
    """Send every message that is due; returns those that went."""
    take_up_stuck(Delivery)
    return [pk for channel in configured() for pk in _send_all(channel)]


def _send_all(channel: Channel) -> Iterator[int]:
    due = Delivery.objects.filter(channel=channel, state=DeliveryState.WAITING, next_try_at__lte=timezone.now())
    waiting = list(due.select_related("user").order_by("pk")[:_AT_ONCE])
    if waiting:
        with sender(channel) as way:
            yield from send_due(waiting, way.send)


@transaction.atomic
def send_again(delivery: Delivery, *, by: User) -> None:
    """Try a failed message once more, from the first attempt on."""
    locked = Delivery.objects.select_for_update(of=("self",)).select_related("user__unit").get(pk=delivery.pk)
    if locked.state != DeliveryState.FAILED:
        raise UserError("这条消息不用重发", why=f"现在是“{locked.get_state_display()}”", remedy="只有“未送达”的消息可以重发")
    wait_again(locked)
    locked.save()
    record(by=by.actor, action="notices.send_again", subject=f"delivery:{locked.pk}", unit_path=locked.user.unit.path)
