"""指标卡: one card per declared indicator, with the limits of the standard in force."""

from __future__ import annotations

from datetime import date

from generators.markdown import table
from junheng.indicators import REGISTRY
from junheng.indicators.model import Direction, Grain, Indicator, SplitRule
from junheng.policy import resolve
from junheng.policy.in_force import Limit

_GRAINS = {Grain.SCHOOL_STAGE: "每校每学段", Grain.SCHOOL: "每校", Grain.COUNTY: "每县"}
_SPLITS = {SplitRule.NONE: "不拆分", SplitRule.RATIO: "按学生数比例拆分到学段", SplitRule.CONVERTED: "未分学段填报时按比例折算"}
_DIRECTIONS = {Direction.HIGHER_IS_BETTER: "越大越好", Direction.LOWER_IS_BETTER: "越小越好"}


def pages() -> dict[str, str]:
    policy = resolve("quality_balance_2017", "", date(2025, 9, 1))
    parts = [f"# 指标卡\n\n限值取自《{policy.title}》，基准日 {policy.as_of}。指标本身不含任何限值。\n"]
    parts += [_card(each, policy.limits.get(each.id)) for each in REGISTRY.values()]
    return {"indicators.md": "\n".join(parts)}


def _card(each: Indicator, limit: Limit | None) -> str:
    columns = sorted({name for term in each.terms for name in (getattr(term, "column", ""), getattr(term, "base", "")) if name})
    rows = [
        ("编号", f"`{each.id}`"), ("单位", each.unit.symbol or "比例"), ("粒度", _GRAINS[each.grain]), ("方向", _DIRECTIONS[each.direction]),
        ("拆分", _SPLITS[each.split]), ("缺报", each.missing), ("读取的填报项", "、".join(f"`{name}`" for name in columns) or "—"),
        ("例外时另加", "、".join(f"`{name}`" for name in each.extra) or "—"),
        ("限值", _limit(limit) if limit else "—"),
    ]  # fmt: skip
    return f"## {each.title}\n\n" + table(("项", "内容"), rows)


def _limit(limit: Limit) -> str:
    names = {"any": "", "primary": "小学 ", "junior": "初中 ", "senior": "高中 ", "nine_year": "九年一贯制 ", "twelve_year": "十二年一贯制 "}
    return "；".join(
        f"{names[key]}{cited.value}（{cited.source.document} {cited.source.clause}{'，待核' if cited.unverified else ''}）"
        for key, cited in limit.values.items()
    )
