"""A county as the tables it would hand in to the layout planner: what `planning.siting.reading` reads back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from junheng.planning.siting import tables
from junheng.planning.siting.bands import Band
from junheng.planning.siting.county import County, Point, Site
from junheng.reports.plans.blank_tables import write_filled_table
from junheng.tables import Table

Rows = Sequence[Mapping[str, object]]


def write_county_tables(folder: Path, county: County) -> dict[str, Path]:
    """Name of the table → file: points, pupils, sites, and pins where there are any. Distances, parameters and budgets are not written:
    the planner then measures straight lines, takes its own parameters and knows no limit. A village has one primary school in the table:
    where its children go to two, that of grades 1–3."""
    years = county.school_years
    pupils = [{"point": each.code, "school_year": year, **{str(band): each.pupils[band][u] for band in Band}} for each in county.points for u, year in enumerate(years)]
    pins = [{"code": each.code, "kind": each.kind.label, "school_year": years[each.since] if each.since else None, "reason": each.reason} for each in county.pins]
    written: list[tuple[Table, Rows]] = [
        (tables.POINTS, [_point(each) for each in county.points]), (tables.PUPILS, pupils), (tables.SITES, [_site(each) for each in county.sites]),
    ]  # fmt: skip
    if pins:
        written.append((tables.PIN_TABLE, pins))
    return {table.name: write_filled_table(folder, table, rows) for table, rows in written}


def _point(point: Point) -> Mapping[str, object]:
    return {
        "code": point.code, "name": point.name, "lon": point.lon, "lat": point.lat, "place": "城区" if point.urban else "乡村",
        "kind": "新建小区" if point.new_estate else None, "bus": None if point.bus else "否", "primary_school": point.school.get(Band.LOWER) or point.school.get(Band.UPPER),
        "junior_school": point.school.get(Band.JUNIOR),
    }  # fmt: skip


def _site(site: Site) -> Mapping[str, object]:
    return {
        "code": site.code, "name": site.name, "lon": site.lon, "lat": site.lat, "status": "现有" if site.existing else "候选", "place": "乡村" if site.rural else "城区",
        "teaching_point": "是" if site.teaching_point else None, **{f"now_{band}": "是" for band in site.now}, **{f"may_{band}": "是" for band in site.may},
        "rooms": site.rooms, "rooms_most": site.rooms_most, "beds": site.beds, "beds_most": site.beds_most, "pupils": site.pupils, "estate": site.estate or None,
        "county_share": float(site.county_share),
    }  # fmt: skip
