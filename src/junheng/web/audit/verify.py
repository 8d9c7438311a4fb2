"""Whether the log is what was written: the chain, and the anchors kept outside the database."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from junheng.web.audit.chain import Break, breaks
from junheng.web.audit.models import AuditEvent, ChainHead

_BATCH = 2000


def anchors_file() -> Path:
    """Beside the keys, away from the database: whoever rewrites the whole log must rewrite this too, and cannot sign."""
    keys: Path = settings.JUNHENG_KEYS
    return keys / "audit_anchors"


def verify() -> Iterator[Break]:
    """Every place where the log was edited, shortened or replaced. Reads in batches: memory does not grow with the log."""
    head = ChainHead.objects.filter(pk=1).first()
    events = AuditEvent.objects.order_by("seq").iterator(chunk_size=_BATCH)
    yield from breaks(events, head.seq if head else 0, head.hash if head else "")
    yield from _anchors_broken()


def add_anchor() -> None:
    """Note where the chain stands now, signed with the site's secret; done from time to time by the worker."""
    head = ChainHead.objects.filter(pk=1).first()
    if head is None or head.seq == 0:
        return
    line = f"{head.seq} {head.hash}"
    file = anchors_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    known = file.read_text("ascii").splitlines() if file.is_file() else []
    if known and known[-1].startswith(f"{head.seq} "):
        return
    with file.open("a", encoding="ascii") as out:
        out.write(f"{line} {_sign(line)}\n")


def _anchors_broken() -> Iterator[Break]:
    file = anchors_file()
    for number, line in enumerate(file.read_text("ascii").splitlines() if file.is_file() else (), 1):
        seq, _, rest = line.partition(" ")
        stood, _, signature = rest.partition(" ")
        if not hmac.compare_digest(signature, _sign(f"{seq} {stood}")):
            yield Break(0, f"锚点文件第 {number} 行的签名不对")
            continue
        event = AuditEvent.objects.filter(seq=int(seq)).first()
        if event is None or event.hash != stood:
            yield Break(int(seq), f"第 {seq} 条与数据库外的锚点不符")


def _sign(line: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), line.encode(), hashlib.sha256).hexdigest()
