"""存储: where releases and the bytes of uploads and evidence lie: a folder, or an S3-compatible store (one setting).

What is kept is named by its content, so writing it twice is harmless and reading it proves it; what is made for a while
(made.py) is named by its day.
"""

from junheng.web.store.contents import content, has_content, keep_content, keep_release, release_folder
from junheng.web.store.made import Made, forget_made, has_made, keep_made, made
from junheng.web.store.model import Store, StoreError
from junheng.web.store.setting import the_store

__all__ = [
    "Made", "Store", "StoreError", "content", "forget_made", "has_content", "has_made", "keep_content", "keep_made", "keep_release", "made", "release_folder",
    "the_store",
]  # fmt: skip
