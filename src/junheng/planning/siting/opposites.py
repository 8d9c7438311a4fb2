"""为什么是这样，不是那样: for every site the opposite of what the plan does to it is forced, and the county planned again.

Turned round is one decision at a time: a school that stays must close by the last period, one that closes must stay with all its bands,
one that grows must not, a candidate that opens must not, one that does not must open by the last period. What an official has pinned is
turned round too, with the pin set aside, so that what the pin costs is known. Everything else is decided anew, so the difference of the
two totals is what the decision is worth (regret by re-optimisation; unlike a shadow price it is exact for whole numbers: Geoffrion &
Nauss 1977, “Parametric and postoptimality analysis in integer linear programming”, Manag. Sci. 23).
Where the opposite is impossible, the family of constraints that must give is looked for as in `conflict`. Where it is better, the plan was
not the best: it is replaced, and what is already known of other sites stays in use.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from junheng.planning import clock
from junheng.planning.highs import INF
from junheng.planning.siting.checking import faults_of
from junheng.planning.siting.conflict import WayOut, ways_out
from junheng.planning.siting.county import County, Pin, PinKind
from junheng.planning.siting.plan import Decision, Plan
from junheng.planning.siting.program import duty_since
from junheng.planning.siting.relaxing import Relaxation
from junheng.planning.siting.solve import attempt

_LEAST_SECONDS = 0.3
_YUAN = 0.5
"""Totals nearer than this are the same."""


class Turn(StrEnum):
    """A decision turned round."""

    CLOSE = "close"
    KEEP = "keep"
    NOT_EXPAND = "not_expand"
    OPEN = "open"
    NOT_OPEN = "not_open"

    @property
    def label(self) -> str:
        return {"close": "停办", "keep": "保留", "not_expand": "不扩建", "open": "新建", "not_open": "不建"}[self.value]


_TURNS = {
    Decision.KEEP: Turn.CLOSE, Decision.SHRINK: Turn.KEEP, Decision.EXPAND: Turn.NOT_EXPAND, Decision.MERGE: Turn.KEEP, Decision.CLOSE: Turn.KEEP,
    Decision.OPEN: Turn.NOT_OPEN, Decision.UNUSED: Turn.OPEN,
}  # fmt: skip
_PINS = {Turn.CLOSE: PinKind.MUST_CLOSE, Turn.NOT_OPEN: PinKind.MUST_CLOSE, Turn.KEEP: PinKind.MUST_KEEP, Turn.OPEN: PinKind.MUST_OPEN}
_OWN = {Turn.CLOSE: Relaxation.CLOSE, Turn.NOT_OPEN: Relaxation.CLOSE, Turn.KEEP: Relaxation.KEEP, Turn.OPEN: Relaxation.OPEN}
"""What must not give when it is asked why a turn is impossible: the turn itself. Of a site that must not grow, only its own rooms and beds."""


@dataclass(frozen=True)
class Opposite:
    """One decision turned round. plan: the best found, at the same prices; bound: no such plan has a lower total, in yuan;
    impossible: proven that there is none, and rule: what would have to give (None where no single family does, or the time
    was too short); aside: the official's pin that was set aside to ask."""

    site: int
    decision: Decision
    turn: Turn
    plan: Plan | None
    bound: float
    impossible: bool
    rule: WayOut | None
    aside: Pin | None


def turned(county: County, site: int, turn: Turn) -> tuple[County, Pin | None]:
    """The county with one decision forced, and the pin of this site that had to be set aside."""
    code, last = county.sites[site].code, len(county.years) - 1
    if turn is Turn.NOT_EXPAND:
        sites = list(county.sites)
        sites[site] = replace(sites[site], rooms_most=sites[site].rooms, beds_most=sites[site].beds)
        return replace(county, sites=tuple(sites)), None
    aside = next((pin for pin in county.pins if pin.code == code), None)
    forced = Pin(_PINS[turn], code, last if turn in (Turn.CLOSE, Turn.OPEN) else 0)
    return replace(county, pins=(*(pin for pin in county.pins if pin.code != code), forced)), aside


@dataclass(frozen=True)
class Explained:
    """plan: the one given, or a better one that was met; opposites: one per site, in their order."""

    plan: Plan
    opposites: tuple[Opposite, ...]


def explained(plan: Plan, *, seconds: float, notify: Callable[[str], None] = lambda _: None) -> Explained:
    """Every decision of a plan turned round, within the time; what was not reached has neither plan nor bound."""
    until, known = clock.now() + seconds, {}
    while True:
        better = None
        for site in range(len(plan.county.sites)):
            turn = _TURNS[plan.decision(site)]
            if (site, turn) in known:
                continue
            left = until - clock.now()
            known[site, turn] = found = _opposite(plan, site, turn, max(left / (len(plan.county.sites) - site), _LEAST_SECONDS) if left > 0 else left)
            notify(f"已反问：{plan.county.sites[site].name}")
            better = _better(plan, found)
            if better is not None:
                break
        if better is None:
            return Explained(plan, tuple(replace(known[site, _TURNS[decision]], decision=decision)
                                         for site, decision in enumerate(map(plan.decision, range(len(plan.county.sites))))))  # fmt: skip
        plan = better


def _opposite(plan: Plan, site: int, turn: Turn, seconds: float) -> Opposite:
    if seconds < 0:
        return Opposite(site, plan.decision(site), turn, None, -INF, False, None, None)
    if turn is Turn.NOT_OPEN and duty_since(plan.county, site) is not None:  # 义务教育法第十五条: nothing need be solved
        duty = WayOut((Relaxation.DUTY,), (f"{plan.county.sites[site].name}推迟或不按配建义务开办",), True)
        return Opposite(site, plan.decision(site), turn, None, INF, True, duty, None)
    county, aside = turned(plan.county, site, turn)
    began = clock.now()
    found = attempt(county, seconds=seconds, gap=1e-4, start=plan, beside=float(plan.total))
    rule = next(ways_out(county, seconds=seconds - (clock.now() - began), without=_OWN.get(turn), still=site), None) if found.infeasible else None
    again = None if found.plan is None else replace(found.plan, county=plan.county)
    bound = found.bound if aside is not None else max(found.bound, plan.bound)  # a decision more cannot make it cheaper
    return Opposite(site, plan.decision(site), turn, again, bound, found.infeasible, rule, aside)


def _better(plan: Plan, found: Opposite) -> Plan | None:
    """A plan that costs less and breaks no pin."""
    if found.plan is None or float(found.plan.total) >= float(plan.total) - _YUAN or next(faults_of(found.plan), None) is not None:
        return None
    return replace(found.plan, bound=plan.bound)
