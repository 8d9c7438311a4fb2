"""存储: where releases and the bytes of uploads and evidence lie: a folder, or an S3-compatible store (one setting).

Everything is named by its content, so writing it twice is harmless and reading it proves it.
"""

from junheng.web.store.contents import content, has_content, keep_content, keep_release, release_folder
from junheng.web.store.model import Store, StoreError
from junheng.web.store.setting import the_store

__all__ = [
    "Store", "StoreError", "content", "has_content", "keep_content", "keep_release", "release_folder", "the_store",
]  # fmt: skip
