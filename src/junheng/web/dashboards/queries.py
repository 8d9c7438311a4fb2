"""What is asked of the database for the dashboards."""

from __future__ import annotations

from junheng.web.areas.models import Unit
from junheng.web.reporting.models import CountyRelease
from junheng.web.reporting.queries import latest_release
from junheng.web.rights.levels import UnitKind
from junheng.web.rounds.models import Round


def county_of(unit: Unit) -> Unit | None:
    """The county a county or a school counts with; None above the county, and for a school of which nobody said with which."""
    if unit.kind == UnitKind.COUNTY or unit.lies_in is not None:
        return unit.lies_in or unit
    return unit.parent if unit.kind == UnitKind.SCHOOL and unit.parent and unit.parent.kind == UnitKind.COUNTY else None


def release_for(round: Round, unit: Unit) -> CountyRelease | None:
    """The newest frozen release that speaks of a county or a school; None = nothing frozen, or no county's."""
    county = county_of(unit)
    return latest_release(round, county) if county else None


def division(unit: Unit) -> str:
    """The beginning of the codes of an area by which standards know it: "21", "2101", "210102"; of a school its county's."""
    codes = unit.path.rstrip("/").split("/")
    return codes[2] if len(codes) > 2 else codes[-1][: 2 * len(codes)]
