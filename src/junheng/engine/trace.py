"""出处: from a conclusion down to the clause, the formula, every school and every cell.

Everything is computed in fractions from the facts and the policy; nothing is read back from a result. The verdict
itself belongs to judging: whoever asks for a trace gives its words, and the tree shows what it stands on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction

from junheng.common.errors import UserError
from junheng.common.stages import Stage
from junheng.engine.basis import pupils
from junheng.engine.trace_demands import demand_node, evidence_nodes
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
from junheng.engine.trace_terms import Book, RowTrace
from junheng.indicators import REGISTRY, Grain, Indicator, indicator
from junheng.intake.model import Facts
from junheng.policy.in_force import Cited, PolicyInForce, ResourceIndicator

__all__ = ["Citation", "TraceNode", "trace_area", "trace_criterion", "trace_indicator"]

Pair = tuple[Fraction, Fraction]
"""(scaled numerator, pupils) of one school."""


def trace_indicator(
    facts: Facts, policy: PolicyInForce, county_code: str, stage: Stage | None, code: str,
    school_code: str | None = None, *, campus: str | None = None, conclusion: str = "",
) -> TraceNode:  # fmt: skip
    """A resource indicator (L1…, or its id): a county's balance, or with `school_code` that school's value.

    Any other indicator id: the figure of the school, or of the county. conclusion: words of the verdict, for the root.
    Raises UserError for what does not exist.
    """
    book = Book(facts, policy)
    resource = next((each for each in policy.resources if code in (each.code, each.indicator)), None)
    if resource is None and code not in REGISTRY:
        known = "、".join([*(each.code for each in policy.resources), *(each.id for each in policy.criteria)])
        raise UserError(f"没有“{code}”这个项目", remedy=f"请改用 {known}，或指标编号")
    declared = indicator(resource.indicator if resource else code)
    if school_code is not None:
        return _school(book, county_code, stage, resource, declared, school_code, campus, conclusion)
    if declared.grain is Grain.COUNTY:
        county = book.counties.get(county_code)
        if county is None:
            raise UserError(f"没有 {county_code} 的区县表", remedy="请补报区县表，或核对区划代码")
        return replace(book.row_of_county(county).figure(declared), detail=conclusion)
    if resource is None:
        raise UserError(f"“{declared.title}”是学校的项目", remedy="请用 --school 指明学校，或改问它所属的条目")
    if stage is None:
        raise UserError("没有指明学段", remedy="请加 --stage primary 或 --stage junior")
    return _balance(book, county_code, stage, resource, conclusion)


def trace_criterion(
    facts: Facts, policy: PolicyInForce, county_code: str, criterion_id: str, school_code: str | None = None,
    *, conclusion: str = "",
) -> TraceNode:  # fmt: skip
    """A criterion: its clause, every countable demand with the schools behind it, and what people judged.

    school_code: only that school's rows. Raises UserError for an unknown criterion.
    """
    criterion = next((each for each in policy.criteria if each.id == criterion_id), None)
    if criterion is None:
        raise UserError(f"没有“{criterion_id}”这个条目", remedy=f"请改用 {'、'.join(each.id for each in policy.criteria)}")
    book = Book(facts, policy)
    if school_code is not None and all(str(row["school_code"]) != school_code for row in book.schools(county_code)):
        raise UserError(f"{county_code} 没有标识码为 {school_code} 的学校", remedy="请核对学校标识码")
    demands = [demand_node(book, county_code, demand, school_code) for demand in criterion.demands]
    return TraceNode(f"{criterion.title}（{criterion.id}）", conclusion, detail=criterion.text,
                     children=(*demands, *evidence_nodes(book, county_code, criterion)),
                     source=citation(policy, criterion.source, criterion.unverified))  # fmt: skip


def trace_area(
    facts: Facts, policy_for: Callable[[str], PolicyInForce], area_code: str, stage: Stage, code: str, *, conclusion: str = ""
) -> TraceNode:
    """市、省: the CV between counties, for reference; each county opens down to its schools. Raises UserError."""
    codes = sorted({str(row["county_code"] or "") for row in facts.school if str(row["county_code"] or "").startswith(area_code)})
    if not codes:
        raise UserError(f"没有 {area_code} 的学校", remedy="请核对区划代码")
    nodes, pairs = [], []
    for county in codes:
        policy = policy_for(county)
        node = trace_indicator(facts, policy, county, stage, code)
        pair = _county_pair(Book(facts, policy), county, stage, code)
        pairs.append(pair)
        nodes.append(replace(node, label=f"{county} {node.label}"))
    cv = _cv_node(pairs, "个县", nodes)
    title = nodes[0].label.removeprefix(f"{codes[0]} ")
    return TraceNode(f"县际差异：{title}", conclusion, detail="各县以全县均值和全县学生数参加计算，仅供参考", children=(cv,))


# ---- a school -----------------------------------------------------------------------------------------------------


def _school(
    book: Book, county_code: str, stage: Stage | None, resource: ResourceIndicator | None, declared: Indicator,
    school_code: str, campus: str | None, conclusion: str,
) -> TraceNode:  # fmt: skip
    rows = [row for row in book.schools(county_code)
            if str(row["school_code"]) == school_code and campus in (None, row["campus"] or "")]  # fmt: skip
    if not rows:
        raise UserError(f"{county_code} 没有标识码为 {school_code} 的学校", remedy="请核对学校标识码")
    staged = declared.grain is Grain.SCHOOL_STAGE
    traces = [book.row_of_school(row, at) for row in rows for at in ((stage,) if stage else (Stage.PRIMARY, Stage.JUNIOR) if staged else (None,))]
    present = [each for each in traces if not staged or each.plain(pupils(each.stage or Stage.PRIMARY)) != 0]
    if not present:
        raise UserError(f"学校 {school_code} 没有{stage.label if stage else '义务教育'}学生", remedy="请核对学段")
    nodes = [_school_node(each, resource, declared) for each in present]
    if len(nodes) > 1:
        return TraceNode(declared.title, conclusion, children=tuple(nodes))
    return replace(nodes[0], detail="；".join(filter(None, (conclusion, nodes[0].detail))))


def _school_node(row: RowTrace, resource: ResourceIndicator | None, declared: Indicator) -> TraceNode:
    policy = row.book.policy
    figure = row.figure(declared)
    stage = f"·{row.stage.label}" if row.stage else ""
    label = f"{row.name}{stage}：{resource.code + ' ' if resource else ''}{declared.title}"
    children = [figure]
    if resource and resource.limit and row.stage:
        limit = policy.limits[resource.limit]
        children.insert(0, limit_node(policy, f"限值：{limit.title}（{row.stage.label}）", limit.at(row.stage), limit.unit))
    return TraceNode(label, figure.value, figure.exact, _standing(row), tuple(children),
                     source=citation(policy, resource.source) if resource else None)  # fmt: skip


def _standing(row: RowTrace) -> str:
    """Whether the school counts in the resource indicators."""
    reason = str(row.plain("exclusion"))
    if reason:
        title = next(each.title for each in row.book.policy.exclusions if each.reason == reason)
        return f"不纳入资源配置指标：{title}"
    return "" if row.plain("included") == 1 else "是否纳入未定：有未报的项目"


# ---- a county's balance -------------------------------------------------------------------------------------------


def _balance(book: Book, county_code: str, stage: Stage, resource: ResourceIndicator, conclusion: str) -> TraceNode:
    policy, declared = book.policy, indicator(resource.indicator)
    rows = _rows_of_stage(book, county_code, stage)
    if not rows:
        raise UserError(f"{county_code} 没有{stage.label}学校", remedy="请核对区划代码和学段")
    counted = [row for row in rows if row.plain("included") != 0]
    limit = policy.limits[policy.balance.limit]
    mean_of_all = f"按 {len(policy.resources)} 项的平均数判定；" if policy.balance.judge == "mean" else ""
    nodes = [
        limit_node(policy, f"限值：{limit.title}（{stage.label}）", limit.at(stage), limit.unit),
        _cv_node([_pair(row, declared) for row in counted], "所学校", [_share_node(row, declared) for row in counted]),
    ]
    left_out = tuple(TraceNode(row.name, detail=_standing(row), source=_exclusion_source(row))
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
    rows = (book.row_of_school(row, stage) for row in book.schools(county_code))
    return [row for row in rows if row.plain(pupils(stage)) != 0]


def _pair(row: RowTrace, declared: Indicator) -> Pair | None:
    """None where the school's value, its pupils or its inclusion is not known."""
    (lo, hi), _ = row.ends_of(declared)
    count = row.plain(pupils(row.stage or Stage.PRIMARY))
    if lo != hi or not isinstance(count, Fraction) or row.plain("included") is None:
        return None
    return Fraction(lo), count


def _county_pair(book: Book, county_code: str, stage: Stage, code: str) -> Pair | None:
    resource = next(each for each in book.policy.resources if code in (each.code, each.indicator))
    pairs = [_pair(row, indicator(resource.indicator)) for row in _rows_of_stage(book, county_code, stage) if row.plain("included") != 0]
    known = [pair for pair in pairs if pair]
    if len(known) < len(pairs) or not known:
        return None
    return sum((x for x, _ in known), Fraction(0)), sum((p for _, p in known), Fraction(0))


def _share_node(row: RowTrace, declared: Indicator) -> TraceNode:
    figure = row.figure(declared)
    return replace(figure, label=row.name, detail="；".join(filter(None, (figure.detail, _standing(row)))))


def _exclusion_source(row: RowTrace) -> Citation:
    rule = next(each for each in row.book.policy.exclusions if each.reason == row.plain("exclusion"))
    return citation(row.book.policy, rule.source)


def _cv_node(pairs: Sequence[Pair | None], unit: str, nodes: Sequence[TraceNode]) -> TraceNode:
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
