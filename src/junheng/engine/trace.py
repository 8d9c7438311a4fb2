"""出处: from a conclusion down to the clause, the formula, every school and every cell.

Everything is computed in fractions from the facts and the policy; nothing is read back from a result. The verdict
itself belongs to judging: whoever asks for a trace gives its words, and the tree shows what it stands on.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from junheng.common.errors import UserError
from junheng.common.stages import Stage
from junheng.engine.basis import pupils
from junheng.engine.trace_balance import balance_node, county_pair, cv_node, standing_words
from junheng.engine.trace_cells import Book
from junheng.engine.trace_demands import demand_node, evidence_nodes
from junheng.engine.trace_figures import RowTrace, row_of_county, row_of_school
from junheng.engine.trace_node import Citation, TraceNode, citation, limit_node
from junheng.indicators import REGISTRY, Grain, Indicator, indicator
from junheng.intake.model import Facts
from junheng.policy.in_force import PolicyInForce, ResourceIndicator

__all__ = ["Citation", "TraceNode", "trace_area", "trace_criterion", "trace_indicator"]


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
        return replace(row_of_county(book, county).figure(declared), detail=conclusion)
    if resource is None:
        raise UserError(f"“{declared.title}”是学校的项目", remedy="请用 --school 指明学校，或改问它所属的条目")
    if stage is None:
        raise UserError("没有指明学段", remedy="请加 --stage primary 或 --stage junior")
    return balance_node(book, county_code, stage, resource, conclusion)


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
    return TraceNode(criterion.title, conclusion, detail=criterion.text,
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
        pair = county_pair(Book(facts, policy), county, stage, code)
        pairs.append(pair)
        nodes.append(replace(node, label=f"{county} {node.label}"))
    cv = cv_node(pairs, "个县", nodes)
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
    traces = [row_of_school(book, row, at) for row in rows for at in ((stage,) if stage else (Stage.PRIMARY, Stage.JUNIOR) if staged else (None,))]
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
    return TraceNode(label, figure.value, figure.exact, standing_words(row), tuple(children),
                     source=citation(policy, resource.source) if resource else None)  # fmt: skip
