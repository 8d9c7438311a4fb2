"""Stratified random sampling of schools, which anybody can repeat with the seed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping


def draw(strata: Mapping[str, str], size: int, seed: str) -> list[str]:
    """`size` codes out of the keys of strata (code → stratum), or all where there are fewer.

    Every stratum gives at least one while places last, the rest by largest remainder of its share; within a stratum the
    codes with the smallest SHA-256 of "seed:code" are drawn. Returned in the order of the codes. The same strata, size
    and seed give the same schools whatever the order of the mapping.
    """
    groups: dict[str, list[str]] = {}
    for code in sorted(strata):
        groups.setdefault(strata[code], []).append(code)
    places = _places({name: len(codes) for name, codes in groups.items()}, min(size, len(strata)))
    drawn = [code for name, codes in groups.items() for code in sorted(codes, key=lambda code: _ticket(seed, code))[: places[name]]]
    return sorted(drawn)


def _places(sizes: Mapping[str, int], wanted: int) -> dict[str, int]:
    """How many each stratum gives: one each (the larger first while places last), then by its share."""
    order = sorted(sizes, key=lambda name: (-sizes[name], name))
    places = {name: 1 if at < wanted else 0 for at, name in enumerate(order)}
    total = sum(sizes.values())
    for _ in range(wanted - sum(places.values())):
        open_ones = [name for name in order if places[name] < sizes[name]]
        best = max(open_ones, key=lambda name: (sizes[name] * wanted / total - places[name], -order.index(name)))
        places[best] += 1
    return places


def _ticket(seed: str, code: str) -> str:
    return hashlib.sha256(f"{seed}:{code}".encode()).hexdigest()
