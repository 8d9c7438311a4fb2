"""学校布局的数学模型: a mixed-integer program over sites, sections (a band taught at a site) and periods.

Sets
    I points, B bands, J sites, T periods; S_j bands site j may teach; W_ib lawful ways w = (j, m) of a band at a point (`ways`)
Data
    n_ibt pupils; L_t years a period lasts; κ_j what closing a small rural school counts (0 for others); c_b pupils per class, z_b the class size aimed at; g_jb classes a section has at least
    R_j, R̄_j rooms that stand, that fit; D_j, D̄_j beds; F_j, C_j yearly cost of a site, of a class; p_w yearly cost of a pupil's
    way (bus, boarding), τ_w kilometres one way per school day; A_j, a_j, q one-time cost of opening, of a room, of a bed, each
    times the county's share; v, u what a kilometre and a pupil off the aimed class size count a year; Bud_t capital
Variables
    o_jt ∈ {0,1} site open; s_jbt ∈ {0,1} section open; k_jbt ∈ ℤ classes; r_jt, d_jt ∈ ℤ rooms, beds added; h_jbt ∈ ℤ beds of a
    section; x_ibwt ≥ 0 pupils; e_jbt ≥ 0 pupils off the aimed class size
Minimise
    Σ_t L_t [ Σ_j F_j o_jt + Σ_jb C_j k_jbt + Σ_ibw (p_w + v τ_w) x_ibwt + u Σ_jb e_jbt ]
      + Σ_jt [ A_j (o_jt − o_j,t−1)⁺ + a_j r_jt + q d_jt ] + Σ_j κ_j (1 − o_jT)                                         (0)
subject to
    Σ_{w∈W_ib} x_ibwt = n_ibt                                              every child has a lawful way                 (1)
    Σ_m x_ib(j,m)t ≤ n_ibt s_jbt                                                                                        (2)
    Σ_{i,m} x_ib(j,m)t ≤ c_b k_jbt                                         places = classes × class size               (3)
    g_jb s_jbt ≤ k_jbt ≤ R̄_j s_jbt                                                                                      (4)
    Σ_b k_jbt ≤ R_j o_jt + Σ_{t'≤t} r_jt',   Σ_t r_jt ≤ R̄_j − R_j                                                       (5)
    Σ_i x_ib(j,board)t ≤ h_jbt,   Σ_b h_jbt ≤ D_j o_jt + Σ_{t'≤t} d_jt',   Σ_t d_jt ≤ D̄_j − D_j                         (6)
    s_jbt ≤ o_jt ≤ Σ_b s_jbt;  a candidate opens with all its bands                                                     (7)
    what stands and closes stays closed, what is new and opens stays open (sites, and sections of sites)                (8)
    o, s = 1 where officials must open or keep, o = 0 where they must close; x only to the present school where they must not move                   (9)
    o_jt = 1 from the first period in which the estate has pupils, for its 配建 school                                  (10)
    Σ_j [ A_j (o_jt − o_j,t−1)⁺ + a_j r_jt + q d_jt ] ≤ Bud_t                                                           (11)
    e_jbt ≥ ±( Σ_{i,m} x_ib(j,m)t − z_b k_jbt )                            not for small rural schools                 (12)
A small rural school or teaching point (国办发〔2018〕27号) may close only where (1) can still be met for each of its children: no
plan that breaks (1) is ever made.
Source: multi-period capacitated location with opening and closing: Van Roy & Erlenkotter 1982, Manag. Sci. 28; Antunes & Peeters
2001, “On solving complex multi-period location models using simulated annealing”, EJOR 130 (school networks).

In the elastic program some of (1), (5), (6), (9), (10), (11) may be broken at a price (`relaxing`), so that the least that must
give can be said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from junheng.planning.highs import INF
from junheng.planning.siting.bands import GRADES, Band, Mode
from junheng.planning.siting.county import County, PinKind, Site, least_classes
from junheng.planning.siting.prices import MONEY, site_costs, way_cost
from junheng.planning.siting.relaxing import NO_WAY, PENALTY, Relaxation
from junheng.planning.siting.ways import Way, moves_pinned
from junheng.planning.siting.writing import Columns, Floats, Ints, Rows, written


@dataclass(frozen=True)
class Section:
    """A band that is or may be taught at a site."""

    site: int
    band: Band
    now: bool


@dataclass(frozen=True)
class Layout:
    """Where the columns stand. opened, rooms, beds: site × period; taught, classes, sleeping, uneven: section × period;
    going: (way, period) of each x, its column and its pupils at most; given: what the elastic program lets give."""

    opened: Ints
    taught: Ints
    classes: Ints
    rooms: Ints
    beds: Ints
    sleeping: Ints
    uneven: Ints
    going: Ints
    way_of: Ints
    period_of: Ints
    given: dict[Relaxation, Ints]


class Program:
    """Equations (0)–(12) of one county. relaxed: what may give; then the objective counts what gives, and hardly the cost."""

    def __init__(self, county: County, ways: Sequence[Way], relaxed: frozenset[Relaxation] = frozenset()) -> None:
        self.county, self.ways, self.relaxed = county, tuple(ways), relaxed
        self.sections = [Section(j, b, b in site.now) for j, site in enumerate(county.sites) for b in Band if b in site.may]
        self.section_at = {(each.site, each.band): at for at, each in enumerate(self.sections)}
        self.groups = [(i, band) for i, point in enumerate(county.points) for band in Band if any(point.pupils.get(band, ()))]
        self.periods = len(county.school_years)
        self._weight = 1e-4 if relaxed else 1.0
        self._columns, self._rows = Columns(), Rows()
        self._costs = [site_costs(county, j) for j in range(len(county.sites))]
        self.layout = self._write_columns()
        self._serve()
        self._teach()
        self._build()
        self._sleep()
        self._last()
        self._even()
        self._spend()
        self._pins()
        self.model = written(self._columns, self._rows, self._weight * sum(float(each.closing) for each in self._costs) / MONEY)

    def _write_columns(self) -> Layout:
        county, t, c, w = self.county, self.periods, self._columns, self._weight
        price, years = county.parameters.amount, np.array(county.years, dtype=float)
        sites, sections = len(county.sites), len(self.sections)
        year = np.array([float(each.year) for each in self._costs])[:, None] * years / MONEY
        opened = c.block((sites, t), 1.0, cost=w * (year + self._once()), whole=True)
        taught = c.block((sections, t), 1.0, whole=True)
        rooms_most = np.array([[county.sites[each.site].rooms_most] for each in self.sections], dtype=float)
        class_year = np.array([[float(self._costs[each.site].class_year)] for each in self.sections]) / MONEY
        slack = 1000.0 if Relaxation.ROOMS in self.relaxed else 0.0
        classes = c.block((sections, t), rooms_most + slack, cost=w * class_year * years, whole=True)
        more_rooms = np.array([[max(0, site.rooms_most - site.rooms)] for site in county.sites], dtype=float)
        more_beds = np.array([[max(0, site.beds_most - site.beds)] for site in county.sites], dtype=float)
        room = np.array([[float(each.room)] for each in self._costs]) / MONEY
        bed = np.array([[float(each.bed)] for each in self._costs]) / MONEY
        rooms = c.block((sites, t), more_rooms, cost=w * room, whole=True)
        beds = c.block((sites, t), more_beds, cost=w * bed, whole=True)
        beds_slack = 10_000.0 if Relaxation.BEDS in self.relaxed else 0.0
        all_beds = np.array([[county.sites[each.site].beds_most] for each in self.sections], dtype=float)
        sleeping = c.block((sections, t), all_beds + beds_slack, whole=True)
        uneven = c.block((sections, t), INF, cost=w * float(price("balance_yuan_year")) * years / MONEY)
        pupils = np.array([county.points[way.point].pupils[way.band] for way in self.ways], dtype=float).reshape(-1, t)
        way_of, period_of = np.nonzero(pupils)
        each = np.array([way_cost(county, way) for way in self.ways])
        over = np.array([way.over_km for way in self.ways]) * PENALTY[Relaxation.WAY]
        going = c.block((len(way_of),), pupils[way_of, period_of], cost=w * each[way_of] * years[period_of] + over[way_of])
        return Layout(opened, taught, classes, rooms, beds, sleeping, uneven, going, way_of, period_of, {})

    def _once(self) -> Floats:
        """A_j (o_jt − o_j,t−1)⁺ summed over t is A_j o_jT for a candidate, which never closes again; closing is as final."""
        out = np.zeros((len(self._costs), self.periods))
        out[:, -1] = [float(each.opening - each.closing) / MONEY for each in self._costs]
        return out

    def _give(self, kind: Relaxation, shape: tuple[int, ...], most: Floats | float = INF, penalty: float | None = None, *, whole: bool = False) -> Ints | None:
        """Slack columns where this may give, else None."""
        if kind not in self.relaxed:
            return None
        at = self._columns.block(shape, most, cost=PENALTY[kind] if penalty is None else penalty, whole=whole)
        self.layout.given[kind] = at
        return at

    def _section_of_x(self) -> Ints:
        at = np.array([self.section_at[way.site, way.band] for way in self.ways], dtype=np.intp)
        return at[self.layout.way_of]

    def _serve(self) -> None:
        """(1), (2)."""
        county, layout, t = self.county, self.layout, self.periods
        at = {group: number for number, group in enumerate(self.groups)}
        pupils = np.array([county.points[i].pupils[band] for i, band in self.groups], dtype=float).reshape(-1, t)
        rows = self._rows.block(pupils.size, pupils.ravel(), pupils.ravel()).reshape(pupils.shape)
        group = np.array([at[way.point, way.band] for way in self.ways], dtype=np.intp)[layout.way_of]
        self._rows.put(rows[group, layout.period_of], layout.going, 1.0)
        roadless = ~np.isin(np.arange(len(self.groups)), group)[:, None]
        nobody = self._give(Relaxation.WAY, pupils.shape, pupils * roadless, NO_WAY)
        if nobody is not None:
            self._rows.put(rows, nobody, 1.0)
        section = self._section_of_x()
        key, links = np.unique(np.stack([group, section, layout.period_of]), axis=1, return_inverse=True)
        linked = self._rows.block(key.shape[1], -INF, 0.0)
        self._rows.put(linked[links.ravel()], layout.going, 1.0)
        self._rows.put(linked, layout.taught[key[1], key[2]], -pupils[key[0], key[2]])

    def _teach(self) -> None:
        """(3), (4), (7)."""
        county, layout, t = self.county, self.layout, self.periods
        size = np.array([[county.parameters.class_size(each.band)] for each in self.sections], dtype=float)
        places = self._rows.block(len(self.sections) * t, -INF, 0.0).reshape(-1, t)
        self._rows.put(places[self._section_of_x(), layout.period_of], layout.going, 1.0)
        self._rows.put(places, layout.classes, -size)
        site = np.array([each.site for each in self.sections], dtype=np.intp)
        least = np.array([[least_classes(county.sites[each.site], GRADES)] for each in self.sections], dtype=float)
        most = np.array([[county.sites[each.site].rooms_most] for each in self.sections], dtype=float) + (1000.0 if Relaxation.ROOMS in self.relaxed else 0.0)
        for sign, bound in ((-1.0, least), (1.0, most)):
            rows = self._rows.block(places.size, -INF, 0.0).reshape(-1, t)
            self._rows.put(rows, layout.classes, sign)
            self._rows.put(rows, layout.taught, -sign * bound)
        within = self._rows.block(places.size, -INF, 0.0).reshape(-1, t)
        self._rows.put(within, layout.taught, 1.0)
        self._rows.put(within, layout.opened[site], -1.0)
        some = self._rows.block(layout.opened.size, -INF, 0.0).reshape(-1, t)
        self._rows.put(some, layout.opened, 1.0)
        self._rows.put(some[site], layout.taught, -1.0)
        new = np.array([not county.sites[each.site].existing for each in self.sections], dtype=bool)
        together = self._rows.block(int(new.sum()) * t, 0.0, 0.0).reshape(-1, t)
        self._rows.put(together, layout.taught[new], 1.0)
        self._rows.put(together, layout.opened[site[new]], -1.0)

    def _build(self) -> None:
        """(5)."""
        county, layout, t = self.county, self.layout, self.periods
        stands = np.array([[site.rooms] for site in county.sites], dtype=float)
        fits = np.array([max(0, site.rooms_most - site.rooms) for site in county.sites], dtype=float)
        rows = self._rows.block(layout.opened.size, -INF, 0.0).reshape(-1, t)
        site = np.array([each.site for each in self.sections], dtype=np.intp)
        self._rows.put(rows[site], layout.classes, 1.0)
        self._rows.put(rows, layout.opened, -stands)
        self._put_until(rows, layout.rooms, -1.0)
        total = self._rows.block(len(fits), -INF, fits)
        self._rows.put(total[:, None], layout.rooms, 1.0)
        over = self._give(Relaxation.ROOMS, layout.opened.shape)
        if over is not None:
            self._rows.put(rows, over, -1.0)

    def _put_until(self, rows: Ints, added: Ints, value: float) -> None:
        """What is added in a period stands in the rows (site × period) of that period and of all later ones."""
        for u in range(self.periods):
            for v in range(u, self.periods):
                self._rows.put(rows[:, v], added[:, u], value)

    def _sleep(self) -> None:
        """(6)."""
        county, layout, t = self.county, self.layout, self.periods
        section = self._section_of_x()
        boards = np.array([way.mode is Mode.BOARD for way in self.ways], dtype=bool)[layout.way_of]
        held = self._rows.block(layout.sleeping.size, -INF, 0.0).reshape(-1, t)
        self._rows.put(held[section[boards], layout.period_of[boards]], layout.going[boards], 1.0)
        self._rows.put(held, layout.sleeping, -1.0)
        stands = np.array([[site.beds] for site in county.sites], dtype=float)
        fits = np.array([max(0, site.beds_most - site.beds) for site in county.sites], dtype=float)
        rows = self._rows.block(layout.opened.size, -INF, 0.0).reshape(-1, t)
        self._rows.put(rows[[each.site for each in self.sections]], layout.sleeping, 1.0)
        self._rows.put(rows, layout.opened, -stands)
        self._put_until(rows, layout.beds, -1.0)
        total = self._rows.block(len(fits), -INF, fits)
        self._rows.put(total[:, None], layout.beds, 1.0)
        over = self._give(Relaxation.BEDS, layout.opened.shape)
        if over is not None:
            self._rows.put(rows, over, -1.0)

    def _last(self) -> None:
        """(8): what closes stays closed, what opens stays open."""
        layout = self.layout
        stood = np.array([site.existing for site in self.county.sites], dtype=bool)
        taught = np.array([each.now for each in self.sections], dtype=bool)
        for columns, now in ((layout.opened, stood), (layout.taught, taught)):
            for u in range(1, self.periods):
                rows = self._rows.block(len(now), -INF, 0.0)
                sign = np.where(now, 1.0, -1.0)  # stood: o_t ≤ o_t−1; new: o_t ≥ o_t−1
                self._rows.put(rows, columns[:, u], sign)
                self._rows.put(rows, columns[:, u - 1], -sign)

    def _even(self) -> None:
        """(12)."""
        county, layout, t = self.county, self.layout, self.periods
        counted = np.flatnonzero([not county.small_rural(each.site) and not county.sites[each.site].teaching_point for each in self.sections])
        aim = np.array([[county.parameters.target_size(self.sections[at].band)] for at in counted.tolist()], dtype=float).reshape(-1, 1)
        place = np.full(len(self.sections), -1)
        place[counted] = np.arange(len(counted))
        section = self._section_of_x()
        mine = place[section] >= 0
        for sign in (1.0, -1.0):
            rows = self._rows.block(len(counted) * t, -INF, 0.0).reshape(-1, t)
            self._rows.put(rows[place[section[mine]], layout.period_of[mine]], layout.going[mine], sign)
            self._rows.put(rows, layout.classes[counted], -sign * aim)
            self._rows.put(rows, layout.uneven[counted], -1.0)

    def _spend(self) -> None:
        """(11)."""
        budgets = [self.county.budget(u) for u in range(self.periods)]
        if all(each is None for each in budgets):
            return
        rows = self._rows.block(self.periods, -INF, np.array([INF if each is None else float(each) / MONEY for each in budgets]))
        for j, costs in enumerate(self._costs):
            self._rows.put(rows, self.layout.rooms[j], float(costs.room) / MONEY)
            self._rows.put(rows, self.layout.beds[j], float(costs.bed) / MONEY)
            if costs.opening:
                self._rows.put(rows, self.layout.opened[j], float(costs.opening) / MONEY)
                self._rows.put(rows[1:], self.layout.opened[j, :-1], -float(costs.opening) / MONEY)
        over = self._give(Relaxation.BUDGET, rows.shape)
        if over is not None:
            self._rows.put(rows, over, -1.0)

    def _pins(self) -> None:
        """(9), (10)."""
        self.wanted = self._wanted()
        for kind, wanted in self.wanted.items():
            rows = self._rows.block(len(wanted), 1.0, INF)
            self._rows.put(rows, np.array(wanted, dtype=np.intp), 1.0)
            slack = self._give(kind, rows.shape, 1.0, whole=True)
            if slack is not None:
                self._rows.put(rows, slack, 1.0)
        self.shut = [column for pin in self.county.pins if pin.kind is PinKind.MUST_CLOSE
                     for column in self.layout.opened[self.county.site_at(pin.code), pin.since :].tolist()]  # fmt: skip
        closed = self._rows.block(len(self.shut), -INF, 0.0)
        self._rows.put(closed, np.array(self.shut, dtype=np.intp), 1.0)
        slack = self._give(Relaxation.CLOSE, closed.shape, 1.0, whole=True)
        if slack is not None:
            self._rows.put(closed, slack, -1.0)
        self._stay()

    def _wanted(self) -> dict[Relaxation, list[int]]:
        """Columns that must be 1, by what asks for it, a period after the other."""
        county, layout = self.county, self.layout
        out: dict[Relaxation, list[int]] = {Relaxation.OPEN: [], Relaxation.KEEP: [], Relaxation.DUTY: []}
        for pin in county.pins:
            if pin.kind is PinKind.MUST_OPEN:
                out[Relaxation.OPEN] += layout.opened[county.site_at(pin.code), pin.since :].tolist()
            elif pin.kind is PinKind.MUST_KEEP:
                site = county.site_at(pin.code)
                for band in county.sites[site].now:
                    out[Relaxation.KEEP] += layout.taught[self.section_at[site, band], pin.since :].tolist()
        for j in range(len(county.sites)):
            since = duty_since(county, j)
            if since is not None:
                out[Relaxation.DUTY] += layout.opened[j, since:].tolist()
        return out

    def column_site(self, column: int) -> Site:
        """The site that a column of `opened` or `taught` speaks of."""
        opened, taught = self.layout.opened, self.layout.taught
        if opened[0, 0] <= column <= opened[-1, -1]:
            return self.county.sites[(column - int(opened[0, 0])) // self.periods]
        return self.county.sites[self.sections[(column - int(taught[0, 0])) // self.periods].site]

    def _stay(self) -> None:
        layout = self.layout
        moving = [at for at, (way, u) in enumerate(zip(layout.way_of.tolist(), layout.period_of.tolist(), strict=True))
                  if moves_pinned(self.county, self.ways[way], u)]  # fmt: skip
        self.stay_ways = [self.ways[layout.way_of[at]] for at in moving]
        rows = self._rows.block(len(moving), -INF, 0.0)
        self._rows.put(rows, layout.going[moving], 1.0)
        slack = self._give(Relaxation.STAY, rows.shape)
        if slack is not None:
            self._rows.put(rows, slack, -1.0)


def duty_since(county: County, at: int) -> int | None:
    """The first period in which the estate of a 配建 school has pupils for it; None when it has none."""
    site = county.sites[at]
    if not site.estate:
        return None
    estate = county.points[county.point_at(site.estate)]
    return next((u for u in range(len(county.school_years)) if any(estate.pupils.get(band, (0,) * (u + 1))[u] for band in site.may)), None)
