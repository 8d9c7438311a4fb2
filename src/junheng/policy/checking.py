"""Everything that is wrong with a pack, told at once: its own writing, its citations, and how it fits its base."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from pathlib import Path

from junheng.common.errors import PolicyError
from junheng.policy.loader import LoadedPack, pack_problems
from junheng.policy.registry import PackRef, built_in_packs, find_pack
from junheng.policy.resolve import resolve


def check_file(path: PackRef, indicators: Collection[str]) -> tuple[PolicyError, ...]:
    """The problems of a user's pack file, in the order of lines; () when it can be used.

    indicators: the ids that the engine can measure (this room does not know them).
    """
    return pack_problems(Path(path)) or _fit(find_pack(Path(path)), Path(path), indicators)


def check_built_in(indicators: Collection[str]) -> tuple[PolicyError, ...]:
    """The problems of the packs that come with the software."""
    return tuple(
        problem for loaded in built_in_packs().values() for problem in _fit(loaded, loaded.pack.id, indicators)
    )


def unknown_indicators(loaded: LoadedPack, indicators: Collection[str]) -> tuple[PolicyError, ...]:
    """Where a pack names an indicator that nothing can measure."""
    named: list[tuple[str, tuple[str | int, ...]]] = [
        (spec.indicator, ("resources", code, "indicator")) for code, spec in loaded.pack.resources.items()
    ]
    for key, criterion in loaded.pack.criteria.items():
        named += [(d.indicator, ("criteria", key, "demands", i)) for i, d in enumerate(criterion.demands)]
        named += [(e.unless, ("criteria", key, "evidence", i)) for i, e in enumerate(criterion.evidence)]
    for key, change in loaded.pack.changes.items():
        named += [(d.indicator, ("changes", key, "add_demands", i)) for i, d in enumerate(change.add_demands)]
        named += [(e.unless, ("changes", key, "add_evidence", i)) for i, e in enumerate(change.add_evidence)]
    for key, exception in loaded.pack.exceptions.items():
        named += [(indicator, ("exceptions", key, "extends")) for indicator in exception.extends]
    return tuple(
        PolicyError(f"没有名为“{indicator}”的指标", where=loaded.where(*path), remedy="请核对指标编号（见指标卡）")
        for indicator, path in named
        if indicator and indicator not in indicators
    )


def _fit(loaded: LoadedPack, ref: PackRef, indicators: Collection[str]) -> tuple[PolicyError, ...]:
    # The last day there is: every dated value has begun, so only what does not fit together can be refused.
    try:
        resolve(ref, loaded.pack.area or "", date.max)
    except PolicyError as error:
        return (error, *unknown_indicators(loaded, indicators))
    return unknown_indicators(loaded, indicators)
