"""Subscriptions: made, ended; what happened put into the outbox, and sent from it."""

from __future__ import annotations

import secrets
import time
from collections.abc import Collection, Sequence
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from junheng.common.errors import UserError
from junheng.web.accounts.models import User
from junheng.web.api.hooks.address import target_of
from junheng.web.api.hooks.events import TOLD_OF, kind_of, said
from junheng.web.api.hooks.sending import send
from junheng.web.api.models import Algorithm, Hook, HookMessage
from junheng.web.api.scopes import scopes_for
from junheng.web.audit.actions import record
from junheng.web.audit.models import AuditEvent
from junheng.web.notices.actions.outbox import send_due, take_up_stuck, wait_again
from junheng.web.notices.actions.read_log import read_log
from junheng.web.notices.models import DeliveryState, Reader

_MOST = 10
_AT_ONCE = 100
_SECONDS = 20.0
"""The longest one round of sending lasts: others wait for the same thread."""
KEPT = timedelta(days=30)


@transaction.atomic
def make_hook(user: User, name: str, url: str, scopes: Collection[str], algorithm: str) -> Hook:
    """A subscription; its secret is in it, and shown this once. Raises UserError."""
    name, url = name.strip(), url.strip()
    target_of(url)
    possible = {each.id for each in scopes_for(user) if each in TOLD_OF}
    if not name or len(name) > 60 or len(url) > 500:
        raise UserError("没有填好", why="用途不超过 60 字，网址不超过 500 字", remedy="请写清推送给哪个系统")
    if not scopes or not set(scopes) <= possible or algorithm not in Algorithm.values:
        raise UserError("没有选好范围", why="至少选一项，且只能选本账号有权查看的", remedy="请只勾选用得到的范围")
    if Hook.objects.filter(user=user, ended_at=None).count() >= _MOST:
        raise UserError("订阅太多", why=f"一个账号最多 {_MOST} 个", remedy="请先停止不用的订阅")
    hook = Hook.objects.create(user=user, name=name, url=url, scopes=sorted(scopes), algorithm=algorithm, secret=secrets.token_urlsafe(32), after=0,
                               role=user.role, unit=user.unit)  # fmt: skip
    made = record(by=user.actor, action="api.hook_made", subject=f"hook:{hook.pk}", unit_path=user.unit_path,
                  after={"scopes": hook.scopes, "algorithm": algorithm})  # fmt: skip
    hook.after = made.seq
    hook.save(update_fields=["after"])
    return hook


@transaction.atomic
def end_hook(hook: Hook, *, by: User) -> None:
    """Nothing is sent from now on; what waits is not sent either."""
    locked = Hook.objects.select_for_update(of=("self",)).get(pk=hook.pk)
    if locked.ended_at is None:
        locked.ended_at = timezone.now()
        locked.save(update_fields=["ended_at"])
        HookMessage.objects.filter(hook=locked, state=DeliveryState.WAITING).delete()
        record(by=by.actor, action="api.hook_ended", subject=f"hook:{hook.pk}", unit_path=hook.user.unit_path)


@transaction.atomic
def send_message_again(message: HookMessage, *, by: User) -> None:
    """Try a failed message once more, from the first attempt on."""
    locked = HookMessage.objects.select_for_update(of=("self",)).get(pk=message.pk)
    if locked.state != DeliveryState.FAILED:
        raise UserError("这条消息不用重发", why=f"现在是“{locked.get_state_display()}”", remedy="只有“未送达”的消息可以重发")
    wait_again(locked)
    locked.save()
    record(by=by.actor, action="api.hook_sent_again", subject=f"hook:{message.hook_id}", unit_path=by.unit_path, detail={"event": message.event_seq})


def tell_hooks(today: date) -> int:
    """Put what happened since the last time into the outbox of every subscription it is for; how many messages."""
    made: list[int] = []
    read_log(Reader.WEBHOOKS, lambda events: made.append(_tell(events)))
    return sum(made)


def _tell(events: Sequence[AuditEvent]) -> int:
    hooks = [each for each in Hook.objects.filter(ended_at=None).select_related("user__unit") if not each.over]
    messages = []
    for event in events if hooks else ():
        kind = kind_of(event)
        if kind is None:
            continue
        told = [each for each in hooks if kind.scope.id in each.scopes and event.seq > each.after and kind.is_for(event, each.user)]
        if told:
            body = said(event, kind)
            messages += [HookMessage(hook=each, event_seq=event.seq, body=body) for each in told]
    return len(HookMessage.objects.bulk_create(messages, batch_size=500))


def send_hooks(today: date) -> list[int]:
    """Send what is due; returns the messages that went. After a failure the receiver is left alone until that message is due."""
    take_up_stuck(HookMessage)
    until, went = time.monotonic() + _SECONDS, list[int]()
    due = HookMessage.objects.filter(state=DeliveryState.WAITING, next_try_at__lte=timezone.now())
    for hook in due.order_by().values_list("hook", flat=True).distinct():
        for message in due.filter(hook=hook).select_related("hook__user__unit").order_by("pk")[:_AT_ONCE]:
            if time.monotonic() > until:
                return went
            if not list(send_due([message], send)):
                _leave_alone(message)
                break
            went.append(message.pk)
    return went


def _leave_alone(failed: HookMessage) -> None:
    """The receiver's other messages wait as long as the one that failed."""
    failed.refresh_from_db()
    HookMessage.objects.filter(hook=failed.hook, state=DeliveryState.WAITING, next_try_at__lt=failed.next_try_at).update(next_try_at=failed.next_try_at)


def forget_sent(today: date) -> int:
    """Messages that ended long ago; how many."""
    gone, _ = HookMessage.objects.filter(ended_at__lt=timezone.now() - KEPT).delete()
    return gone
