"""Bytes of a plan's tables and results: in the store by hash, or sealed in the row where they may name people."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from junheng.web.desk.models import PlanFile
from junheng.web.store import StoreError, content, keep_content


@dataclass(frozen=True)
class Kept:
    """Bytes put where they belong, before the row that names them is written. sealed None: they lie in the store."""

    name: str
    size: int
    sha256: str
    sealed: bytes | None


def kept(name: str, data: bytes, *, personal: bool) -> Kept:
    sha256 = hashlib.sha256(data).hexdigest() if personal else keep_content(data)
    return Kept(name, len(data), sha256, data if personal else None)


def bytes_of(file: PlanFile) -> bytes:
    """Raises StoreError when they are not there, or are no longer what they were."""
    if file.sealed is None:
        return content(file.sha256)
    data = bytes(file.sealed)
    if hashlib.sha256(data).hexdigest() != file.sha256:
        raise StoreError("保存的文件与登记的校验值不符", where=file.name, remedy="请系统管理员从备份恢复")
    return data
