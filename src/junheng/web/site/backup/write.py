"""Write a backup: one .tar.gz, whole or not at all, with the SHA-256 of everything in it."""

from __future__ import annotations

import hashlib
import io
import json
import os
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection, transaction
from django.utils import timezone

from junheng import __version__
from junheng.common.errors import UserError
from junheng.web.audit.models import ChainHead
from junheng.web.site.backup.rows import label, lines, tables
from junheng.web.store import the_store

MANIFEST = "manifest.json"
SCHEMA = "junheng.backup/1"
STORED = ("contents", "releases")
Step = Callable[[str], None]


def write_backup(out: Path, on_step: Step = lambda name: None) -> int:
    """Write the file `out`, which must not exist; returns how many members it has. Raises UserError."""
    if out.exists():
        raise UserError("备份文件已经存在", where=str(out), remedy="请换一个文件名")
    out.parent.mkdir(parents=True, exist_ok=True)
    temporary = out.with_name(f".tmp-{os.getpid()}-{out.name}")
    try:
        with tarfile.open(temporary, "w:gz", compresslevel=3) as archive:
            members = _members(archive, on_step)
        with temporary.open("rb") as written:
            os.fsync(written.fileno())
        temporary.rename(out)
    except OSError as error:
        raise UserError("备份没有写成", where=str(out), why=f"{error.strerror or error}", remedy="请检查磁盘空间和权限") from error
    finally:
        temporary.unlink(missing_ok=True)
    return members


def _members(archive: tarfile.TarFile, on_step: Step) -> int:
    hashes: dict[str, str] = {}
    counts: dict[str, int] = {}
    # One moment for all tables; nothing they name is missing from the store, which only grows.
    with _one_moment(), tempfile.TemporaryDirectory() as folder:
        head = ChainHead.objects.filter(pk=1).first()
        for model in tables():
            on_step(label(model))
            path = Path(folder) / "table.jsonl"
            with path.open("w", encoding="utf-8") as file:
                counts[label(model)] = sum(1 for line in lines(model) if file.write(f"{line}\n"))
            name = f"tables/{label(model)}.jsonl"
            hashes[name] = _sha256(path)
            archive.add(path, name)
    for prefix in STORED:
        for key in the_store().keys(prefix):
            on_step(key)
            data = the_store().get(key)
            hashes[f"store/{key}"] = hashlib.sha256(data).hexdigest()
            _add(archive, f"store/{key}", data)
    manifest = {
        "schema": SCHEMA, "software": __version__, "made_at": timezone.now().isoformat(), "tables": counts, "sha256": hashes,
        "audit": {"seq": head.seq if head else 0, "hash": head.hash if head else ""},
    }  # fmt: skip
    _add(archive, MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1).encode())
    return len(hashes)


@contextmanager
def _one_moment() -> Iterator[None]:
    with transaction.atomic():
        if connection.vendor == "postgresql":  # whose transactions else see what others commit meanwhile
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def _add(archive: tarfile.TarFile, name: str, data: bytes) -> None:
    info = tarfile.TarInfo(name)
    info.size = len(data)
    archive.addfile(info, io.BytesIO(data))


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
