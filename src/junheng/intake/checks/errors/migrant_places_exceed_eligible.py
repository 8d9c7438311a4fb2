"""DESCRIPTION
Migrant children in public schools and in purchased places are some of the eligible.

WHY
Their share is judged at 85 %; more than all means the denominator was left short.
"""

from __future__ import annotations

from collections.abc import Iterator

from junheng.intake.checks.model import Breach, Check, Reported
from junheng.intake.checks.shapes import parts_within

_PARTS = ("migrant_in_public", "migrant_in_purchased")


def migrant_places_within_eligible(reported: Reported) -> Iterator[Breach]:
    return parts_within(reported, "county", _PARTS, "migrant_eligible")


CHECK = Check(
    id="E-migrant-places-exceed-eligible",
    title="公办就读与政府购买服务民办就读的随迁子女之和不多于符合条件的随迁子女",
    why="就读比例以符合条件的随迁子女为分母；超过 100% 说明分母漏报。",
    fields=(*(f"county.{column}" for column in _PARTS), "county.migrant_eligible"),
    run=migrant_places_within_eligible,
)
