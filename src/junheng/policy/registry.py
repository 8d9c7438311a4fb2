"""The packs that come with the software, and a user's own pack files. Loaded once, reloaded when a file changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from junheng.common.errors import PolicyError
from junheng.policy.in_force import Document, PolicyInForce
from junheng.policy.loader import LoadedPack, load_document_register, load_pack
from junheng.policy.pack_model import DocumentSpec, Pack

PACKS = Path(__file__).parent / "packs"
_REGISTER = PACKS / "documents.yaml"

PackRef = str | Path
"""A pack id, or the path of a pack file."""


@lru_cache(maxsize=1)
def built_in_packs() -> Mapping[str, LoadedPack]:
    """Every pack under packs/, by id, in the order of ids. Two packs of one id are refused."""
    out: dict[str, LoadedPack] = {}
    for path in sorted(PACKS.rglob("*.yaml")):
        if path == _REGISTER:
            continue
        loaded = load_pack(path, path.relative_to(PACKS).as_posix())
        if loaded.pack.id in out:
            raise PolicyError(f"编号“{loaded.pack.id}”与 {out[loaded.pack.id].file} 相同", where=loaded.where("id"),
                              remedy="请改用另一个编号")  # fmt: skip
        out[loaded.pack.id] = loaded
    return dict(sorted(out.items()))


@lru_cache(maxsize=64)
def _from_file(path: Path, _stamp: tuple[int, int]) -> LoadedPack:
    return load_pack(path)


def pack_from_file(path: PackRef) -> LoadedPack:
    """A user's own pack or overlay file. Raises PolicyError with file, line and remedy."""
    path = Path(path)
    try:
        state = path.stat()
    except OSError:
        return load_pack(path)  # says in words why it cannot be read
    return _from_file(path, (state.st_mtime_ns, state.st_size))


def find_pack(ref: PackRef) -> LoadedPack:
    """A pack by id, or by path: a Path, or text that ends in .yaml/.yml or holds a slash."""
    if isinstance(ref, Path) or ref.endswith((".yaml", ".yml")) or "/" in ref or "\\" in ref:
        return pack_from_file(ref)
    packs = built_in_packs()
    if ref not in packs:
        raise PolicyError(f"没有编号为“{ref}”的政策包", why=f"自带的有：{'、'.join(packs)}",
                          remedy="请核对编号；自己的政策包请写文件路径（.yaml）")  # fmt: skip
    return packs[ref]


@lru_cache(maxsize=1)
def load_documents() -> Mapping[str, Document]:
    """The document register (文件登记), by id."""
    return documents_of(load_document_register(_REGISTER, "documents.yaml"))


def documents_of(specs: Mapping[str, DocumentSpec]) -> dict[str, Document]:
    """Documents as written in a register or inside a pack."""
    return {
        key: Document(key, spec.title, spec.number, spec.issuer, spec.issued, spec.unverified)
        for key, spec in specs.items()
    }


def list_packs() -> tuple[Pack, ...]:
    """The packs that come with the software: standards first, then overlays, then variants."""
    order = {"标准": 0, "地方细则": 1, "变体": 2}
    packs = (loaded.pack for loaded in built_in_packs().values())
    return tuple(sorted(packs, key=lambda pack: (order[pack.kind], pack.area or "", pack.id)))


def own_part(policy: PolicyInForce, loaded: LoadedPack) -> PolicyInForce:
    """Of a policy in force only what this pack itself writes or changes: what an overlay adds to its standard.

    Raises PolicyError when the pack is not in force on the policy's day or in its area.
    """
    pack = loaded.pack
    if pack.id not in policy.overlays:
        raise PolicyError(f"“{pack.title}”在 {policy.as_of} 对地区 {policy.area_code or '全国'} 不适用",
                          where=loaded.where("overlays"), why=f"它自 {pack.from_} 起用于区划代码以 {pack.area} 开头的地区",
                          remedy="请改用别的日期或地区")  # fmt: skip
    return replace(
        policy,
        overlays=(),
        limits={key: limit for key, limit in policy.limits.items() if key in pack.limits},
        resources=tuple(each for each in policy.resources if each.code in pack.resources),
        criteria=tuple(each for each in policy.criteria if each.id in pack.criteria or each.id in pack.changes),
        exceptions=tuple(each for each in policy.exceptions if each.id in pack.exceptions),
        exclusions=tuple(each for each in policy.exclusions if each.reason in pack.exclusions),
        targets=tuple(each for each in policy.targets if each.id in pack.targets),
    )
