"""From packs to the policy in force for an area on a day: base, then overlays (省, 市, 县), then variants."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from junheng.common.errors import PolicyError
from junheng.policy.assemble import assemble
from junheng.policy.in_force import PolicyInForce
from junheng.policy.loader import LoadedPack
from junheng.policy.registry import PackRef, built_in_packs, find_pack


def resolve(pack: PackRef, area_code: str, as_of: date, extra_packs: Sequence[PackRef] = ()) -> PolicyInForce:
    """The standard in force for one area on a day.

    pack: id or file of a standard, a variant, or an overlay (then its standard with it laid on); area_code: any length ("21", "2101", "210102"), "" = no overlay.
    extra_packs: further overlays or variants laid last, in this order; overlays of other areas do nothing.
    Raises PolicyError for an unknown pack, a malformed file, or a day before a value's first date.
    """
    return resolve_many(pack, (area_code,), as_of, extra_packs)[area_code]


def resolve_many(
    pack: PackRef, areas: Iterable[str], as_of: date, extra_packs: Sequence[PackRef] = ()
) -> dict[str, PolicyInForce]:
    """`resolve` for many areas at once, by area code. Areas under the same overlays share all that is in force."""
    asked = find_pack(pack)
    extras = tuple(find_pack(ref) for ref in extra_packs)
    if asked.pack.overlays is not None:
        chain = _chain(_standard_of(asked))
        extras = (asked, *extras)
    else:
        chain = _chain(asked)
    _refuse_strangers(chain, extras)
    out: dict[str, PolicyInForce] = {}
    for area in areas:
        overlays = _overlays(chain[0].pack.id, area, as_of)
        laid = tuple(each for each in extras if each not in overlays and _applies(each, area, as_of))
        out[area] = replace(_assembled(_Layers(asked, chain, overlays, laid), as_of), area_code=area)
    return out


@dataclass(frozen=True)
class _Layers:
    """What is laid over what; the key of the cache. Packs are equal only to themselves (the registry reuses them)."""

    asked: LoadedPack
    chain: tuple[LoadedPack, ...]
    overlays: tuple[LoadedPack, ...]
    extras: tuple[LoadedPack, ...]


@lru_cache(maxsize=256)
def _assembled(layers: _Layers, as_of: date) -> PolicyInForce:
    # A variant lies over the overlays: "what if CV were 0.40" must hold in every province.
    root, *variants = layers.chain
    return assemble(layers.asked, (root, *layers.overlays, *variants, *layers.extras), as_of)


def _chain(loaded: LoadedPack) -> tuple[LoadedPack, ...]:
    """The standard that a pack rests on, then every variant up to the pack itself."""
    chain = [loaded]
    while chain[0].pack.extends is not None:
        below = _parent(chain[0])
        if any(below.pack.id == each.pack.id for each in chain):
            raise PolicyError(f"“{below.pack.id}”绕了一圈又依据自己", where=chain[0].where("extends"),
                              remedy="请改正 extends")  # fmt: skip
        chain.insert(0, below)
    if chain[0].pack.overlays is not None:
        raise PolicyError(f"“{chain[0].pack.title}”是地方细则，不能作为变体的依据", where=chain[1].where("extends"),
                          remedy=f"请改为依据 {chain[0].pack.overlays}；该地区的细则会自动叠加")  # fmt: skip
    return tuple(chain)


def _parent(loaded: LoadedPack) -> LoadedPack:
    return _built_in(str(loaded.pack.extends), loaded, "extends")


def _standard_of(overlay: LoadedPack) -> LoadedPack:
    return _built_in(str(overlay.pack.overlays), overlay, "overlays")


def _built_in(pack_id: str, asked_by: LoadedPack, key: str) -> LoadedPack:
    if pack_id not in built_in_packs():
        raise PolicyError(f"所依据的政策包“{pack_id}”不存在", where=asked_by.where(key),
                          why=f"自带的有：{'、'.join(built_in_packs())}", remedy="请核对编号")  # fmt: skip
    return built_in_packs()[pack_id]


def _overlays(base_id: str, area: str, as_of: date) -> tuple[LoadedPack, ...]:
    """The overlays of a standard for an area on a day, the widest area first."""
    found = [
        loaded
        for loaded in built_in_packs().values()
        if loaded.pack.overlays == base_id and _applies(loaded, area, as_of)
    ]
    return tuple(sorted(found, key=lambda loaded: (len(loaded.pack.area or ""), loaded.pack.id)))


def _applies(loaded: LoadedPack, area: str, as_of: date) -> bool:
    pack = loaded.pack
    if pack.overlays is None:
        return True
    return pack.area is not None and area.startswith(pack.area) and pack.from_ is not None and pack.from_ <= as_of


def _refuse_strangers(chain: Sequence[LoadedPack], extras: Sequence[LoadedPack]) -> None:
    """An extra pack must speak of the same standard, or it would change nothing or the wrong thing in silence."""
    known = {each.pack.id for each in chain}
    for extra in extras:
        speaks_of = extra.pack.overlays or extra.pack.extends
        if speaks_of not in known:
            key = "overlays" if extra.pack.overlays else "extends"
            raise PolicyError(f"“{extra.pack.title}”不能叠加在 {chain[-1].pack.id} 上", where=extra.where(key),
                              why=f"它针对的是 {speaks_of or '自身（独立的标准）'}",
                              remedy="请核对 extends 或 overlays，或改选政策包")  # fmt: skip
        known.add(extra.pack.id)

