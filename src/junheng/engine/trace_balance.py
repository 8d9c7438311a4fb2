"""出处树 of a county's balance: CV ← mean, deviation ← the value of every included school."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from junheng.common.errors import UserError
from junheng.common.stages import Stage
from junheng.engine.basis import pupils
from junheng.engine.trace_cells import Book
from junheng.engine.trace_figures import RowTrace, row_of_school
from junheng.engine.trace_node import (
    Citation,
    TraceNode,
    citation,
    limit_node,
    root,
    rounded,
    trimmed,
    unrounded,
)
from junheng.indicators import Indicator, indicator
from junheng.policy.in_force import Cited, ResourceIndicator

Pair = tuple[Fraction, Fraction]
"""(scaled numerator, pupils) of one school."""


def balance_node(book: Book, county_code: str, stage: Stage, resource: ResourceIndicator, conclusion: str) -> TraceNode:
    policy, declared = book.policy, indicator(resource.indicator)
    rows = _rows_of_stage(book, county_code, stage)
    if not rows:
        raise UserError(f"{county_code} 没有{stage.label}学校", remedy="请核对区划代码和学段")
    counted = [row for row in rows if row.plain("included") != 0]
    limit = policy.limits[policy.balance.limit]
    mean_of_all = f"按 {len(policy.resources)} 项的平均数判定；" if policy.balance.judge == "mean" else ""
    nodes = [
        limit_node(policy, f"限值：{limit.title}（{stage.label}）", limit.at(stage), limit.unit),
        cv_node([_pair(row, declared) for row in counted], "所学校", [_share_node(row, declared) for row in counted]),
    ]
    left_out = tuple(TraceNode(row.name, detail=standing_words(row), source=_exclusion_source(row))
                     for row in rows if row.plain("included") == 0)  # fmt: skip
    if left_out:
        nodes.append(TraceNode("不纳入的学校", f"{len(left_out)} 所", children=left_out))
    return TraceNode(f"{stage.label} {resource.code} {declared.title}：校际均衡", conclusion,
                     detail=mean_of_all + _against(nodes[1], limit.at(stage)), children=tuple(nodes),
                     source=citation(policy, policy.balance.source))  # fmt: skip


def _against(cv: TraceNode, limit: Cited) -> str:
    """The comparison in figures, of the unrounded CV."""
    if not cv.exact:
        return cv.detail
    return f"{cv.value} {'≤' if Fraction(cv.exact) <= Fraction(limit.value) else '＞'} {limit.value}，按未舍入值比较"


def _rows_of_stage(book: Book, county_code: str, stage: Stage) -> list[RowTrace]:
    rows = (row_of_school(book, row, stage) for row in book.schools(county_code))
    return [row for row in rows if row.plain(pupils(stage)) != 0]


def _pair(row: RowTrace, declared: Indicator) -> Pair | None:
    """None where the school's value, its pupils or its inclusion is not known."""
    (lo, hi), _ = row.ends_of(declared)
    count = row.plain(pupils(row.stage or Stage.PRIMARY))
    if lo != hi or not isinstance(count, Fraction) or row.plain("included") is None:
        return None
    return Fraction(lo), count


def county_pair(book: Book, county_code: str, stage: Stage, code: str) -> Pair | None:
    resource = next(each for each in book.policy.resources if code in (each.code, each.indicator))
    pairs = [_pair(row, indicator(resource.indicator)) for row in _rows_of_stage(book, county_code, stage) if row.plain("included") != 0]
    known = [pair for pair in pairs if pair]
    if len(known) < len(pairs) or not known:
        return None
    return sum((x for x, _ in known), Fraction(0)), sum((p for _, p in known), Fraction(0))


def _share_node(row: RowTrace, declared: Indicator) -> TraceNode:
    figure = row.figure(declared)
    return replace(figure, label=row.name, detail="；".join(filter(None, (figure.detail, standing_words(row)))))


def _exclusion_source(row: RowTrace) -> Citation:
    rule = next(each for each in row.book.policy.exclusions if each.reason == row.plain("exclusion"))
    return citation(row.book.policy, rule.source)


def cv_node(pairs: Sequence[Pair | None], unit: str, nodes: Sequence[TraceNode]) -> TraceNode:
    """差异系数 ← 均值, 标准差 ← every unit. Missing units leave it undecided; the known ones' CV is shown for reference.

    unit: what is counted, with its measure word ("所学校").
    """
    known = [pair for pair in pairs if pair]
    total, numerator = (sum(part, Fraction(0)) for part in zip(*((p, x) for x, p in known), strict=True)) if known else (Fraction(0), Fraction(0))
    if not total:
        units = TraceNode("各自的值", f"{len(nodes)} {unit}", children=tuple(nodes))
        return TraceNode("差异系数 CV", "未定", detail="没有报全的，无从计算", children=(units,))
    mean = numerator / total
    variance = sum((p / total * (x / p - mean) ** 2 for x, p in known), Fraction(0))
    units = TraceNode("各自的值", f"{len(nodes)} {unit}", children=tuple(_weighed(*each, total, mean) for each in zip(nodes, pairs, strict=True)))
    deviation = root(variance)
    parts = (
        TraceNode("均值 X̄", rounded(mean, 2), unrounded(mean), f"Σx ÷ Σp = {trimmed(numerator)} ÷ {trimmed(total)}"),
        TraceNode("标准差 S", rounded(Fraction(deviation), 3), format(deviation, "f"), "√Σ（p÷P）×（X−X̄）²，按学生数加权，总体口径"),
        units,
    )
    if not mean:
        return TraceNode("差异系数 CV", "未定", detail="均值为 0，差异系数没有意义", children=parts)
    cv = root(variance / mean**2)
    missing = len(pairs) - len(known)
    if missing:
        return TraceNode("差异系数 CV", "未定", detail=f"{missing} {unit}未报全；已报的为 {rounded(Fraction(cv), 3)}，仅供参考", children=parts)
    formula = f"S ÷ X̄ = {rounded(Fraction(deviation), 3)} ÷ {rounded(mean, 2)}"
    note = f"；只有 1 {unit}" if len(known) == 1 else ""
    return TraceNode("差异系数 CV", rounded(Fraction(cv), 3), format(cv, "f"), formula + note, parts)


def _weighed(node: TraceNode, pair: Pair | None, total: Fraction, mean: Fraction) -> TraceNode:
    """A unit's weight in the sums, and how far it lies from the mean."""
    if pair is None:
        return node
    x, p = pair
    share = f"p÷P = {rounded(100 * p / total, 1)}%，X−X̄ = {rounded(x / p - mean, 2)}"
    return replace(node, detail="；".join(filter(None, (node.detail, share))))


def standing_words(row: RowTrace) -> str:
    """Whether the school counts in the resource indicators."""
    reason = str(row.plain("exclusion"))
    if reason:
        title = next(each.title for each in row.book.policy.exclusions if each.reason == reason)
        return f"不纳入资源配置指标：{title}"
    return "" if row.plain("included") == 1 else "是否纳入未定：有未报的项目"
