"""Whether the log is what was written: the chain, and the anchors kept outside the database."""

from __future__ import annotations

from collections.abc import Iterator

from junheng.web.audit.anchors import anchors_broken
from junheng.web.audit.chain import Break, breaks
from junheng.web.audit.models import AuditEvent, ChainHead

_BATCH = 2000


def verify() -> Iterator[Break]:
    """Every place where the log was edited, shortened or replaced. Reads in batches: memory does not grow with the log."""
    head = ChainHead.objects.filter(pk=1).first()
    events = AuditEvent.objects.order_by("seq").iterator(chunk_size=_BATCH)
    yield from breaks(events, head.seq if head else 0, head.hash if head else "")
    yield from anchors_broken()
