"""求布局方案: cuts, a start, HiGHS for the bound, local search with what time is left, then whole pupils and the re-check; or why there is none."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from junheng.common.errors import UserError
from junheng.planning import clock
from junheng.planning.highs import Model, Relaxed, minimise
from junheng.planning.siting.checking import require_holds
from junheng.planning.siting.conflict import explain
from junheng.planning.siting.county import County
from junheng.planning.siting.cutting import tightened
from junheng.planning.siting.plan import Plan
from junheng.planning.siting.prices import MONEY
from junheng.planning.siting.program import Program
from junheng.planning.siting.pruning import near
from junheng.planning.siting.search import Search
from junheng.planning.siting.ways import ways_of
from junheng.planning.siting.whole import built_early, plan_of, values_of
from junheng.planning.siting.writing import Floats

_CUTTING, _PROVING = 0.15, 0.75
"""The shares of the time after which cutting must end, and the search for a bound; what is left is for local search."""
_RELAXING = 1.0
"""Seconds that cutting may take though they be more than its share: without a relaxation there is neither a start nor a bound."""


@dataclass(frozen=True)
class Attempt:
    """plan: the best found, None when none was; bound: no lawful plan has a lower total, in yuan; infeasible: proven that there
    is no plan at all."""

    plan: Plan | None
    bound: float
    infeasible: bool


def solve(county: County, *, seconds: float = 120.0, gap: float = 1e-3, start: Plan | None = None, notify: Callable[[str], None] = lambda _: None) -> Plan:
    """The best plan found within the time, checked. start: as in `attempt`.

    Raises NoLawfulPlan, with the least ways out, when it is proven that there is none; UserError when the time was too short.
    """
    found = attempt(county, seconds=seconds, gap=gap, start=start, notify=notify)
    if found.infeasible:
        raise explain(county, seconds=seconds)
    if found.plan is None:
        raise UserError("时间内没有找到方案，也没有证明不存在", why=f"求解 {seconds:g} 秒", remedy="请延长求解时间（--seconds），或减少规划期数")
    return found.plan


def attempt(
    county: County, *, seconds: float, gap: float = 1e-3, start: Plan | None = None, beside: float | None = None,
    notify: Callable[[str], None] = lambda _: None,
) -> Attempt:  # fmt: skip
    """What can be found and proven within the time. start: a plan of the same points, sites and periods, made for this county or
    for one with other pins or prices: it is mended where it does not fit. beside: a total in yuan; whether any plan is below it is
    asked first, which is sooner answered than what the least is."""
    began, start_time = clock.now(), time.monotonic()
    program = Program(county, ways_of(county))
    nearby = near(program, seconds=seconds / 3)
    notify("已列出各点的合法上学方式")
    model, relaxed = tightened(program, nearby.model, began + max(seconds * _CUTTING, min(seconds / 2, _RELAXING)))
    search = Search(program, nearby.model)  # small programs are solved faster without the cuts
    values = _first(program, search, start, relaxed, seconds / (4 if start is None else 2))
    notify("已有可行的方案" if values is not None else "保留现状不够，正在求新的方案")
    proven = relaxed.objective if relaxed is not None and nearby.model is program.model else nearby.bound
    whole = replace(model, most=program.model.most)
    until = began + seconds * (1.0 if values is None else _PROVING)
    if beside is not None and proven < beside / MONEY:
        below = minimise(whole, seconds=(until - clock.now()) / 2, gap=gap, cutoff=beside / MONEY)
        values = values if below.values is None else below.values
        proven = max(proven, beside / MONEY) if below.infeasible else proven
    answer = minimise(whole, seconds=until - clock.now(), gap=gap, start=None if values is None else built_early(program, values))
    values = answer.values if answer.values is not None else values
    bound = max(proven, answer.bound, 0.0)  # nothing is counted that could be below nought
    if values is None:
        return Attempt(None, bound * MONEY, answer.infeasible)
    values = search.descend(values, began + seconds, bound / (1 - gap))
    plan = plan_of(program, values, bound, time.monotonic() - start_time)
    require_holds(plan)
    return Attempt(plan, plan.bound, False)


def _first(program: Program, search: Search, start: Plan | None, relaxed: Relaxed | None, seconds: float) -> Floats | None:
    """An answer to begin from: the given plan, mended; failing that, the relaxation's in whole numbers, or the county as it stands."""
    until = clock.now() + seconds
    given = values_of(program, start) if start is not None else None
    mended = search.repaired(given, until) if given is not None else None
    if mended is not None:
        return mended if relaxed is None else search.towards(mended, relaxed.values, until)
    rounded = search.rounded(relaxed.values, until) if relaxed is not None else None
    return rounded if rounded is not None else _as_it_stands(program, search.model, seconds)


def _as_it_stands(program: Program, model: Model, seconds: float) -> Floats | None:
    """A plan that closes nothing but what it must, and opens only what it must; failing that, one that closes nothing."""
    county, layout = program.county, program.layout
    stood = np.array([site.existing for site in county.sites], dtype=bool)
    kept = np.concatenate([layout.opened[stood].ravel(), layout.taught[[each.now for each in program.sections]].ravel()])
    closing = {program.column_site(column).code for column in program.shut}
    kept = kept[[program.column_site(column).code not in closing for column in kept.tolist()]]
    pinned = np.array(sorted({column for columns in program.wanted.values() for column in columns}), dtype=np.intp)
    for new in (0.0, 1.0):
        least, most = model.least.copy(), model.most.copy()
        least[kept] = 1.0
        most[layout.opened[~stood]] = new
        most[pinned] = 1.0
        answer = minimise(replace(model, least=least, most=most), seconds=seconds / 2, gap=0.02)
        if answer.values is not None:
            return answer.values
    return None
