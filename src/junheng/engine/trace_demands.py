"""出处树 of criteria: each countable demand with its limit and the rows it speaks of, and what people judged."""

from __future__ import annotations

import math
from fractions import Fraction

from junheng.common.stages import Stage
from junheng.engine.basis import pupils
from junheng.engine.trace_cells import Book
from junheng.engine.trace_figures import RowTrace, ratio_text, row_of_county, row_of_school
from junheng.engine.trace_node import End, TraceNode, limit_node
from junheng.indicators import Grain, Indicator, indicator
from junheng.policy.in_force import ANY, Cited, Compare, Criterion, Demand, Limit, Scope
from junheng.tables import table

_SIGNS = {Compare.AT_LEAST: "≥", Compare.AT_MOST: "≤", Compare.LESS_THAN: "＜", Compare.EQUAL: "＝"}


def demand_node(book: Book, county_code: str, demand: Demand, school_code: str | None) -> TraceNode:
    """A demand ← limit ← figures of the county, or of its schools."""
    declared, limit = indicator(demand.indicator), book.policy.limits[demand.limit]
    title = f"{declared.title}（{Stage(demand.stage).label}）" if demand.stage else declared.title
    if demand.scope is Scope.COUNTY:
        county = book.counties.get(county_code)
        figure = row_of_county(book, county).figure(declared, "上报值") if county else TraceNode("区县表", "未报")
        return TraceNode(title, figure.value, figure.exact, _asks(demand), (_limit(book, limit, demand.stage), figure))
    rows = [row for row in _rows(book, county_code, declared, demand) if school_code in (None, row.key[1])]
    inside = [row for row in rows if _member(row, declared) is not False]
    outside = f"；另有 {len(rows) - len(inside)} 所学校不在本项范围" if len(inside) < len(rows) else ""
    if demand.scope is Scope.COUNTY_TOTAL:
        value, exact = _total(declared, inside)
        units = TraceNode("各校的值", f"{len(inside)} 项", children=tuple(_school(row, declared) for row in inside))
        return TraceNode(title, value, exact, f"{_asks(demand)}，按全县合计{outside}", (_limit(book, limit, demand.stage), units))
    units = TraceNode("各校的值", f"{len(inside)} 项", children=tuple(_school_against(row, declared, demand, limit) for row in inside))
    return TraceNode(title, detail=f"{_asks(demand)}，逐校判定{outside}", children=(_limit(book, limit, demand.stage), units))


def evidence_nodes(book: Book, county_code: str, criterion: Criterion) -> tuple[TraceNode, ...]:
    """What people must judge, and the 评定表 row that says so."""
    replaced = criterion.evidence_unless or ("",) * len(criterion.evidence)
    needed = tuple(TraceNode("需要佐证", line) for line, instead in zip(criterion.evidence, replaced, strict=True)
                   if not (instead and _is_reported(book, county_code, indicator(instead))))  # fmt: skip
    row = next((row for row in book.facts.judgement
                if row["criterion"] == criterion.id and row["county_code"] == county_code), None)  # fmt: skip
    if row is None:
        return (*needed, TraceNode("评定表", "未报")) if needed else ()
    key = (county_code, "", "", criterion.id)
    leaves = []
    for name in ("outcome", "evidence", "judged_by", "judged_on"):
        column, cell = table("judgement").column(name), book.facts.cells.get(("judgement", key, name))
        text = str(row[name] or "未报")
        shown = column.codes.labels.get(text, text) if column.codes else text
        leaves.append(TraceNode(column.label, shown, place=book.facts.place_of("judgement", key, name), raw=cell.raw if cell else ""))
    return (*needed, TraceNode("评定表", leaves[0].value, children=tuple(leaves)))


def _is_reported(book: Book, county_code: str, declared: Indicator) -> bool:
    """The county's figure, which then stands in the place of evidence."""
    county = book.counties.get(county_code)
    return county is not None and all(lo == hi for lo, hi in row_of_county(book, county).ends_of(declared))


def _rows(book: Book, county_code: str, declared: Indicator, demand: Demand) -> list[RowTrace]:
    stages: tuple[Stage | None, ...] = (None,)
    if declared.grain is Grain.SCHOOL_STAGE:
        stages = (Stage(demand.stage),) if demand.stage else (Stage.PRIMARY, Stage.JUNIOR)
    rows = [row_of_school(book, row, stage) for row in book.schools(county_code) for stage in stages]
    return [row for row in rows if _has_pupils(row)]


def _has_pupils(row: RowTrace) -> bool:
    stages = (row.stage,) if row.stage else (Stage.PRIMARY, Stage.JUNIOR)
    return any(row.plain(pupils(stage)) != 0 for stage in stages)


def _member(row: RowTrace, declared: Indicator) -> bool | None:
    if not declared.scope:
        return True
    member: bool | None = row.meaning.member(declared).value
    return member


def _asks(demand: Demand) -> str:
    return f"须{_SIGNS[demand.compare]}限值"


def _limit(book: Book, limit: Limit, key: str) -> TraceNode:
    if key in limit.values or ANY in limit.values:
        return limit_node(book.policy, f"限值：{limit.title}", limit.at(key or ANY), limit.unit)
    values = tuple(limit_node(book.policy, _FORMS.get(key, key), cited, limit.unit) for key, cited in limit.values.items())
    return TraceNode(f"限值：{limit.title}", children=values)


_FORMS = {"primary": "小学", "junior": "初中", "nine_year": "九年一贯制", "twelve_year": "十二年一贯制"}


def _school(row: RowTrace, declared: Indicator) -> TraceNode:
    remark = "" if _member(row, declared) else "是否在本项范围内未定"
    figure = row.figure(declared)
    return TraceNode(row.name, figure.value, figure.exact, "；".join(filter(None, (figure.detail, remark))), figure.children)


def _school_against(row: RowTrace, declared: Indicator, demand: Demand, limit: Limit) -> TraceNode:
    """A school's figure beside the limit that holds for it, with the exceptions that change the limit."""
    node = _school(row, declared)
    cited, exceptions = _limit_of(row, demand, limit)
    num, den = row.ends_of(declared)
    detail = f"{node.detail}；{_words(_holds(demand.compare, num, den, Fraction(cited.value)))}".lstrip("；")
    limits = () if not exceptions and ANY in limit.values else (limit_node(row.book.policy, "本校限值", cited, limit.unit),)
    return TraceNode(node.label, node.value, node.exact, detail, (*limits, *exceptions, *node.children))


def _limit_of(row: RowTrace, demand: Demand, limit: Limit) -> tuple[Cited, tuple[TraceNode, ...]]:
    """The mildest limit that certainly holds, and the exceptions that bear on it."""
    form = str(row.plain("school_form"))
    keys = [key for key in (row.stage or "", form, demand.stage, ANY) if key]
    cited = next(limit.values[key] for key in keys if key in limit.values)
    nodes = []
    for number, rule in enumerate(row.book.policy.exceptions):
        other = rule.replaces.get(limit.id)
        if other is None or not row.claims(rule):
            continue
        instead = next((other.values[key] for key in keys if key in other.values), None)
        if instead is None:
            continue
        nodes.append(row.exception(rule, limit_node(row.book.policy, "改按", instead, limit.unit)))
        if row.plain(f"x_{number}") == 1:
            milder = min if demand.compare is Compare.AT_LEAST else max
            cited = milder(cited, instead, key=lambda each: each.value)
    return cited, tuple(nodes)


def _holds(compare: Compare, num: tuple[End, End], den: tuple[End, End], limit: Fraction) -> bool | None:
    """Whether num − limit·den keeps the demand at both ends of what it can be; None where the ends disagree."""
    slacks = (num[0] - _times(limit, den[1]), num[1] - _times(limit, den[0]))
    if any(map(math.isnan, slacks)):
        return None
    keeps = {Compare.AT_LEAST: [s >= 0 for s in slacks], Compare.AT_MOST: [s <= 0 for s in slacks],
             Compare.LESS_THAN: [s < 0 for s in slacks], Compare.EQUAL: [s == 0 for s in slacks]}[compare]  # fmt: skip
    if all(keeps) and (compare is not Compare.EQUAL or slacks[0] == slacks[1]):
        return True
    one_sided = any(keeps) or (compare is Compare.EQUAL and slacks[0] < 0 < slacks[1])
    return None if one_sided else False


def _times(limit: Fraction, end: End) -> End:
    return Fraction(0) if limit == 0 else limit * end


def _words(holds: bool | None) -> str:
    return {True: "达标", False: "未达标", None: "待定"}[holds]


def _total(declared: Indicator, rows: list[RowTrace]) -> tuple[str, str]:
    """The ratio of the sums; undecided while any row's figure or membership is."""
    num: list[End] = [Fraction(0), Fraction(0)]
    den: list[End] = [Fraction(0), Fraction(0)]
    for row in rows:
        if _member(row, declared) is None:
            return "未定", ""
        row_num, row_den = row.ends_of(declared)
        num = [a + b for a, b in zip(num, row_num, strict=True)]
        den = [a + b for a, b in zip(den, row_den, strict=True)]
    return ratio_text(declared, (num[0], num[1]), (den[0], den[1]))
