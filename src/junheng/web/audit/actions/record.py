"""Write one event, in the transaction of the act it records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from junheng.common.errors import UserError
from junheng.web.audit.chain import event_hash
from junheng.web.audit.models import AuditEvent, ChainHead
from junheng.web.audit.origin import current_origin


@dataclass(frozen=True)
class Actor:
    """Who acts, as the log keeps it. id: None for the system itself (deadlines, the command line)."""

    id: int | None
    name: str
    role: str


SYSTEM = Actor(None, "系统", "系统")


_SHORTEST_PURPOSE = 4


def record_reading(*, by: Actor, action: str, subject: str, unit_path: str, purpose: str) -> AuditEvent:
    """Somebody is shown a person's data in full: why is asked for, and kept. Raises UserError without a purpose."""
    purpose = purpose.strip()
    if len(purpose) < _SHORTEST_PURPOSE:
        raise UserError("没有写明用途", why="查看个人信息要写明用途，记入审计", remedy=f"请写清为什么要看（至少 {_SHORTEST_PURPOSE} 个字）")
    return record(by=by, action=action, subject=subject, unit_path=unit_path, purpose=purpose[:200])


def record(
    *, by: Actor, action: str, subject: str, unit_path: str, before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None, detail: Mapping[str, Any] | None = None, purpose: str = "",
) -> AuditEvent:  # fmt: skip
    """Add an event to the chain. Must run inside the transaction of the act, so that both happen or neither does."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("an audit event belongs into the transaction of its act")
    ChainHead.objects.get_or_create(pk=1)
    head = ChainHead.objects.select_for_update().get(pk=1)
    event = AuditEvent(
        seq=head.seq + 1, at=timezone.now(), actor_id=by.id, actor_name=by.name, actor_role=by.role,
        origin=current_origin(), action=action, subject=subject, unit_path=unit_path,
        before=None if before is None else dict(before), after=None if after is None else dict(after),
        detail=dict(detail or {}), purpose=purpose, prev_hash=head.hash,
    )  # fmt: skip
    event.hash = event_hash(event, head.hash)
    event.save(force_insert=True)
    head.seq, head.hash = event.seq, event.hash
    head.save()
    return event
