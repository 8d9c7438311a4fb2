"""How a measured figure, its limit and its shortfall are said in Chinese."""

from __future__ import annotations

import math
from decimal import Decimal

from junheng.indicators import REGISTRY, Direction
from junheng.judging.gaps import gap_sentence
from junheng.judging.result import BalanceVerdict, DemandVerdict, Gap, IndicatorVerdict, SchoolVerdict
from junheng.reports.grid import NOT_REPORTED, round_half_up
from junheng.reports.words import amount_words

_AT = {"at_least": "≥", "at_most": "≤", "less_than": "＜", "equal": "＝"}
_ROMAN = ("", "Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ")


def unit_of(indicator: str) -> str:
    """The printed unit of an indicator, e.g. "㎡/生"; "" for an unknown one."""
    known = REGISTRY.get(indicator)
    return known.unit.symbol if known else ""


def title_of(indicator: str) -> str:
    """An indicator's Chinese title; its id when it is not declared."""
    known = REGISTRY.get(indicator)
    return known.title if known else indicator


def plain(value: float | Decimal, most: int = 2) -> str:
    """A figure with at most `most` decimals and no trailing zeros, thousands separated."""
    text = round_half_up(float(value), most, thousands=True)
    return text.rstrip("0").rstrip(".") if "." in text else text


def resource_value(indicator: IndicatorVerdict, *, unit: bool = True) -> str:
    """A resource figure with two decimals; its bounds or 未报 when something is missing."""
    sign = f" {unit_of(indicator.indicator)}" if unit else ""
    if indicator.value is not None:
        return round_half_up(indicator.value, 2, thousands=True) + sign
    if indicator.lo > 0 and not math.isinf(indicator.hi):
        return f"{round_half_up(indicator.lo, 2)}～{round_half_up(indicator.hi, 2)}{sign}"
    return f"至少 {round_half_up(indicator.lo, 2)}{sign}" if indicator.lo > 0 else NOT_REPORTED


def resource_limit(indicator: IndicatorVerdict) -> str:
    """"≥ 0.9 人/百名学生"."""
    return f"≥ {plain(indicator.limit.value)} {unit_of(indicator.indicator)}".strip()


def cv_value(balance: BalanceVerdict) -> str:
    """A coefficient of variation with three decimals; 待定 when a value is missing."""
    return "待定" if balance.cv is None else round_half_up(balance.cv, 3)


def demand_title(demand: DemandVerdict) -> str:
    stage = {"primary": "（小学）", "junior": "（初中）"}.get(demand.stage, "")
    return title_of(demand.indicator) + stage


def quantity(indicator: str, value: float | Decimal | None) -> str:
    """A demand's figure in its own unit: percent with one decimal, levels in Roman numerals, money and people whole."""
    if value is None:
        return NOT_REPORTED
    symbol = unit_of(indicator)
    if indicator.startswith("difference_"):
        return plain(value, 3)
    if indicator.startswith("level_"):
        return f"{_ROMAN[int(value)]} 级" if 0 < int(value) < len(_ROMAN) else plain(value)
    if indicator.startswith("veto_"):
        return "是" if value else "否"
    if symbol in ("%", "间/应有间"):
        return f"{round_half_up(float(value) * 100, 1)}%"
    sign = symbol.split("/")[0]
    return f"{plain(value, 0 if sign in ('人', '个', '间') else 2)} {sign}".strip()


def demand_value(demand: DemandVerdict) -> str:
    """The county's figure, or how many schools fail and wait where each school is judged."""
    if demand.value is not None:
        return quantity(demand.indicator, demand.value)
    if demand.failing or demand.undecided:
        parts = [f"{len(demand.failing)} 所未达标"] if demand.failing else []
        return "，".join(parts + ([f"{len(demand.undecided)} 所待定"] if demand.undecided else []))
    return {"pass": "各校均达标", "fail": "未达标", "insufficient": NOT_REPORTED}[str(demand.verdict)]


def demand_limit(demand: DemandVerdict) -> str:
    """"≥ 95.0%"; "" when the demand has no limit of its own."""
    if demand.limit is None:
        return ""
    if unit_of(demand.indicator) == "间/应有间":
        return "≥ 应配间数"
    if demand.indicator.startswith("veto_"):
        return f"应为“{quantity(demand.indicator, demand.limit.value)}”"
    return f"{_AT.get(demand.compare, '')} {quantity(demand.indicator, demand.limit.value)}"


def gap_words(gap: Gap | None, indicator: str) -> str:
    """"还差教师培训经费 200 元", or "超标班级 3 个" where less is better; "" when nothing is short."""
    if gap is None or not gap.amount:
        return ""
    declared = REGISTRY.get(indicator)
    less = declared is not None and declared.direction is Direction.LOWER_IS_BETTER
    return f"{'' if less else '还差'}{gap.what} {amount_words(gap.amount, gap.unit)}"


def school_gap_words(school: SchoolVerdict, indicator: IndicatorVerdict) -> str:
    """"还差 2 名体育、艺术专任教师（现有 5 名，…），达到 85% 线还差 1 名"; "" when nothing is short."""
    text = gap_sentence(school, indicator).rstrip("。") or gap_words(indicator.gap, indicator.indicator)
    floor = indicator.gap.amount_to_floor if text and indicator.gap else 0.0
    return text + (f"，达到 85% 线还差 {amount_words(floor, indicator.gap.unit)}" if floor and indicator.gap else "")
