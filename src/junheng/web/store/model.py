"""What a store can do, and how it fails."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from junheng.common.errors import UserError


class StoreError(UserError):
    """Something is not in the store, is not what it was, or the store does not answer."""


class Store(Protocol):
    """Bytes by key ("contents/ab/ab12…", "releases/1f…/school.parquet"). A key is written once and never changed; only what was
    made for a while ("made/2026-09-01/…") is ever forgotten."""

    def put(self, key: str, data: bytes) -> None:
        """All of it or nothing. Putting a key that is there already leaves it."""
        ...

    def get(self, key: str) -> bytes:
        """Raises StoreError when there is no such key."""
        ...

    def exists(self, key: str) -> bool: ...

    def keys(self, prefix: str) -> Iterator[str]:
        """In order."""
        ...

    def forget(self, key: str) -> None:
        """Forgetting what is not there is no error."""
        ...
