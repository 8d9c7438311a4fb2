"""出处树 of one row's figures: every term of an indicator down to the cells it was read from.

Values come from the same meaning the engines run (terms.py), on one row in fractions; nothing is computed twice.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from junheng.common.findings import Place
from junheng.common.stages import COMPULSORY_STAGES, Stage
from junheng.engine.algebra import Cell, Exact, as_written
from junheng.engine.basis import Interval, by_stage, counts, pupils, standing
from junheng.engine.compile import measured
from junheng.engine.needs import quota_columns, shared_bases
from junheng.engine.terms import Meaning
from junheng.engine.trace_node import End, TraceNode, between, citation, limit_node, trimmed, unrounded
from junheng.indicators import Indicator
from junheng.indicators.expression import (
    ByStage,
    CeilDiv,
    ClassesOver,
    CompulsoryClasses,
    Difference,
    OfStage,
    One,
    Pupils,
    QuotaForPupils,
    Reported,
    RoomsAtLeast,
    Shared,
    Sum,
    Term,
    WholeSchool,
)
from junheng.intake.model import Facts, Row, RowKey, county_key, school_key
from junheng.policy.in_force import ANY, Cited, ExceptionRule, PolicyInForce
from junheng.tables import Kind, table


@dataclass(frozen=True)
class Book:
    """Facts and the policy they are measured under, with what every row's trace looks up."""

    facts: Facts
    policy: PolicyInForce

    @cached_property
    def counties(self) -> Mapping[str, Row]:
        return {str(row["county_code"] or ""): row for row in self.facts.county}

    @cached_property
    def sheets(self) -> Mapping[tuple[str, RowKey], Place]:
        """The sheet a row came from, for the cells that were left blank in it."""
        return {(name, key): Place(cell.place.file, cell.place.sheet) for (name, key, _), cell in self.facts.cells.items()}

    @cached_property
    def indicators(self) -> tuple[Indicator, ...]:
        return measured(self.policy)

    def schools(self, county_code: str) -> list[Row]:
        """School rows of a county, by key."""
        return sorted((row for row in self.facts.school if row["county_code"] == county_code), key=school_key)

    def row_of_school(self, row: Row, stage: Stage | None) -> RowTrace:
        county = self.counties.get(str(row["county_code"] or ""))
        algebra = Exact({**row, **{name: county and county[name] for name in quota_columns(self.indicators)}})
        algebra.cells.update(counts(algebra, shared_bases(self.indicators)))
        algebra.cells.update(standing(algebra, self.policy))
        return RowTrace(self, "school", row, school_key(row), algebra, stage)

    def row_of_county(self, row: Row) -> RowTrace:
        return RowTrace(self, "county", row, county_key(row), Exact(row), None)


def ends(algebra: Exact, interval: Interval) -> tuple[End, End]:
    """The plain ends of an interval; an end that is null is unbounded."""
    lo, hi = (algebra.first(end).value for end in (interval.least(algebra), interval.hi))
    return -math.inf if lo is None else lo, math.inf if hi is None else hi


@dataclass(frozen=True)
class RowTrace:
    """The traces of one row. stage: the stage asked about, None at school and county grain."""

    book: Book
    table: str
    row: Row
    key: RowKey
    algebra: Exact
    stage: Stage | None

    @property
    def meaning(self) -> Meaning:
        return Meaning(self.algebra, self.book.policy, self.stage)

    @property
    def name(self) -> str:
        campus = f"·{self.row['campus']}" if self.row["campus"] else ""
        return f"{self.row['school_name'] or '（未报校名）'}{campus}（{self.row['school_code']}）"

    def plain(self, column: str) -> object:
        """A derived column of the row (pupils, weight, exception, inclusion) as Fraction, text or None."""
        value: object = self.algebra.column(column).value
        return value

    def ends(self, interval: Interval) -> tuple[End, End]:
        return ends(self.algebra, interval)

    def split(self, base: str) -> bool:
        """Whether the column was reported by stage."""
        return bool(by_stage(self.algebra, base).value)

    # ---- an indicator -------------------------------------------------------------------------------------------------

    def ends_of(self, indicator: Indicator) -> tuple[tuple[End, End], tuple[End, End]]:
        """Numerator (scaled) and denominator."""
        lo, hi = self.ends(self.meaning.numerator(indicator))
        return (lo * indicator.scale, hi * indicator.scale), self.ends(self.meaning.interval(indicator.denominator))

    def figure(self, indicator: Indicator, label: str = "") -> TraceNode:
        """The indicator's value ← formula ← numerator, denominator."""
        num, den = self.ends_of(indicator)
        value, exact = ratio_text(indicator, num, den)
        top = self.numerator(indicator)
        if isinstance(indicator.denominator, One):
            return TraceNode(label or indicator.title, value, exact, top.detail, top.children)
        bottom = self.named("分母", self.term(indicator.denominator))
        scale = f"{indicator.scale} × " if indicator.scale != 1 else ""
        detail = f"{scale}{_bracketed(top.value)} ÷ {_bracketed(bottom.value)}"
        return TraceNode(label or indicator.title, value, exact, detail, (top, bottom))

    def numerator(self, indicator: Indicator) -> TraceNode:
        """The numerator before scaling, with what exceptions add to it."""
        node = self.term(indicator.numerator)
        extras = [self.exception(rule, self.term(indicator.extra[rule.id]))
                  for rule in self.book.policy.exceptions
                  if indicator.id in rule.extends and rule.id in indicator.extra and self.claims(rule)]  # fmt: skip
        if not extras:
            return self.named("分子", node)
        lo, hi = self.ends(self.meaning.numerator(indicator))
        return TraceNode("分子", between(lo, hi, 2, _unit_of(indicator.numerator)), _exact(lo, hi),
                         "基本口径加例外准许计入的部分", (node, *extras))  # fmt: skip

    def claims(self, rule: ExceptionRule) -> bool:
        """Whether an exception has to be spoken of: it applies, may apply, or was claimed in vain."""
        return self.plain(f"x_{self._number(rule)}") != 0 or bool(rule.flag and self.row[rule.flag])

    def exception(self, rule: ExceptionRule, *children: TraceNode) -> TraceNode:
        """An exception: whether it applies, why, and what it brings."""
        state = self.plain(f"x_{self._number(rule)}")
        word = "未定（未报）" if state is None else "适用" if state else "不适用：与上报数据不符，或不在有效期内"
        until = f"至 {rule.end.isoformat()}" if rule.end else "截止日待核"
        flags = (self.leaf(rule.flag),) if rule.flag else ()
        return TraceNode(f"例外：{rule.title}", word, detail=until, children=(*flags, *children),
                         source=citation(self.book.policy, rule.source, rule.unverified))  # fmt: skip

    def _number(self, rule: ExceptionRule) -> int:
        return self.book.policy.exceptions.index(rule)

    # ---- terms --------------------------------------------------------------------------------------------------------

    def named(self, label: str, node: TraceNode) -> TraceNode:
        """A node under a role's name; a leaf keeps its own and is hung below."""
        return TraceNode(label, node.value, node.exact, node.detail, node.children or (node,), source=node.source)

    def term(self, term: Term) -> TraceNode:
        """The tree of one term."""
        if isinstance(term, ByStage):
            return self.term(term.primary if self.stage is Stage.PRIMARY else term.junior)
        if isinstance(term, Reported):
            return self.leaf(term.column)
        if isinstance(term, OfStage):
            return self.leaf(f"{term.base}_{self.stage}")
        if isinstance(term, Shared):
            return self.shared(term)
        children, detail = self.parts(term)
        if len(children) == 1 and isinstance(term, Pupils | WholeSchool):
            return children[0]
        lo, hi = self.ends(self.meaning.interval(term))
        return TraceNode(_LABELS[type(term)], between(lo, hi, 2, _unit_of(term)), _exact(lo, hi), detail, tuple(children))

    def parts(self, term: Term) -> tuple[list[TraceNode], str]:
        """The children of a composed term, and its formula with the figures in it."""
        if isinstance(term, Sum):
            nodes = [self.term(each) for each in term.terms]
            return nodes, " + ".join(_bracketed(node.value) for node in nodes)
        if isinstance(term, Difference):
            nodes = [self.term(term.left), self.term(term.right)]
            return nodes, " − ".join(_bracketed(node.value) for node in nodes)
        if isinstance(term, Pupils):
            return self.lines("students", (self.stage,) if self.stage else COMPULSORY_STAGES), ""
        if isinstance(term, WholeSchool):
            whole = self.row[term.base] is not None or not self.split(term.base)
            return ([self.leaf(term.base)], "") if whole else (self.lines(term.base, Stage), "各学段填报数之和")
        if isinstance(term, CompulsoryClasses):
            return self.classes()
        if isinstance(term, CeilDiv):
            limit = self.book.policy.limits[term.limit]
            node = self.term(term.parts)
            return [node, limit_node(self.book.policy, limit.title, limit.at(ANY), limit.unit)], f"{node.value} ÷ {limit.at(ANY).value}，进一取整"
        if isinstance(term, RoomsAtLeast):
            return self.rooms(term), "达到面积要求的各档间数之和"
        if isinstance(term, ClassesOver):
            return self.over(term), "下限高于规定班额的各档班数之和"
        assert isinstance(term, QuotaForPupils)
        return self.quota(term), "定额按各学段学生数加权，乘核定人数"

    def shared(self, term: Shared) -> TraceNode:
        """The stage's own line; else the whole school's figure times its split weight, both shown."""
        if self.split(term.base):
            return self.leaf(f"{term.base}_{self.stage}", claimed=term.claimed)
        whole = self.leaf(term.base, claimed=term.claimed)
        assert self.stage
        if self.plain(f"least_w_{self.stage}") == 1:
            return whole
        lo, hi = self.ends(self.meaning.interval(term))
        weight = self.weight()
        how = "学段折算" if term.converted else "按比例拆分"
        unit = _unit_of(term)
        return TraceNode(f"{whole.label}：{self.stage.label}部分（{how}）", between(lo, hi, 2, unit), _exact(lo, hi),
                         f"{whole.value} × {weight.value}", (whole, weight))  # fmt: skip

    def weight(self) -> TraceNode:
        """拆分权重: w·n / Σ w·n with the pupils in it."""
        assert self.stage
        limit = self.book.policy.limits["split_weight"]
        lo, hi = self.ends(Interval(*(self.algebra.column(f"{end}w_{self.stage}") for end in ("least_", ""))))
        present = [each for each in Stage if self.plain(pupils(each)) != 0]
        products = {each: f"{limit.at(each).value} × {_count(self.plain(pupils(each)))}" for each in present}
        formula = f"{products.get(self.stage, '')} ÷ （{' + '.join(products.values())}）"
        known = lo == hi
        return TraceNode("拆分权重", trimmed(lo, 6) if known else "未定（0 至 1）", unrounded(lo) if known else "", formula,
                         tuple(self.lines("students", present)),
                         source=citation(self.book.policy, limit.at(self.stage).source, limit.at(self.stage).unverified))  # fmt: skip

    def classes(self) -> tuple[list[TraceNode], str]:
        if self.split("classes"):
            return self.lines("classes", COMPULSORY_STAGES), "各学段班数之和"
        senior = self.plain(pupils(Stage.SENIOR)) != 0
        return [self.leaf("classes")], "只有全校班数，含高中班，义务教育阶段班数未定" if senior else ""

    def rooms(self, term: RoomsAtLeast) -> list[TraceNode]:
        policy, limit = self.book.policy, self.book.policy.limits[term.area]
        nodes = [limit_node(policy, f"{limit.title}（{key}）" if key else limit.title, cited, limit.unit)
                 for key, cited in self.values_here(limit.values)]  # fmt: skip
        for rule in policy.exceptions:
            if term.area in rule.replaces and self.claims(rule):
                values = self.values_here(rule.replaces[term.area].values)
                nodes.append(self.exception(rule, *(limit_node(policy, f"改按（{key}）" if key else "改按", cited, limit.unit)
                                                    for key, cited in values)))  # fmt: skip
        return [*nodes, *(self.leaf(name) for name, _ in term.bands), self.leaf(term.total)]

    def values_here(self, values: Mapping[str, Cited]) -> list[tuple[str, Cited]]:
        """The values that concern this school's stages, with the stage's name where they differ by stage."""
        if ANY in values:
            return [("", values[ANY])]
        return [(stage.label, values[stage]) for stage in COMPULSORY_STAGES if self.plain(pupils(stage)) != 0 and stage in values]

    def over(self, term: ClassesOver) -> list[TraceNode]:
        limit = self.book.policy.limits[term.limit]
        stages = [stage for stage in COMPULSORY_STAGES if self.plain(pupils(stage)) != 0]
        nodes = [limit_node(self.book.policy, f"{limit.title}（{key}）" if key else limit.title, cited, limit.unit)
                 for key, cited in self.values_here(limit.values)]  # fmt: skip
        for name, _, largest in term.bands:
            if largest is None or any(largest > limit.at(stage).value for stage in stages):
                nodes.extend(self.lines(name, stages) if self.split(name) else [self.leaf(name)])
        return nodes

    def quota(self, term: QuotaForPupils) -> list[TraceNode]:
        limit, county = self.book.policy.limits[term.limit], self.book.counties.get(self.key[0])
        stages = [stage for stage in COMPULSORY_STAGES if self.plain(pupils(stage)) != 0]
        nodes = [limit_node(self.book.policy, limit.title, limit.at(ANY), limit.unit)]
        if county is None:
            return [*nodes, TraceNode("区县表", "未报")]
        columns = {Stage.PRIMARY: term.primary, Stage.JUNIOR: term.junior}
        nodes += [self.book.row_of_county(county).leaf(columns[stage]) for stage in stages]
        return nodes + (self.lines("students", stages) if len(stages) > 1 else [])

    # ---- cells --------------------------------------------------------------------------------------------------------

    def lines(self, base: str, stages: Iterable[Stage]) -> list[TraceNode]:
        """The stage lines of a column, without those of stages the school does not have."""
        return [self.leaf(f"{base}_{stage}") for stage in stages
                if self.row[f"{base}_{stage}"] is not None or self.plain(pupils(stage)) != 0]  # fmt: skip

    def leaf(self, name: str, *, claimed: bool = False) -> TraceNode:
        """A reported cell: the stored value, where it stood and what was written there."""
        column, value = table(self.table).column(name), self.row[name]
        cell = self.book.facts.cells.get((self.table, self.key, name))
        if value is None:
            text = "未填（不主张）" if claimed else "未报"
            place = cell.place if cell else self.book.sheets.get((self.table, self.key), Place())
            return TraceNode(column.label, text, place=place, raw=cell.raw if cell else "")
        exact = ""
        if column.kind is Kind.FLAG:
            text = "是" if value else "否"
        elif column.codes:
            text = column.codes.labels.get(str(value), str(value))
        elif column.kind.is_number:
            number = Cell(as_written(value)).value
            text, exact = between(number, number, 2, column.unit.symbol), _exact(number, number)
        else:
            text = str(value)
        return TraceNode(column.label, text, exact, place=cell.place if cell else Place(), raw=cell.raw if cell else "")


_LABELS: Mapping[type[Term], str] = {
    Sum: "合计", Difference: "相减", Pupils: "学生人数", WholeSchool: "全校", CompulsoryClasses: "义务教育阶段班数",
    CeilDiv: "应有间数", RoomsAtLeast: "面积达标的间数", ClassesOver: "超过规定班额的班数", QuotaForPupils: "应核定公用经费",
    One: "一",
}  # fmt: skip


def ratio_text(indicator: Indicator, num: tuple[End, End], den: tuple[End, End]) -> tuple[str, str]:
    """(value as shown, unrounded) of a ratio; both ends where a part of it is missing."""
    percent = indicator.unit.symbol == "%"
    if den[0] != den[1]:
        return "未定", ""
    if den[0] == 0:
        return "—（分母为 0）", ""
    factor = 100 if percent else 1
    lo, hi = (end * factor / den[0] for end in num)
    return between(lo, hi, 1 if percent else 2, indicator.unit.symbol), _exact(lo, hi)


def _exact(lo: End, hi: End) -> str:
    text = unrounded(lo) if lo == hi else ""
    return "" if text.replace(",", "") == trimmed(lo).replace(",", "") else text


def _unit_of(term: Term) -> str:
    return {"person": "人", "m2": "㎡", "yuan": "元", "room": "间", "class": "个", "piece": "台", "book": "册"}.get(term.dimension, "")


def _bracketed(text: str) -> str:
    return text if text[:1].isdigit() else f"［{text}］"


def _count(value: object) -> str:
    return "未报" if value is None else str(value)
