"""Every planner there is. A declaration is read without loading its solver."""

from __future__ import annotations

from collections.abc import Mapping

from junheng.planners.forecast import FORECAST
from junheng.planners.improvement import IMPROVEMENT
from junheng.planners.model import Planner
from junheng.planners.siting import SITING

PLANNERS: tuple[Planner, ...] = (FORECAST, SITING, IMPROVEMENT)
BY_ID: Mapping[str, Planner] = {each.id: each for each in PLANNERS}
