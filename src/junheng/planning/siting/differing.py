"""两个方案差在哪里: in which schools two plans of one county differ, and how."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from junheng.planning.siting.plan import Decision, Plan


@dataclass(frozen=True)
class Fate:
    """What a plan does to a site. year: first school year of the period in which it opens, closes or first grows, None where
    nothing happens; bands: how many it teaches at the end; rooms, beds: added over the plan."""

    decision: Decision
    year: int | None
    bands: int
    rooms: int
    beds: int


@dataclass(frozen=True)
class Difference:
    site: int
    before: Fate
    after: Fate


def fate(plan: Plan, site: int) -> Fate:
    states, decision = plan.states[site], plan.decision(site)
    period = plan.opens_in(site) if decision is Decision.OPEN else plan.closes_in(site)
    if decision is Decision.EXPAND:
        period = next(u for u, state in enumerate(states) if state.more_rooms or state.more_beds)
    return Fate(
        decision, None if period is None else plan.county.school_years[period], len(states[-1].classes),
        sum(state.more_rooms for state in states), sum(state.more_beds for state in states),
    )  # fmt: skip


def differences(before: Plan, after: Plan) -> Iterator[Difference]:
    """Site by site; a site to which both do the same is left out, whatever its number of pupils."""
    for site in range(len(before.county.sites)):
        a, b = fate(before, site), fate(after, site)
        if a != b:
            yield Difference(site, a, b)
