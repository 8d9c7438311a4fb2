"""What things cost in the program and in the plan: the same unit prices, once as floats for the search, once exactly."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from junheng.planning.siting.bands import Mode
from junheng.planning.siting.county import County
from junheng.planning.siting.ways import Way

MONEY = 10_000.0
"""The program counts in 万元."""


@dataclass(frozen=True)
class SiteCosts:
    """One site's prices in yuan: once for opening (a candidate), a room, a bed (the county's share); a year open, a class
    a year; closing: what closing it counts (no money)."""

    opening: Decimal
    room: Decimal
    bed: Decimal
    year: Decimal
    class_year: Decimal
    closing: Decimal


def site_costs(county: County, at: int) -> SiteCosts:
    site, price = county.sites[at], county.parameters.amount
    once = price("new_point_yuan") if site.teaching_point else price("new_school_yuan")
    small = site.teaching_point or county.small_rural(at)
    year = "point_yuan_year" if site.teaching_point else "small_school_yuan_year" if small else "school_yuan_year"
    return SiteCosts(
        Decimal(0) if site.existing else once * site.county_share,
        (price("expand_room_yuan") if site.existing else price("new_room_yuan")) * site.county_share,
        price("bed_yuan") * site.county_share,
        price(year),
        price("small_class_yuan_year") if small else price("class_yuan_year"),
        price("close_small_yuan") if county.small_rural(at) else Decimal(0),
    )


def way_yuan_year(county: County, way: Way) -> Decimal:
    """What the county pays a year for one pupil's way."""
    match way.mode:
        case Mode.BUS:
            return county.parameters.amount("bus_yuan_km_year") * Decimal(str(way.km))
        case Mode.BOARD:
            return county.parameters.amount("boarding_yuan_year")
        case Mode.WALK:
            return Decimal(0)


def way_cost(county: County, way: Way) -> float:
    """What one pupil's way counts a year in the program, in 万元: money, and kilometres at their price."""
    return (float(way_yuan_year(county, way)) + float(county.parameters.amount("travel_yuan_km_year")) * way.travel) / MONEY
