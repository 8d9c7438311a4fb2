"""How a forecast is said: what is broken, when, and what it rests on."""

from __future__ import annotations

from collections.abc import Mapping

from junheng.common.stages import Stage
from junheng.planning.forecast.outlook import Outlook
from junheng.planning.forecast.parameters import parameters
from junheng.planning.forecast.pupils import PATHS, QUANTILES
from junheng.planning.forecast.rates import Rate
from junheng.planning.forecast.standards import Breach
from junheng.policy.in_force import PolicyInForce
from junheng.reports.grid import round_half_up
from junheng.reports.text import clean

_WHAT = {
    "school_rule": "逐校规则不达标", "school_size": "学校规模超过上限", "class_size": "平均班额超过上限（按现有班数）",
    "small_school": "成为不足 100 人的小规模学校", "staff": "教职工少于按生师比应有数",
}  # fmt: skip
CASE_LABELS = {"central": "预测", "low": "下限", "high": "上限"}


def breach_text(breach: Breach, policy: PolicyInForce) -> str:
    """"小学 L4 生均教学及辅助用房面积低于限值"."""
    stage = Stage(breach.stage).label if breach.stage else ""
    titles = {each.code: each.title for each in policy.resources}
    if breach.what in titles:
        return f"{stage}{breach.what} {titles[breach.what]}低于限值".strip()
    text = _WHAT[breach.what]
    if breach.what == "small_school" and "small_school_floor_pupils" in policy.limits:
        text = f"成为不足 {policy.limits['small_school_floor_pupils'].at('any').value} 人的小规模学校"
    return f"{stage}{text}"


def years_text(years: Mapping[str, int | None]) -> str:
    """"2029（2027—无）": the forecast's year, and the earliest and latest of the interval's ends."""
    ends = [years[case] for case in ("low", "high")]
    early = min((each for each in ends if each is not None), default=None)
    late = "无" if None in ends else str(max(each for each in ends if each is not None))
    centre = "无" if years["central"] is None else str(years["central"])
    return centre if early is None else f"{centre}（{early}—{late}）"


def rate_text(rate: Rate) -> str:
    """"1.024（3 年平均）"."""
    return f"{round_half_up(rate.ratio, 3)}（{f'{rate.years} 年平均' if rate.years else '没有历史，取 1'}）"


def method_lines(outlook: Outlook) -> tuple[str, ...]:
    """How the numbers were made, for the page and the workbook."""
    past, low, high = outlook.past, *QUANTILES
    years = f"{past.years[0]}—{past.years[-1]} 年" if len(past.years) > 1 else f"仅 {past.years[-1]} 年一年"
    lines = [
        "方法：6 岁队列乘入学率得一年级，各年级乘升级率得下一年级；率由全县历年分年级学生数算出，迁入迁出、转学、留级都在率里。",
        f"学校：一年级、七年级按近三年份额分配，其余年级随本校学生升级；再与全县数{outlook.made.method.label}对账，各校之和等于全县，各县之和等于市、省，一个不差。",
        f"区间：按率的误差、出生数的误差和学校份额的误差模拟 {PATHS} 次，取 {low:.0%} 和 {high:.0%} 分位；区间内的概率约 {high - low:.0%}，不含政策突变。",
        f"历史：{years}。" + (f"{len(past.assumed)} 所学校未报分年级人数，按队列大小分摊。" if past.assumed else ""),
    ]  # fmt: skip
    unverified = "、".join(dict.fromkeys(f"{each.title}（{each.unverified}）" for each in parameters().values() if each.unverified))
    lines.append(f"待核参数：{unverified}。")
    return tuple(clean(each) for each in (*lines, *past.left_out))
