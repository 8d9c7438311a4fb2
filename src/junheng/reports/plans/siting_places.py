"""布局方案的地图: which school stands where and what becomes of it, which village goes to which school in which period."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from junheng.common.school_years import school_year_label
from junheng.planning.siting.bands import Mode
from junheng.planning.siting.plan import Decision, Plan
from junheng.reports.plans.geojson import Spot, write_geojson

PLACES = "布局方案.geojson"


def write_siting_places(folder: Path, plan: Plan) -> Path:
    """Write the file into a folder that exists; its path. Coordinates are WGS84; lists have an entry per period."""
    path = folder / PLACES
    write_geojson(path, "siting", (*_schools(plan), *_points(plan)), _ways(plan), {"school_years": plan.county.school_years})
    return path


def when_decided(plan: Plan, site: int) -> str:
    """School year in which what is decided of a site happens, "" for what only goes on."""
    decision = plan.decision(site)
    if decision is Decision.EXPAND:
        period: int | None = next(u for u, state in enumerate(plan.states[site]) if state.more_rooms or state.more_beds)
    else:
        period = {Decision.OPEN: plan.opens_in, Decision.MERGE: plan.closes_in, Decision.CLOSE: plan.closes_in}.get(decision, lambda _: None)(site)
    return "" if period is None else school_year_label(plan.county.school_years[period])


def _schools(plan: Plan) -> Iterator[Spot]:
    for at, site in enumerate(plan.county.sites):
        decision, heir = plan.decision(at), plan.heir(at)
        yield Spot("school", site.code, site.name, site.lon, site.lat, {
            "decision": str(decision), "decision_label": decision.label, "when": when_decided(plan, at),
            "into": "" if heir is None else plan.county.sites[heir].name, "pupils": [plan.pupils(at, u) for u in range(len(plan.county.years))],
            "classes": [sum(state.classes.values()) for state in plan.states[at]], "more_rooms": sum(state.more_rooms for state in plan.states[at]),
            "more_beds": sum(state.more_beds for state in plan.states[at]),
        })  # fmt: skip


def _points(plan: Plan) -> Iterator[Spot]:
    for point in plan.county.points:
        pupils = [sum(each[u] for each in point.pupils.values() if each) for u in range(len(plan.county.years))]
        yield Spot("place", point.code, point.name, point.lon, point.lat, {"pupils": pupils})


def _ways(plan: Plan) -> Iterator[Mapping[str, object]]:
    """One per village, school and period: bands and modes together."""
    county = plan.county
    found: dict[tuple[int, int, int], dict[Mode, int]] = {}
    km: dict[tuple[int, int, int], float] = {}
    for each in plan.going:
        key = (each.period, each.way.point, each.way.site)
        modes = found.setdefault(key, {})
        modes[each.way.mode] = modes.get(each.way.mode, 0) + each.pupils
        km[key] = each.way.km
    for key, modes in sorted(found.items()):
        period, point, site = key
        yield {"from": county.points[point].code, "to": county.sites[site].code, "period": period, "pupils": sum(modes.values()),
               "modes": {mode.label: modes[mode] for mode in Mode if mode in modes}, "km": km[key]}  # fmt: skip
