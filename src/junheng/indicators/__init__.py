"""指标: declarations only — numerator, denominator, unit, grain, split rule, scope. No threshold, no query text."""

from __future__ import annotations

from collections.abc import Mapping

from junheng.common.errors import DeclarationError
from junheng.indicators.library import counties, resources, resources_2012, schools
from junheng.indicators.model import Direction, Grain, Indicator, RatioUnit, SplitRule, registry

REGISTRY: Mapping[str, Indicator] = registry(
    (*resources.INDICATORS, *resources_2012.INDICATORS, *schools.INDICATORS, *counties.INDICATORS)
)
"""Every indicator by id, in reading order."""


def indicator(id: str) -> Indicator:
    """Raises DeclarationError for an unknown id: ids come from packs already checked, or from our own code."""
    try:
        return REGISTRY[id]
    except KeyError as error:
        raise DeclarationError(f"no indicator {id}") from error


__all__ = ["REGISTRY", "Direction", "Grain", "Indicator", "RatioUnit", "SplitRule", "indicator"]
