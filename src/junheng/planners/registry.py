"""Every planner there is. A declaration is read without loading its solver."""

from __future__ import annotations

from collections.abc import Mapping

from junheng.planners.admission import ADMISSION
from junheng.planners.classes import CLASSES
from junheng.planners.forecast import FORECAST
from junheng.planners.improvement import IMPROVEMENT
from junheng.planners.lottery import LOTTERY
from junheng.planners.model import Planner
from junheng.planners.rotation import ROTATION
from junheng.planners.siting import SITING
from junheng.planners.staffing import STAFFING
from junheng.planners.zones import ZONES

PLANNERS: tuple[Planner, ...] = (FORECAST, SITING, ZONES, ADMISSION, LOTTERY, CLASSES, STAFFING, ROTATION, IMPROVEMENT)
BY_ID: Mapping[str, Planner] = {each.id: each for each in PLANNERS}
