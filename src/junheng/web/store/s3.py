"""An S3-compatible object store, by obstore. Endpoint and credentials come from the AWS_* variables."""

from __future__ import annotations

import os
from collections.abc import Iterator

import obstore
from obstore.exceptions import BaseError
from obstore.store import S3Store as Bucket

from junheng.web.store.model import StoreError


class S3Store:
    """url: s3://bucket/prefix."""

    def __init__(self, url: str) -> None:
        plain = os.environ.get("AWS_ENDPOINT_URL", "").startswith("http://")
        self._bucket = Bucket.from_url(url, client_options={"allow_http": True} if plain else None)

    def put(self, key: str, data: bytes) -> None:
        if self.exists(key):
            return
        try:
            obstore.put(self._bucket, key, data)
        except BaseError as error:
            raise StoreError("文件没有保存", why="对象存储没有应答", remedy="请系统管理员检查对象存储") from error

    def get(self, key: str) -> bytes:
        try:
            return bytes(obstore.get(self._bucket, key).bytes())
        except (BaseError, FileNotFoundError) as error:
            raise StoreError("存储里没有这份内容", where=key, remedy="请系统管理员检查对象存储，或从备份恢复") from error

    def exists(self, key: str) -> bool:
        try:
            obstore.head(self._bucket, key)
        except FileNotFoundError:
            return False
        except BaseError as error:
            raise StoreError("对象存储没有应答", remedy="请系统管理员检查对象存储") from error
        return True

    def keys(self, prefix: str) -> Iterator[str]:
        found = (entry["path"] for page in obstore.list(self._bucket, prefix) for entry in page)
        yield from sorted(found)

    def forget(self, key: str) -> None:
        try:
            obstore.delete(self._bucket, key)
        except FileNotFoundError:
            return
        except BaseError as error:
            raise StoreError("文件没有清除", why="对象存储没有应答", remedy="请系统管理员检查对象存储") from error
