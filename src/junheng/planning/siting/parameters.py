"""规划参数 of the layout: limits, prices and sizes, each with its source; what is 待核 says so on every page that uses it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cache

from junheng.planning.parameters import Parameters, built_in
from junheng.planning.siting.bands import Band, Mode


class LayoutParameters(Parameters):
    """The parameters of a layout, as the planner asks for them."""

    def amount(self, id: str) -> Decimal:
        return self[id].value

    def class_size(self, band: Band) -> int:
        return self.whole(f"class_size_{band}")

    def target_size(self, band: Band) -> int:
        return self.whole(f"target_size_{band}")

    def limit_km(self, mode: Mode, band: Band, urban: bool) -> float:
        """The longest lawful way, one way; 0 where the mode is not for this band."""
        place = ("_urban" if urban else "_rural") if mode is Mode.WALK else ""
        name = {Mode.WALK: "walk", Mode.BUS: "bus", Mode.BOARD: "boarding"}[mode]
        return self.number(f"{name}_km_{band}{place}")

    def changed(self, values: Mapping[str, Decimal], source: str) -> LayoutParameters:
        """With these values, from this source. A value is checked when its source is another than the built-in one."""
        out = dict(self)
        for id, value in values.items():
            old = out[id]
            out[id] = replace(old, value=value, source=source, unverified=old.unverified if source == old.source and value == old.value else "")
        return LayoutParameters(out.values())


@cache
def built_in_parameters() -> LayoutParameters:
    """The built-in values: national rules where there are any, else examples that are 待核."""
    return LayoutParameters(built_in("siting").values())
