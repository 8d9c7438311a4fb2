"""Where a pack cites a document, and whether that document is registered."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from pydantic import BaseModel

from junheng.common.errors import PolicyError
from junheng.policy.loader import LoadedPack
from junheng.policy.pack_model import SourceSpec


def citations(part: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], SourceSpec]]:
    """Every source under a part of a pack, with its path, in the order of writing."""
    if isinstance(part, SourceSpec):
        yield path, part
    elif isinstance(part, BaseModel):
        for name in type(part).model_fields:
            yield from citations(getattr(part, name), (*path, name))
    elif isinstance(part, dict):
        for key, inner in part.items():
            yield from citations(inner, (*path, key))
    elif isinstance(part, tuple):
        for index, inner in enumerate(part):
            yield from citations(inner, (*path, index))


def refuse_unknown_documents(loaded: LoadedPack, registered: Collection[str]) -> None:
    """Raises PolicyError at the first citation of a document that neither the register nor the packs know."""
    for path, source in citations(loaded.pack):
        if source.document not in registered:
            raise PolicyError(f"引用的文件“{source.document}”没有登记", where=loaded.where(*path, "document"),
                              remedy="请核对编号，或在本包的 documents 下登记该文件")  # fmt: skip
