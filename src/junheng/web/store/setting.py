"""The store this site was given: one setting."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from junheng.web.store.folder import FolderStore
from junheng.web.store.model import Store
from junheng.web.store.s3 import S3Store


@lru_cache(maxsize=4)
def store_at(setting: str, data: Path) -> Store:
    return S3Store(setting) if setting.startswith("s3://") else FolderStore(data / "store")


def the_store() -> Store:
    """A folder below the data folder, or what JUNHENG_STORE says."""
    environment = settings.ENVIRONMENT
    return store_at(environment.store, environment.data)


def cache_folder() -> Path:
    """Where releases are unpacked for the engines to read. It may be emptied at any time."""
    folder: Path = settings.ENVIRONMENT.data / "cache"
    return folder
