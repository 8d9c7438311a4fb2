"""The hash of an audit event, and the proof that nothing was edited, removed or slipped in."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from cryptography.hazmat.primitives import hashes

from junheng.web.audit.models import AuditEvent

_FIELDS = ("seq", "actor_id", "actor_name", "actor_role", "origin", "action", "subject", "unit_path", "before", "after",
           "detail", "purpose")  # fmt: skip


def sm3(data: bytes) -> str:
    """SM3 (GB/T 32905) as hex."""
    digest = hashes.Hash(hashes.SM3())
    digest.update(data)
    return digest.finalize().hex()


def event_hash(event: AuditEvent, prev_hash: str) -> str:
    """SM3 over the hash before and the event's canonical JSON."""
    return sm3(prev_hash.encode() + canonical(event))


def canonical(event: AuditEvent) -> bytes:
    at: datetime = event.at
    content: dict[str, Any] = {name: getattr(event, name) for name in _FIELDS}
    content["at"] = at.astimezone(UTC).isoformat(timespec="microseconds")
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


@dataclass(frozen=True)
class Break:
    """Where the chain does not hold. why: Chinese."""

    seq: int
    why: str


def breaks(events: Iterable[AuditEvent], head_seq: int, head_hash: str) -> Iterator[Break]:
    """Every place where the log (in order of seq) was edited. head_*: what ChainHead says stands at the end."""
    expected_seq, prev_hash = 1, ""
    for event in events:
        if event.seq != expected_seq:
            yield Break(expected_seq, f"第 {expected_seq} 至 {event.seq - 1} 条缺失")
            expected_seq = event.seq
        if event.prev_hash != prev_hash:
            yield Break(event.seq, f"第 {event.seq} 条与前一条接不上")
        if event_hash(event, event.prev_hash) != event.hash:
            yield Break(event.seq, f"第 {event.seq} 条的内容与校验值不符")
        expected_seq, prev_hash = event.seq + 1, event.hash
    if expected_seq - 1 != head_seq or prev_hash != head_hash:
        yield Break(head_seq, f"链尾应是第 {head_seq} 条，实际到第 {expected_seq - 1} 条")
