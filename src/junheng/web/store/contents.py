"""Bytes by their SHA-256, and releases by the hash they carry."""

from __future__ import annotations

import hashlib
import shutil
import uuid
from pathlib import Path

from junheng.common.errors import ReleaseError
from junheng.intake.release import open_release
from junheng.web.store.model import StoreError
from junheng.web.store.setting import cache_folder, the_store


def keep_content(data: bytes) -> str:
    """Keep bytes; returns their SHA-256 (hex), by which they are found again."""
    sha256 = hashlib.sha256(data).hexdigest()
    the_store().put(_content_key(sha256), data)
    return sha256


def content(sha256: str) -> bytes:
    """Raises StoreError when it is not there, or is no longer what it was."""
    data = the_store().get(_content_key(sha256))
    if hashlib.sha256(data).hexdigest() != sha256:
        raise StoreError("保存的文件与登记的校验值不符", where=sha256[:16], remedy="请系统管理员从备份恢复")
    return data


def has_content(sha256: str) -> bool:
    return the_store().exists(_content_key(sha256))


def keep_release(folder: Path) -> str:
    """Keep a frozen release; returns its key. The manifest goes last: a release without one is not there yet."""
    release = open_release(folder, verify=True)
    key = f"releases/{release.hash.removeprefix('sha256:')}"
    files = sorted(folder.iterdir(), key=lambda path: (path.suffix == ".json", path.name))
    for path in files:
        the_store().put(f"{key}/{path.name}", path.read_bytes())
    return key


def release_folder(key: str) -> Path:
    """The release as a local folder, verified when it is fetched. Raises StoreError."""
    final = cache_folder() / key
    if final.is_dir():
        return final
    names = list(the_store().keys(key))
    if not any(name.endswith(".json") for name in names):
        raise StoreError("存储里没有这个数据版本", where=key, remedy="请系统管理员从备份恢复")
    temporary = final.with_name(f".tmp-{uuid.uuid4().hex}")
    temporary.mkdir(parents=True)
    try:
        for name in names:
            (temporary / name.rsplit("/", 1)[1]).write_bytes(the_store().get(name))
        open_release(temporary, verify=True)
        if not final.is_dir():
            temporary.rename(final)
    except ReleaseError as error:
        raise StoreError("保存的数据版本与登记的校验值不符", where=key, why=str(error), remedy="请系统管理员从备份恢复") from error
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
    return final


def _content_key(sha256: str) -> str:
    return f"contents/{sha256[:2]}/{sha256}"
