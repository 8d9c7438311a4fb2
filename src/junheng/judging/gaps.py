"""还差: the least addition that reaches a line, in natural units, and how it is said.

A stage of a combined school gets only its share of what the school adds, so the shortfall of the stage is divided by
that share (拆分后反算). People, rooms and other countable things are rounded up to whole ones, areas and
money are not.
"""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import numpy as np

from junheng.engine.result import ExactSource
from junheng.indicators import REGISTRY, Indicator
from junheng.judging.compare import FAIL
from junheng.judging.demands import DemandColumn
from junheng.judging.result import Gap, IndicatorVerdict, SchoolVerdict
from junheng.policy.in_force import Compare, Scope

_COUNTED = {"人": "名"}


def school_gap(exact: ExactSource, row: int, indicator: str, limit: Decimal, floor: Decimal) -> Gap | None:
    """The whole-school addition for a known figure of school-stage row `row` that is below its limit."""
    declared = REGISTRY.get(indicator)
    figure, share = exact.interval("school_stage", row, indicator), exact.share(row, indicator)
    if declared is None or not declared.what or figure.num_lo is None or figure.den_lo is None or not share:
        return None
    scale, num, den = declared.scale * share, figure.num_lo, figure.den_lo
    short, short_of_floor = ((Fraction(line) * den - num) / scale for line in (limit, floor))
    return Gap(declared.what, declared.gap_unit, _amount(short, declared.whole_gap), _amount(short_of_floor, declared.whole_gap))


def nothing_short(indicator: str) -> Gap | None:
    """The gap of a figure that reaches its limit; None where a gap makes no sense."""
    declared = REGISTRY.get(indicator)
    return Gap(declared.what, declared.gap_unit, 0.0, 0.0) if declared and declared.what else None


def demand_gap(column: DemandColumn, county: int, ratio: tuple[float | None, float | None, float | None]) -> Gap | None:
    """What a failing demand still needs: the county's figure or sum, or all failing schools together."""
    declared = REGISTRY.get(column.demand.indicator)
    if declared is None or not declared.what or column.verdict[county] != FAIL:
        return None
    if column.demand.scope in (Scope.COUNTY, Scope.COUNTY_TOTAL):
        _, num, den = ratio
        if num is None or den is None:
            return None
        needed = _short(column, _written(num), _written(den), column.limits.table[0].value)
        return Gap(declared.what, declared.gap_unit, _amount(needed / declared.scale, declared.whole_gap), 0.0)
    total = 0.0
    for row in np.flatnonzero((column.county == county) & (column.by_row == FAIL)):
        figures = column.figures
        if not figures.known[row]:
            return None
        limit = column.limits.table[column.limits.strict[row]].value
        short = _short(column, _written(figures.num_lo[row]), _written(figures.den_lo[row]), limit)
        total += _amount(short / declared.scale, declared.whole_gap)
    return Gap(declared.what, declared.gap_unit, total, 0.0)


def _short(column: DemandColumn, num: Fraction, den: Fraction, limit: Decimal) -> Fraction:
    distance = Fraction(limit) * den - num
    return distance if column.demand.compare is Compare.AT_LEAST else -distance


def _amount(short: Fraction, whole: bool) -> float:
    short = max(short, Fraction(0))
    return float(math.ceil(short)) if whole else float(short)


def _written(value: float) -> Fraction:
    """The decimal a float was written as."""
    return Fraction(Decimal(repr(float(value))))


def gap_phrase(gap: Gap) -> str:
    """"还差体育、艺术专任教师 2 人"; "" when nothing is short."""
    if not gap.amount:
        return ""
    return f"还差{gap.what} {_figure(gap.amount, 2)} {gap.unit}"


def gap_sentence(school: SchoolVerdict, judged: IndicatorVerdict) -> str:
    """"还差 2 名体育、艺术专任教师（现有 5 名，在校生 742 人，需 6.68 名，按 7 名计）。"; "" when nothing is short.

    A converted or split figure (学段折算, 拆分) is said with the whole-school addition after the brackets.
    """
    declared, gap = REGISTRY.get(judged.indicator), judged.gap
    if declared is None or gap is None or not gap.amount or judged.value is None or school.students is None:
        return ""
    unit = _COUNTED.get(gap.unit, gap.unit)
    have, need = (_at(declared, value, school.students) for value in (judged.value, float(judged.limit.value)))
    whole = declared.whole_gap and abs(have - round(have)) < 1e-6
    counted = f"，按 {_figure(math.ceil(round(need, 9)), 0)} {unit}计" if whole and round(need, 9) != round(need) else ""
    inside = f"现有 {_figure(have, 2)} {unit}，在校生 {school.students:,} 人，需 {_figure(need, 2)} {unit}{counted}"
    return f"还差 {_figure(gap.amount, 2)} {unit}{gap.what}（{inside}）。"


def _at(declared: Indicator, value: float, students: int) -> float:
    return value * students / declared.scale


def _figure(value: float, decimals: int) -> str:
    """Thousands separated, at most `decimals` decimals, no trailing zeros."""
    step = Decimal(1).scaleb(-decimals)
    text = f"{Decimal(repr(float(value))).quantize(step, ROUND_HALF_UP):,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
