"""Which planners can be told school by school."""

from __future__ import annotations

from collections.abc import Mapping

from junheng.planners.pinning.improvement import IMPROVEMENT_PINS
from junheng.planners.pinning.model import PinTable
from junheng.planners.pinning.siting import SITING_PINS

PIN_TABLES: Mapping[str, PinTable] = {"siting": SITING_PINS, "improvement": IMPROVEMENT_PINS}
"""By id of the planner."""
