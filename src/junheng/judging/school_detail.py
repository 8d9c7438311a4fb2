"""One school stage with everything that stands behind its verdict."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import numpy as np

from junheng.engine.result import Measurements
from junheng.indicators import REGISTRY, SplitRule
from junheng.judging.columns import JudgedColumns
from junheng.judging.compare import PASS, holds, verdict_of
from junheng.judging.gaps import nothing_short, school_gap
from junheng.judging.limits import limit_of
from junheng.judging.result import IndicatorVerdict, SchoolVerdict
from junheng.policy.in_force import Cited, Compare, ResourceIndicator


def school_verdict(measured: Measurements, judged: JudgedColumns, row: int) -> SchoolVerdict:
    """row: position among the judged school-stage rows."""
    rows = judged.counties.school_stage.rows
    at = int(judged.counties.school_stage.at[row])
    indicators = tuple(_indicator(measured, judged, row, each) for each in judged.policy.resources)
    margins = [(each.margin, each.code) for each in indicators if each.margin is not None]
    students = rows.students[at]
    return SchoolVerdict(
        county_code=str(rows.county_code[at]),
        code=str(rows.school_code[at]),
        campus=str(rows.campus[at] or ""),
        name=str(rows.school_name[at] or ""),
        stage=str(rows.stage[at]),
        students=None if np.isnan(students) else int(students),
        indicators=indicators,
        verdict=verdict_of(judged.schools.verdict[row]),
        binding=min(margins)[1] if margins else "",
    )


def _indicator(measured: Measurements, judged: JudgedColumns, row: int, resource: ResourceIndicator) -> IndicatorVerdict:
    at = int(judged.counties.school_stage.at[row])
    lo, hi, known = _bounds(measured, at, resource.indicator)
    value = lo if known else None
    extended = _exception(judged, at, resource)
    declared = REGISTRY.get(resource.indicator)
    converted = declared is not None and declared.split is SplitRule.CONVERTED and measured.exact.share(at, declared.id) != 1
    if resource.code not in judged.schools.codes:
        # The policy asks nothing of the single school here: a limit of 0, which every school reaches.
        nothing = Cited(Decimal(0), resource.source, judged.policy.as_of)
        return IndicatorVerdict(resource.code, resource.indicator, value, lo, hi, nothing, 0.0, True, False, None, None,
                                extended, converted)  # fmt: skip
    number = judged.schools.codes.index(resource.code)
    limits, floors = judged.schools.limits[number], judged.schools.floors[number]
    limit, floor = limits.table[limits.strict[row]], floors.table[floors.strict[row]].value
    met, over_floor = judged.schools.met[row, number], judged.schools.floor[row, number]
    gap = None
    if known:
        enough = met == PASS
        gap = nothing_short(resource.indicator) if enough else school_gap(measured.exact, at, resource.indicator, limit.value, floor)
    return IndicatorVerdict(
        code=resource.code, indicator=resource.indicator, value=value, lo=lo, hi=hi, limit=limit, floor=float(floor),
        met=_truth(met), near=_near(met, over_floor), margin=None if value is None or not limit.value else value / float(limit.value) - 1,
        gap=gap, exception=extended, converted=converted,
        by_exception=bool(extended and met == PASS) and not _met_plainly(measured, judged, at, resource),
    )  # fmt: skip


def _met_plainly(measured: Measurements, judged: JudgedColumns, at: int, resource: ResourceIndicator) -> bool:
    limit = limit_of(judged.policy, resource.limit, str(judged.counties.school_stage.rows.stage[at]))
    figure = measured.exact.interval("school_stage", at, resource.indicator, plain=True)
    return holds(Compare.AT_LEAST, figure, Fraction(limit.value))


def _bounds(measured: Measurements, at: int, indicator: str) -> tuple[float, float, bool]:
    column = measured.school_stage.indicators[indicator]
    num_lo, num_hi = float(column.num_lo[at]), float(column.num_hi[at])
    den_lo, den_hi = float(column.den_lo[at]), float(column.den_hi[at])
    if den_lo == den_hi and den_lo > 0:
        return num_lo / den_lo, num_hi / den_hi, num_lo == num_hi
    low = 0.0 if num_lo >= 0 and np.isinf(den_hi) else (num_lo / den_hi if num_lo >= 0 else -np.inf)
    return low, np.inf, False


def _exception(judged: JudgedColumns, at: int, resource: ResourceIndicator) -> str:
    rows = judged.counties.school_stage.rows
    for rule in judged.policy.exceptions:
        touches = resource.indicator in rule.extends or resource.limit in rule.replaces
        if touches and rule.id in rows.exceptions and rows.exceptions[rule.id][at] == 1:
            return rule.id
    return ""


def _truth(three: np.int8) -> bool | None:
    return None if three == 0 else bool(three == PASS)


def _near(met: np.int8, over_floor: np.int8) -> bool | None:
    """Over the floor but not over the limit."""
    if met == PASS or over_floor == -1:
        return False
    return True if met == -1 and over_floor == PASS else None
