"""Read the audit log on from where a reader left it.

Nothing is lost and nothing doubled. What comes of some events and the cursor behind them are written in one
transaction: killed before it commits, it is made again from the same place; killed after, the cursor has moved. A
cursor is enough because events become visible in the order of seq: `audit.record` gives out seq n + 1 under the lock
of the chain's head, which whoever has n holds until its transaction is committed and visible (PostgreSQL makes a
transaction visible before it lets go of its locks; SQLite has one writer at a time), and gives n out again when that
transaction was rolled back. So whoever sees event n sees every event before it, and nothing appears behind the cursor
later. Two processes that read for one reader wait for each other at the cursor's row.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.db import transaction

from junheng.web.audit.models import AuditEvent
from junheng.web.flow.turns import give_way
from junheng.web.notices.models import Cursor, Reader

_EVENTS = 200


def read_log(reader: Reader, tell: Callable[[Sequence[AuditEvent]], None]) -> None:
    """Hand every event since the last time to `tell`, some at a time, each time in the transaction that moves the cursor."""
    while _something_new(reader):
        _read_on(reader, tell)
        give_way()


def _something_new(reader: Reader) -> bool:
    """Asked without a transaction: this runs every few seconds, and must not keep others from writing for nothing."""
    read = Cursor.objects.values_list("seq", flat=True).filter(pk=reader).first() or 0
    return AuditEvent.objects.filter(seq__gt=read).exists()


@transaction.atomic
def _read_on(reader: Reader, tell: Callable[[Sequence[AuditEvent]], None]) -> None:
    """The next events, the oldest first; none where another process was faster."""
    Cursor.objects.get_or_create(pk=reader)
    cursor = Cursor.objects.select_for_update().get(pk=reader)
    events = list(AuditEvent.objects.filter(seq__gt=cursor.seq).order_by("seq")[:_EVENTS])
    if events:
        tell(events)
        cursor.seq = events[-1].seq
        cursor.save()
