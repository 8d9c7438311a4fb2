"""How the figures of an improvement plan are said: money, amounts, years, constraints."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from junheng.common.stages import Stage
from junheng.intake.model import Row
from junheng.planning.improvement.actions import Action
from junheng.planning.improvement.levers import BY_ID
from junheng.planning.improvement.outcome import Outcome
from junheng.planning.improvement.prices import CV_STEP, LIMIT_STEP, Price
from junheng.reports.words import school_label


def ten_thousand(yuan: Decimal | float) -> str:
    """Yuan as "1,627.09" 万元; exact sums are rounded here and nowhere else."""
    amount = (Decimal(str(yuan)) / 10_000).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return f"{amount:,f}"


def amount_text(amount: Decimal, unit: str) -> str:
    """"2 人", "362.73 ㎡"."""
    text = f"{amount.normalize():,f}" if unit not in ("㎡", "元") else f"{amount:,.2f}"
    return f"{text} {unit}"


def year_text(outcome: Outcome, year: int) -> str:
    """"第 1 年（2026 年）": the plan's first year is the one after the school year's first half."""
    return f"第 {year} 年（{outcome.plan.request.facts.school_year + year} 年）"


def school_name(row: Row) -> str:
    return school_label(str(row["school_name"] or row["school_code"]), str(row["campus"] or ""))


def place_text(outcome: Outcome, action: Action) -> str:
    """Where something that is moved comes from; "" when nothing is moved."""
    return "" if action.source is None else school_name(outcome.plan.facts.school[action.source])


def stage_text(stage: str) -> str:
    return Stage(stage).label if stage else "全校"


def lever_title(action: Action) -> str:
    return BY_ID[action.lever].title


def price_text(outcome: Outcome, price: Price) -> str:
    """"小学 L4 差异系数限值每放宽 0.01"."""
    titles = {each.code: each.title for each in outcome.plan.request.policy.resources}
    if price.kind == "cv":
        return f"{stage_text(price.stage)} {price.code}“{titles[price.code]}”差异系数限值放宽 {CV_STEP:g}"
    if price.kind == "school":
        return f"{stage_text(price.stage)} {price.code}“{titles[price.code]}”逐校限值降低 {LIMIT_STEP:.0%}"
    if price.decision is not None:
        each = outcome.plan.situation.board.decisions[price.decision]
        verb = "调出" if each.direction < 0 else ""
        return f"取消约束：{school_name(outcome.plan.facts.school[each.school])}{stage_text(each.stage) if each.stage else ''}{verb}{BY_ID[each.lever].title}"
    return f"{price.what}增加 1"
