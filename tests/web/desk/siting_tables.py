"""A made county as the tables its planners hand in."""

from __future__ import annotations

from pathlib import Path

from junheng.planning.siting import tables
from junheng.planning.siting.bands import Band
from junheng.planning.siting.county import County
from junheng.reports.plans.blank_tables import write_filled_table
from junheng.synth.siting import draw_county


def small(seed: int = 3, villages: int = 14) -> County:
    return draw_county(seed, villages=villages, estates=4, townships=3, school_years=(2026, 2029))


def written(folder: Path, county: County) -> dict[str, Path]:
    """Id of the planner's table → file."""
    points = [
        {"code": each.code, "name": each.name, "lon": each.lon, "lat": each.lat, "place": "城区" if each.urban else "乡村", "kind": "新建小区" if each.new_estate else None,
         "primary_school": each.school.get(Band.LOWER), "junior_school": each.school.get(Band.JUNIOR)} for each in county.points
    ]  # fmt: skip
    pupils = [{"point": each.code, "school_year": year, **{str(band): each.pupils[band][u] for band in Band}} for each in county.points for u, year in enumerate(county.school_years)]
    sites = [
        {"code": each.code, "name": each.name, "lon": each.lon, "lat": each.lat, "status": "现有" if each.existing else "候选", "place": "乡村" if each.rural else "城区",
         "teaching_point": "是" if each.teaching_point else "否", **{f"now_{band}": "是" for band in each.now}, **{f"may_{band}": "是" for band in each.may},
         "rooms": each.rooms, "rooms_most": each.rooms_most, "beds": each.beds, "beds_most": each.beds_most,
         "pupils": each.pupils if each.pupils is not None or not each.existing or each.teaching_point or Band.JUNIOR in each.now else 300, "estate": each.estate or None,
         "county_share": float(each.county_share)} for each in county.sites
    ]  # fmt: skip
    return {f"siting_{name}": write_filled_table(folder, table, rows) for name, table, rows in
            (("points", tables.POINTS, points), ("pupils", tables.PUPILS, pupils), ("sites", tables.SITES, sites))}  # fmt: skip
