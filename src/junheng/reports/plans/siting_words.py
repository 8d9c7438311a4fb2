"""布局方案的用语: amounts, and what a plan does to a school, in words."""

from __future__ import annotations

from decimal import Decimal

from junheng.common.numerals import numeral
from junheng.common.school_years import school_year_label
from junheng.planning.siting.county import Site
from junheng.planning.siting.differing import Difference, Fate
from junheng.planning.siting.plan import Decision


def wan(amount: Decimal) -> str:
    """Yuan as 万元."""
    return f"{amount / 10_000:,.2f}"


def ordinal(*numbers: int) -> str:
    """0 → 方案一; 0, 2 → 方案一、三."""
    return "方案" + "、".join(numeral(number + 1) for number in numbers)


def difference_text(sites: tuple[Site, ...], difference: Difference) -> str:
    """In one school, from one plan to the other."""
    before, after = difference.before, difference.after
    return f"{sites[difference.site].name}由“{_fate(before)}”改为“{_fate(after)}”"


def _fate(fate: Fate) -> str:
    year = "" if fate.year is None or fate.decision is Decision.EXPAND else f"（{school_year_label(fate.year)}起）"
    more = [f"增 {fate.rooms} 间教室"] if fate.rooms else []
    more += [f"增 {fate.beds} 张床位"] if fate.beds else []
    return f"{fate.decision.label}{year}{'，' if more else ''}{'、'.join(more)}"
