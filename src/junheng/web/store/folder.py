"""A folder as a store."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from junheng.web.store.model import StoreError

_TEMPORARY = ".tmp-"


class FolderStore:
    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, key: str, data: bytes) -> None:
        """Written under another name, synced and renamed: a crash or a full disk leaves no half of it."""
        path = self._path(key)
        if path.exists():
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_name(f"{_TEMPORARY}{uuid.uuid4().hex}")
        try:
            with temporary.open("wb") as out:
                out.write(data)
                out.flush()
                os.fsync(out.fileno())
            temporary.rename(path)
        except OSError as error:
            raise StoreError("文件没有保存", why=f"{error.strerror or error}", remedy="请系统管理员检查磁盘空间和权限") from error
        finally:
            temporary.unlink(missing_ok=True)

    def get(self, key: str) -> bytes:
        try:
            return self._path(key).read_bytes()
        except OSError as error:
            raise StoreError("存储里没有这份内容", where=key, remedy="请系统管理员从备份恢复") from error

    def exists(self, key: str) -> bool:
        return self._path(key).is_file()

    def keys(self, prefix: str) -> Iterator[str]:
        start = self.root / prefix
        for path in sorted(start.rglob("*")) if start.is_dir() else ():
            if path.is_file() and not path.name.startswith(_TEMPORARY):
                yield path.relative_to(self.root).as_posix()

    def forget(self, key: str) -> None:
        path = self._path(key)
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise StoreError("文件没有清除", why=f"{error.strerror or error}", remedy="请系统管理员检查磁盘和权限") from error
        with suppress(OSError):  # others may lie in it
            path.parent.rmdir()

    def _path(self, key: str) -> Path:
        if any(part in ("", ".", "..") for part in key.split("/")):
            raise StoreError("存储里没有这份内容", where=key)
        return self.root / key
