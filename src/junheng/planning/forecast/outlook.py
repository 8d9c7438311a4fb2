"""One forecast with everything a planner asks about it: where its cohorts come from, how it did before, when which school breaks what."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from junheng.common.errors import UserError
from junheng.intake.model import Facts
from junheng.planning.forecast.backtest import Errors, backtest
from junheng.planning.forecast.history import History, PastPupils, SchoolKey, history
from junheng.planning.forecast.pupils import Cohorts, Forecast, forecast
from junheng.planning.forecast.reconcile import Method
from junheng.planning.forecast.sources import census, cohorts_of
from junheng.planning.forecast.standards import Breach, breaches
from junheng.planning.forecast.tables import Population
from junheng.policy.in_force import PolicyInForce


@dataclass(frozen=True)
class Request:
    """facts: one or several counties of one school year; population: what each county handed in of births and ages; horizon: years
    ahead, at most 15 (cohorts beyond rest on births that are themselves forecast several times over)."""

    facts: Facts
    policies: Mapping[str, PolicyInForce]
    population: Population = field(default_factory=Population)
    past: Sequence[PastPupils] = ()
    townships: Mapping[SchoolKey, str] = field(default_factory=dict)
    horizon: int = 10
    method: Method = Method.PROPORTIONAL
    years_back: int = 0


@dataclass(frozen=True)
class Outlook:
    """sources: by county, Chinese lines on where its cohorts come from. tested: () when no back-test was asked for."""

    request: Request
    past: History
    made: Forecast
    sources: Mapping[str, tuple[str, ...]]
    breaches: Mapping[str, tuple[Breach, ...]]
    tested: tuple[Errors, ...]


def look_ahead(request: Request, notify: Callable[[str], None] = lambda _: None) -> Outlook:
    """Raises UserError when no school reported pupils, or a county has neither ages nor births nor a census."""
    past = history(request.facts, request.past)
    if not past.schools:
        raise UserError("没有一所学校报了学生数，不能预测", remedy="请补报学生数")
    cohorts: dict[str, Cohorts] = {}
    sources: dict[str, tuple[str, ...]] = {}
    for county in past.counties:
        try:
            found, sources[county] = cohorts_of(request.population.counties.get(county), census().get(county), past.years[-1], request.horizon)
        except ValueError as error:
            raise UserError(f"县（市、区）{county or '未知'}没有出生人数，也没有分年龄人口，不能预测", why="自带的普查资料里没有这个代码",
                            remedy="请用 --births 或 --ages 给出（--template 写出空白表）") from error  # fmt: skip
        cohorts[county] = replace(found, townships=_townships(request, county, past.years[-1]))
    made = forecast(past, cohorts, request.horizon, method=request.method, townships=request.townships, notify=notify)
    broken = {}
    for county in past.counties:
        notify(f"{county} 与标准对照")
        mine = Facts(request.facts.school_year, [row for row in request.facts.school if str(row["county_code"] or "") == county],
                     [row for row in request.facts.county if str(row["county_code"] or "") == county], [])  # fmt: skip
        broken[county] = breaches(mine, made, request.policies[county])
    tested = backtest(past, cohorts, request.years_back) if request.years_back else ()
    return Outlook(request, past, made, sources, broken, tested)


def _townships(request: Request, county: str, base_year: int) -> dict[str, Mapping[int, float]]:
    """Cohorts of the county's townships that reported births or ages."""
    return {
        township: cohorts_of(known, None, base_year, request.horizon)[0].sizes
        for (code, township), known in request.population.townships.items() if code == county and (known.births or known.persons)
    }  # fmt: skip
