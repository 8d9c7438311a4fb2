"""布局方案: what stands where in every period, who goes where and how, and what it costs — in whole pupils and exact yuan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from junheng.planning.siting.bands import Band, Mode
from junheng.planning.siting.county import County
from junheng.planning.siting.prices import site_costs, way_yuan_year
from junheng.planning.siting.ways import Way


class Decision(StrEnum):
    """What happens to a site over the plan."""

    OPEN = "open"
    EXPAND = "expand"
    KEEP = "keep"
    SHRINK = "shrink"
    MERGE = "merge"
    CLOSE = "close"
    UNUSED = "unused"

    @property
    def label(self) -> str:
        return {"open": "新建", "expand": "扩建", "keep": "保留", "shrink": "减少学段", "merge": "并入", "close": "停办", "unused": "不建"}[self.value]


@dataclass(frozen=True)
class State:
    """One site in one period. classes: of the bands it teaches; rooms, beds: that stand; more_rooms, more_beds: added now."""

    open: bool
    classes: Mapping[Band, int]
    rooms: int
    beds: int
    more_rooms: int
    more_beds: int


@dataclass(frozen=True)
class Going:
    """So many pupils of a point's band take a way in a period."""

    way: Way
    period: int
    pupils: int


@dataclass(frozen=True)
class Account:
    """One period's figures. capital: once, the county's share; running: schools, classes, buses, boarding over all its years;
    pupil_km: kilometres one way per school day, boarders at a fifth; uneven: pupils off the aimed class size."""

    capital: Decimal
    running: Decimal
    pupil_km: Decimal
    uneven: int


@dataclass(frozen=True)
class Plan:
    """states: site × period; going: everybody; bound: no lawful plan has a lower `total`, in yuan."""

    county: County
    states: tuple[tuple[State, ...], ...]
    going: tuple[Going, ...]
    bound: float
    seconds: float

    @cached_property
    def loads(self) -> Mapping[tuple[int, Band, int], int]:
        """(site, band, period) → pupils."""
        out: dict[tuple[int, Band, int], int] = {}
        for each in self.going:
            key = (each.way.site, each.way.band, each.period)
            out[key] = out.get(key, 0) + each.pupils
        return out

    def pupils(self, site: int, period: int) -> int:
        return sum(self.loads.get((site, band, period), 0) for band in Band)

    @cached_property
    def accounts(self) -> tuple[Account, ...]:
        return tuple(self._account(u) for u in range(len(self.county.years)))

    def _account(self, u: int) -> Account:
        county = self.county
        years = county.years[u]
        capital = running = Decimal(0)
        uneven = 0
        for j, states in enumerate(self.states):
            state, costs = states[u], site_costs(county, j)
            opens = state.open and not (states[u - 1].open if u else county.sites[j].existing)
            capital += costs.opening * opens + costs.room * state.more_rooms + costs.bed * state.more_beds
            running += (costs.year * state.open + costs.class_year * sum(state.classes.values())) * years
            if not county.small_rural(j) and not county.sites[j].teaching_point:
                uneven += sum(abs(self.loads.get((j, band, u), 0) - classes * county.parameters.target_size(band)) for band, classes in state.classes.items())
        pupil_km = Decimal(0)
        for each in self.going:
            if each.period == u:
                running += way_yuan_year(county, each.way) * each.pupils * years
                pupil_km += Decimal(str(each.way.km)) * (Decimal("0.2") if each.way.mode is Mode.BOARD else 1) * each.pupils
        return Account(capital, running, pupil_km, uneven)

    @property
    def cost(self) -> Decimal:
        """Yuan over the whole plan: capital and running."""
        return sum((each.capital + each.running for each in self.accounts), Decimal(0))

    @cached_property
    def total(self) -> Decimal:
        """What the program minimises, in yuan: cost; kilometres, uneven classes and closed small schools at the prices they count."""
        price = self.county.parameters.amount
        counted = sum(
            ((price("travel_yuan_km_year") * each.pupil_km + price("balance_yuan_year") * each.uneven) * years
             for each, years in zip(self.accounts, self.county.years, strict=True)), Decimal(0),
        )  # fmt: skip
        closed = sum((site_costs(self.county, j).closing for j, states in enumerate(self.states) if not states[-1].open), Decimal(0))
        return self.cost + counted + closed

    @property
    def gap(self) -> float:
        """(total − bound) / total."""
        total = float(self.total)
        return 0.0 if total <= self.bound * (1 + 1e-9) else (total - self.bound) / total

    def decision(self, site: int) -> Decision:
        states, known = self.states[site], self.county.sites[site]
        if not known.existing:
            return Decision.OPEN if states[-1].open else Decision.UNUSED
        if not states[-1].open:
            return Decision.MERGE if self.heir(site) is not None else Decision.CLOSE
        if any(state.more_rooms or state.more_beds for state in states):
            return Decision.EXPAND
        return Decision.SHRINK if set(states[-1].classes) < set(known.now) else Decision.KEEP

    def closes_in(self, site: int) -> int | None:
        """The period in which an existing school is no longer open."""
        if not self.county.sites[site].existing:
            return None
        return next((u for u, state in enumerate(self.states[site]) if not state.open), None)

    def opens_in(self, site: int) -> int | None:
        """The period in which a candidate opens."""
        if self.county.sites[site].existing:
            return None
        return next((u for u, state in enumerate(self.states[site]) if state.open), None)

    def heir(self, site: int) -> int | None:
        """The school that most children of a closed school go to: those whose present school it is, or who went there the
        period before. None when nobody is known to have gone there."""
        u = self.closes_in(site)
        if u is None:
            return None
        code = self.county.sites[site].code
        left = {(each.way.point, each.way.band) for each in self.going if each.way.site == site and each.period == u - 1}
        left |= {(i, band) for i, point in enumerate(self.county.points) for band, school in point.school.items() if school == code}
        taken: dict[int, int] = {}
        for each in self.going:
            if each.period == u and (each.way.point, each.way.band) in left:
                taken[each.way.site] = taken.get(each.way.site, 0) + each.pupils
        return max(taken, key=lambda at: (taken[at], -at)) if taken else None
