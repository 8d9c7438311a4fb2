"""Where the chain stood at a time, noted outside the database and signed.

Beside the keys, away from the database: whoever rewrites the whole log must rewrite this too, and cannot sign. One line
per anchor: seq, hash of the event, signature.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from junheng.web.audit.chain import Break
from junheng.web.audit.models import AuditEvent, ChainHead
from junheng.web.privacy.cipher import CannotOpen
from junheng.web.privacy.keys import write_private
from junheng.web.privacy.sealing import is_signed, sign


@dataclass(frozen=True)
class Anchor:
    """said: "<seq> <hash>", what is signed. signature: of privacy.sealing.sign."""

    said: str
    signature: str

    @staticmethod
    def read(line: str) -> Anchor:
        said, _, signature = line.rpartition(" ")
        return Anchor(said, signature)

    @property
    def stands(self) -> bool:
        try:
            return is_signed(self.said, self.signature)
        except CannotOpen:
            return False

    def line(self) -> str:
        return f"{self.said} {self.signature}\n"


def anchors_file() -> Path:
    keys: Path = settings.JUNHENG_KEYS
    return keys / "audit_anchors"


def add_anchor() -> None:
    """Note where the chain stands now; done from time to time by the worker."""
    head = ChainHead.objects.filter(pk=1).first()
    if head is None or head.seq == 0:
        return
    known = _anchors()
    if known and known[-1].said.startswith(f"{head.seq} "):
        return
    said = f"{head.seq} {head.hash}"
    with anchors_file().open("a", encoding="ascii") as out:
        out.write(Anchor(said, sign(said)).line())


def sign_again() -> None:
    """Every anchor that stands, signed with the newest key: done before an older one is retired. A forged one stays as it is."""
    if known := _anchors():
        renewed = (Anchor(each.said, sign(each.said)) if each.stands else each for each in known)
        write_private(anchors_file(), "".join(each.line() for each in renewed).encode("ascii"))


def anchors_broken() -> Iterator[Break]:
    """Every anchor that was forged, or that the log no longer agrees with."""
    for number, anchor in enumerate(_anchors(), 1):
        if not anchor.stands:
            yield Break(0, f"锚点文件第 {number} 行的签名不对，或签名的密钥已不在密钥目录里")
            continue
        seq, _, stood = anchor.said.partition(" ")
        event = AuditEvent.objects.filter(seq=int(seq)).first()
        if event is None or event.hash != stood:
            yield Break(int(seq), f"第 {seq} 条与数据库外的锚点不符")


def _anchors() -> list[Anchor]:
    file = anchors_file()
    return [Anchor.read(line) for line in file.read_text("ascii").splitlines()] if file.is_file() else []
