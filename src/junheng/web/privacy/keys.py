"""The key ring: a folder outside the database, one file per key, readable by the owner alone.

<id>.key is JSON: id, created, sm4 (16 bytes, hex), hmac (32 bytes, hex). The newest key encrypts. A key is retired by
moving its file to retired/: backups made before still need it.
"""

from __future__ import annotations

import fcntl
import json
import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

_SM4_BYTES, _HMAC_BYTES = 16, 32


@dataclass(frozen=True)
class Key:
    """created: with time zone. The bytes are kept out of repr, and so out of logs."""

    id: str
    created: datetime
    sm4: bytes = field(repr=False)
    hmac: bytes = field(repr=False)

    @staticmethod
    def new(now: datetime) -> Key:
        return Key(f"{now:%Y%m%d}-{secrets.token_hex(4)}", now, secrets.token_bytes(_SM4_BYTES), secrets.token_bytes(_HMAC_BYTES))

    @staticmethod
    def read(file: Path) -> Key:
        said = json.loads(file.read_text("ascii"))
        return Key(said["id"], datetime.fromisoformat(said["created"]), bytes.fromhex(said["sm4"]), bytes.fromhex(said["hmac"]))

    def to_json(self) -> str:
        return json.dumps({"id": self.id, "created": self.created.isoformat(), "sm4": self.sm4.hex(), "hmac": self.hmac.hex()})


class KeyRing:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._stamp, self._known = 0, dict[str, Key]()

    def keys(self) -> Mapping[str, Key]:
        """By id, oldest first. Read again when the folder has changed: another process may have made or retired a key."""
        try:
            stamp = self.folder.stat().st_mtime_ns
        except FileNotFoundError:
            stamp = 0
        if stamp == 0 or stamp != self._stamp:
            self.read()
        return self._known

    def read(self) -> None:
        stamp = self.folder.stat().st_mtime_ns if self.folder.is_dir() else 0
        found = sorted((Key.read(file) for file in self.folder.glob("*.key")), key=lambda key: (key.created, key.id))
        self._stamp, self._known = stamp, {key.id: key for key in found}

    def first(self) -> None:
        """Make the first key where there is none; of processes that start at once, one makes it."""
        with self._locked():
            self.read()
            if not self._known:
                self._add()

    def add(self) -> Key:
        with self._locked():
            self.read()
            return self._add()

    def retire(self, key_id: str) -> None:
        with self._locked():
            self.read()
            if key_id not in self._known or len(self._known) == 1:
                raise LookupError(f"key {key_id} is the last one, or there is none")
            aside = self.folder / "retired"
            aside.mkdir(exist_ok=True, mode=0o700)
            self._file(key_id).rename(aside / f"{key_id}.key")
            _sync(self.folder)
            self.read()

    def _add(self) -> Key:
        # Later than every other, whatever the clock says: the newest is the one that encrypts.
        after = max((key.created + datetime.resolution for key in self._known.values()), default=datetime.now(UTC))
        key = Key.new(max(after, datetime.now(UTC)))
        write_private(self._file(key.id), key.to_json().encode())
        self.read()
        return key

    def _file(self, key_id: str) -> Path:
        return self.folder / f"{key_id}.key"

    @contextmanager
    def _locked(self) -> Iterator[None]:
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with open(os.open(self.folder / ".lock", os.O_WRONLY | os.O_CREAT, 0o600), "wb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def write_private(file: Path, data: bytes) -> None:
    """A new file for the owner alone: whole or not at all, on the disk when this returns."""
    aside = file.with_name(f".tmp-{secrets.token_hex(8)}")
    try:
        with open(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        aside.rename(file)
    finally:
        aside.unlink(missing_ok=True)
    _sync(file.parent)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
