"""A made county, small enough to be solved in seconds, and the tables it hands in."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from junheng.planning.siting.county import County
from junheng.reports.plans.siting_tables import write_county_tables
from junheng.synth.siting import draw_county


def small(seed: int = 3, villages: int = 14) -> County:
    """Nothing is pinned yet."""
    return replace(draw_county(seed, villages=villages, estates=4, townships=3, school_years=(2026, 2029)), pins=())


def written(folder: Path, county: County) -> dict[str, Path]:
    """Id of the planner's table → file."""
    return write_county_tables(folder, county)
