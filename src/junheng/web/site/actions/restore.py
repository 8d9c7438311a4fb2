"""恢复: an empty site becomes what a backup holds, verified to the last byte, or stays empty."""

from __future__ import annotations

import hashlib
import json
import tarfile
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management.color import no_style
from django.db import connection, transaction

from junheng.common.errors import UserError
from junheng.web.areas.models import Unit
from junheng.web.audit.models import AuditEvent
from junheng.web.privacy.actions import rows_by_key
from junheng.web.privacy.cipher import the_cipher
from junheng.web.site.backup.rows import label, objects, tables
from junheng.web.site.backup.write import MANIFEST, SCHEMA
from junheng.web.store import the_store

_AGAIN = "请换一份备份，或核对文件是否完整"


def restore(file: Path, on_step: Callable[[str], None] = lambda name: None) -> dict[str, Any]:
    """Fill the empty site from a backup; returns its manifest. Raises UserError, and then the database is still empty."""
    if Unit.objects.exists() or AuditEvent.objects.exists():
        raise UserError("站点里已有数据，不能恢复到这里", remedy="请恢复到一个新的数据目录")
    with tempfile.TemporaryDirectory() as folder:
        manifest = _unpacked(file, Path(folder))
        for name in manifest["sha256"]:
            if name.startswith("store/"):
                on_step(name)
                the_store().put(name.removeprefix("store/"), (Path(folder) / name).read_bytes())
        _fill(Path(folder), manifest, on_step)
    return manifest


def _unpacked(file: Path, folder: Path) -> dict[str, Any]:
    try:
        with tarfile.open(file, "r:gz") as archive:
            archive.extractall(folder, filter="data")
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text("utf-8"))
    except (tarfile.TarError, OSError, EOFError, ValueError) as error:
        raise UserError("备份文件读不完整", where=str(file), why=f"{type(error).__name__}", remedy=_AGAIN) from error
    if manifest.get("schema") != SCHEMA:
        raise UserError("这不是均衡的备份文件", where=str(file), remedy=_AGAIN)
    for name, sha256 in manifest["sha256"].items():
        path = folder / name
        if not path.is_file() or _sha256(path) != sha256:
            raise UserError("备份文件的内容与清单不符", where=name, remedy=_AGAIN)
    return manifest


@transaction.atomic
def _fill(folder: Path, manifest: dict[str, Any], on_step: Callable[[str], None]) -> None:
    """In one transaction: constraints between tables are asked at its end, so the order of rows does not matter."""
    models = tables()
    unknown = sorted(set(manifest["tables"]) - {label(model) for model in models})
    if unknown:
        raise UserError("备份来自另一版软件", why=f"没有这些表：{'、'.join(unknown)}", remedy="请用写出它的那一版软件恢复")
    for model in models:
        on_step(label(model))
        path = folder / "tables" / f"{label(model)}.jsonl"
        if not path.is_file():
            continue
        model._base_manager.all().delete()  # what migrations put there
        with path.open(encoding="utf-8") as text:
            for found in objects(model, text):
                found.save()
    if missing := rows_by_key().keys() - set(the_cipher().key_ids()):
        raise UserError("缺少备份时的密钥", why=f"加密的内容要用 {'、'.join(sorted(missing))}", remedy="请先把备份时的密钥目录放到 JUNHENG_KEYS")
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
