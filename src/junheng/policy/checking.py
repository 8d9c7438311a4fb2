"""Everything that is wrong with a pack, told at once: its own writing, its citations, and how it fits its base."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from junheng.common.errors import PolicyError
from junheng.policy.loader import LoadedPack, pack_problems
from junheng.policy.registry import PackRef, built_in_packs, find_pack
from junheng.policy.resolve import resolve


def check_file(path: PackRef) -> tuple[PolicyError, ...]:
    """The problems of a user's pack file, in the order of lines; () when it can be used."""
    problems = pack_problems(Path(path))
    return problems or _fit(find_pack(Path(path)))


def check_built_in() -> tuple[PolicyError, ...]:
    """The problems of the packs that come with the software."""
    return tuple(problem for loaded in built_in_packs().values() for problem in _fit(loaded, loaded.pack.id))


def _fit(loaded: LoadedPack, ref: PackRef = "") -> tuple[PolicyError, ...]:
    # The last day there is: every dated value has begun, so only what does not fit together can be refused.
    try:
        resolve(ref or Path(loaded.file), loaded.pack.area or "", date.max)
    except PolicyError as error:
        return (error,)
    return ()
