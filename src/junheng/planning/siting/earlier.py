"""安排表: who went where in a plan, as a table that the next plan of the county begins from.

The table is all that is needed: what is open, taught and built follows from who goes there. It need not fit: points, schools and
constraints may have changed since, and the search mends what they break (`search.repaired`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from math import ceil
from pathlib import Path

from junheng.intake.plain_table import read_plain_table
from junheng.planning.siting.bands import GRADES, Band, Mode
from junheng.planning.siting.county import County, least_classes
from junheng.planning.siting.plan import Going, Plan, State
from junheng.planning.siting.tables import EARLIER
from junheng.planning.siting.ways import ways_of

_Key = tuple[int, int, Band]
"""(site, period, band)"""


def earlier_rows(plan: Plan) -> list[Mapping[str, object]]:
    """The lines of the table, in words as it is written."""
    county = plan.county
    return [
        {"point": county.points[each.way.point].code, "band": each.way.band.label, "school_year": county.school_years[each.period],
         "site": county.sites[each.way.site].code, "mode": each.way.mode.label, "pupils": each.pupils}
        for each in plan.going
    ]  # fmt: skip


def read_earlier(path: Path, county: County) -> Plan | None:
    """The plan of a table as far as it speaks of this county's points, schools, years and lawful ways; None where it speaks of none.
    Nothing is proven of it. Raises IntakeError for a file that is no such table."""
    ways = {(county.points[each.point].code, each.band, county.sites[each.site].code, each.mode): each for each in ways_of(county)}
    periods = {year: u for u, year in enumerate(county.school_years)}
    going = []
    for values in (line.values for line in read_plain_table(path, EARLIER)):
        way = ways.get((str(values["point"]), Band(str(values["band"])), str(values["site"]), Mode(str(values["mode"]))))
        period = periods.get(int(str(values["school_year"])))
        if way is not None and period is not None:
            going.append(Going(way, period, int(str(values["pupils"]))))
    return Plan(county, _states(county, going), tuple(going), 0.0, 0.0) if going else None


def _states(county: County, going: list[Going]) -> tuple[tuple[State, ...], ...]:
    loads, boarding = Counter[_Key](), Counter[tuple[int, int]]()
    for each in going:
        loads[each.way.site, each.period, each.way.band] += each.pupils
        boarding[each.way.site, each.period] += each.pupils if each.way.mode is Mode.BOARD else 0
    return tuple(tuple(_site_states(county, j, loads, boarding)) for j in range(len(county.sites)))


def _site_states(county: County, j: int, loads: Counter[_Key], boarding: Counter[tuple[int, int]]) -> list[State]:
    """Open while anybody goes there; as many classes as they need, and what these need of rooms and beds."""
    site, out = county.sites[j], list[State]()
    rooms, beds = site.rooms, site.beds
    for u in range(len(county.years)):
        classes = {band: max(least_classes(site, GRADES), ceil(loads[j, u, band] / county.parameters.class_size(band))) for band in Band if loads[j, u, band]}
        more_rooms, more_beds = max(0, sum(classes.values()) - rooms), max(0, boarding[j, u] - beds)
        rooms, beds = rooms + more_rooms, beds + more_beds
        out.append(State(bool(classes), classes, rooms, beds, more_rooms, more_beds))
    return out
