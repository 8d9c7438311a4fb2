"""Bytes made for a while: what can be made again. Each under the day it was made and a name of its own, so that it is
forgotten without asking who else may hold the same bytes; no backup holds them."""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import dataclass
from datetime import date

from junheng.web.store.model import StoreError
from junheng.web.store.setting import the_store

_PREFIX = "made"


@dataclass(frozen=True)
class Made:
    """key: "2026-09-01/3f…", below which the store has the bytes; sha256: of them."""

    key: str
    sha256: str


def keep_made(data: bytes, today: date) -> Made:
    kept = Made(f"{today.isoformat()}/{uuid.uuid4().hex}", hashlib.sha256(data).hexdigest())
    the_store().put(f"{_PREFIX}/{kept.key}", data)
    return kept


def made(kept: Made) -> bytes:
    """Raises StoreError when it is forgotten, or is no longer what it was."""
    data = the_store().get(f"{_PREFIX}/{kept.key}")
    if hashlib.sha256(data).hexdigest() != kept.sha256:
        raise StoreError("保存的文件与登记的校验值不符", where=kept.key, remedy="请重新生成")
    return data


def has_made(kept: Made) -> bool:
    return the_store().exists(f"{_PREFIX}/{kept.key}")


def forget_made(before: date) -> int:
    """Everything made on an earlier day. Returns how many."""
    old = [key for key in the_store().keys(_PREFIX) if key.split("/")[1] < before.isoformat()]
    for key in old:
        the_store().forget(key)
    return len(old)
