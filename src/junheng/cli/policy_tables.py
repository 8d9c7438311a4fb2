"""The tables that `junheng policy` prints."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from datetime import date

from rich import box
from rich.console import Console, RenderableType
from rich.table import Table

from junheng.indicators import REGISTRY
from junheng.policy import PolicyInForce, load_documents
from junheng.policy.differences import KEY_LABELS, plain
from junheng.policy.in_force import (
    ANY,
    Cited,
    Condition,
    Criterion,
    Demand,
    ExceptionRule,
    Limit,
    Source,
    Target,
)
from junheng.policy.pack_model import Pack
from junheng.policy.values import chinese_date
from junheng.tables.school import SCHOOL

_PIPED_WIDTH = 160
"""Columns when the output is not a terminal, so that a saved listing keeps its lines."""
_COMPARE = {"at_least": "不低于", "at_most": "不超过", "less_than": "低于", "equal": "等于"}
_SCOPE = {"each_school": "每所学校", "each_school_stage": "每校每学段", "county_total": "全县合计", "county": "全县"}
_GROUP = {"government": "政府保障程度", "quality": "教育质量", "recognition": "社会认可度", "veto": "一票否决"}
_QUANTITY = {
    "total_pupils": "全校学生数", "founded_year": "建校年", "urban_rural": "城乡分类",
    "largest_class_at_least": "最大班额档下限", "migrant_share": "随迁子女占比",
}  # fmt: skip


class Tables:
    """Writes tables to standard output."""

    def __init__(self) -> None:
        self._console = Console(width=None if sys.stdout.isatty() else _PIPED_WIDTH, highlight=False, markup=False)

    def show(self, what: RenderableType) -> None:
        self._console.print(what)


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold", justify="right" if column == "数值" else "left",
                         no_wrap=column in ("编号", "数值"))  # fmt: skip
    return table


def pack_list(packs: Sequence[Pack]) -> Table:
    """One row per pack."""
    table = _table("自带的政策包", "编号", "类别", "名称", "依据", "地区")
    for pack in packs:
        table.add_row(pack.id, pack.kind, pack.title, pack.overlays or pack.extends or "", pack.area or "全国")
    return table


def documents_table(ids: Sequence[str] | None = None) -> Table:
    """The registered documents; ids: only these."""
    table = _table("登记的文件", "编号", "标题", "文号", "印发机关", "印发日期")
    for key, each in load_documents().items():
        if ids is None or key in ids:
            issued = chinese_date(each.issued) if each.issued else _mark(each.unverified)
            table.add_row(key, each.title, each.number, each.issuer, issued)
    return table


def sections(policy: PolicyInForce, pack: Pack) -> Iterator[RenderableType]:
    """Everything in force, part by part; empty parts are left out."""
    yield _head(policy, pack)
    if policy.resources:
        yield _resources(policy)
    if policy.limits:
        yield _limits(policy)
    if policy.criteria:
        yield _criteria(policy)
    if policy.exceptions:
        yield _exceptions(policy)
    if policy.exclusions:
        yield _exclusions(policy)
    if policy.targets:
        yield _targets(policy)


def _head(policy: PolicyInForce, pack: Pack) -> str:
    lines = [f"{pack.title}（{policy.id}）", f"{chinese_date(policy.as_of)}有效；地区 {policy.area_code or '全国'}"]
    if policy.overlays:
        lines.append(f"叠加：{'、'.join(policy.overlays)}")
    if pack.note:
        lines.append(pack.note)
    return "\n".join(lines)


def _cite(policy: PolicyInForce, source: Source) -> str:
    document = policy.documents[source.document]
    return f"{document.number or document.title} {source.clause}"


def _mark(*reasons: str) -> str:
    found = "；".join(reason for reason in dict.fromkeys(reasons) if reason)
    return found if "待核" in found else f"待核：{found}" if found else ""


def _resources(policy: PolicyInForce) -> Table:
    table = _table("资源配置指标", "编码", "指标", "文件与条款")
    for each in policy.resources:
        table.add_row(each.code, each.title, _cite(policy, each.source))
    if policy.school_rule is not None:
        share = policy.school_rule.floor_share
        rule = f"每校至少 {policy.school_rule.min_met} 项达标，余项不低于要求的 {plain(share.value)} 倍"
        table.add_row("逐校", rule, _cite(policy, policy.school_rule.source))
    judge = "每一项差异系数都不超过限值" if policy.balance.judge == "each" else "各项差异系数的平均数不超过限值"
    table.add_row("校际", judge, _cite(policy, policy.balance.source))
    return table


def _limits(policy: PolicyInForce) -> Table:
    table = _table("限值", "编号", "名称", "适用", "数值", "单位", "自", "文件与条款", "待核")
    for limit in policy.limits.values():
        for key, cited in limit.values.items():
            table.add_row(*_limit_row(policy, limit, key, cited))
    return table


def _limit_row(policy: PolicyInForce, limit: Limit, key: str, cited: Cited) -> tuple[str, ...]:
    return (limit.id, limit.title, KEY_LABELS[key], plain(cited.value), limit.unit, cited.since.isoformat(),
            _cite(policy, cited.source), _mark(cited.unverified))  # fmt: skip


def _criteria(policy: PolicyInForce) -> Table:
    table = _table("评估条目", "类别", "序号", "编号", "要求", "可计算的部分", "需评定的佐证", "文件与条款", "待核")
    for each in policy.criteria:
        table.add_row(_GROUP[each.group], str(each.number), each.id, each.text, _demands(policy, each),
                      "\n".join(each.evidence), _cite(policy, each.source), _mark(each.unverified))  # fmt: skip
    return table


def _demands(policy: PolicyInForce, criterion: Criterion) -> str:
    return "\n".join(_demand(policy, demand) for demand in criterion.demands)


def _demand(policy: PolicyInForce, demand: Demand) -> str:
    title = REGISTRY[demand.indicator].title if demand.indicator in REGISTRY else demand.indicator
    stage = f"（{KEY_LABELS[demand.stage]}）" if demand.stage else ""
    return f"{title}{stage}：{_SCOPE[demand.scope]}{_COMPARE[demand.compare]} {_bound(policy, demand)}"


def _bound(policy: PolicyInForce, demand: Demand) -> str:
    """The limit of a demand, or all of them where it differs by stage or school form; its id where another pack sets it."""
    limit = policy.limits.get(demand.limit)
    if limit is None:
        return f"限值 {demand.limit}"
    unit = limit.unit and f" {limit.unit}"
    if demand.stage or ANY in limit.values:
        return f"{plain(limit.at(demand.stage or ANY).value)}{unit}"
    return "、".join(f"{KEY_LABELS[key]} {plain(cited.value)}{unit}" for key, cited in limit.values.items())


def _exceptions(policy: PolicyInForce) -> Table:
    table = _table("特殊口径", "编号", "情形", "学校须填“是”的项目", "数据须符合", "改用的限值", "起止", "文件与条款", "待核")
    for each in policy.exceptions:
        table.add_row(each.id, each.title, _flag(each), _conditions(each), _replaced(each),
                      f"{_day(each.start)} 至 {_day(each.end)}", _cite(policy, each.source), _mark(each.unverified))  # fmt: skip
    return table


def _flag(rule: ExceptionRule) -> str:
    labels = {column.name: column.label for column in SCHOOL.columns}
    return labels[rule.flag] if rule.flag else "（不需填报）"


def _conditions(rule: ExceptionRule) -> str:
    return "\n".join(_condition(each) for each in rule.conditions)


def _condition(each: Condition) -> str:
    bounds = [
        f"{sign}{plain(bound)}"
        for sign, bound in (("≥", each.at_least), ("≤", each.at_most), ("＜", each.below), ("＞", each.above))
        if bound is not None
    ]
    if each.one_of:
        bounds.append(f"为 {'、'.join(each.one_of)}")
    return f"{_QUANTITY[each.quantity]} {'且'.join(bounds)}"


def _replaced(rule: ExceptionRule) -> str:
    return "\n".join(
        f"{limit.title}{KEY_LABELS[key] and f'（{KEY_LABELS[key]}）'} {plain(cited.value)}{limit.unit}"
        for limit in rule.replaces.values()
        for key, cited in limit.values.items()
    )


def _day(day: date | None) -> str:
    return chinese_date(day) if day else "待核"


def _exclusions(policy: PolicyInForce) -> Table:
    table = _table("不纳入资源配置和差异系数的学校", "编号", "学校", "办学类型", "举办者", "学生数低于", "文件与条款")
    for each in policy.exclusions:
        below = plain(each.pupils_below) if each.pupils_below is not None else ""
        table.add_row(each.reason, each.title, "、".join(each.school_types), "、".join(each.sponsors), below,
                      _cite(policy, each.source))  # fmt: skip
    return table


def _targets(policy: PolicyInForce) -> Table:
    table = _table("目标", "编号", "目标", "数值", "期限", "责任部门", "文件与条款", "待核")
    for each in policy.targets:
        table.add_row(each.id, each.title, _target_value(each), f"{each.by_school_year} 年" if each.by_school_year else "",
                      "、".join(each.departments) + ("（文件点名）" if each.departments_named else ""),
                      _cite(policy, each.source), _mark(each.unverified, each.value.unverified if each.value else ""))  # fmt: skip
    return table


def _target_value(each: Target) -> str:
    return f"{_COMPARE[each.compare]} {plain(each.value.value)}" if each.compare and each.value else ""
