"""出处树 of terms: every part of an indicator down to the cells it was read from.

Values come from the same meaning the engines run (terms.py), on one row in fractions; nothing is computed twice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from junheng.common.stages import COMPULSORY_STAGES, Stage
from junheng.engine.algebra import Exact
from junheng.engine.basis import Interval, pupils
from junheng.engine.trace_cells import RowCells, exact_text
from junheng.engine.trace_node import TraceNode, between, citation, limit_node, trimmed, unrounded
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
from junheng.intake.model import county_key
from junheng.policy.in_force import ANY, ExceptionRule


@dataclass(frozen=True)
class TermTrace(RowCells):
    """The trees of the terms on one row."""

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
        return TraceNode(COMPOSED[type(term)], between(lo, hi, 2, unit_of(term)), exact_text(lo, hi), detail, tuple(children))

    def parts(self, term: Term) -> tuple[list[TraceNode], str]:
        """The children of a composed term, and its formula with the figures in it."""
        if isinstance(term, Sum):
            nodes = [self.term(each) for each in term.terms]
            return nodes, " + ".join(bracketed(node.value) for node in nodes)
        if isinstance(term, Difference):
            nodes = [self.term(term.left), self.term(term.right)]
            return nodes, " − ".join(bracketed(node.value) for node in nodes)
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
        unit = unit_of(term)
        return TraceNode(f"{whole.label}：{self.stage.label}部分（{how}）", between(lo, hi, 2, unit), exact_text(lo, hi),
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
        nodes += [RowCells(self.book, "county", county, county_key(county), Exact(county), None).leaf(columns[stage]) for stage in stages]
        return nodes + (self.lines("students", stages) if len(stages) > 1 else [])

    # ---- exceptions ---------------------------------------------------------------------------------------------------

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


COMPOSED: Mapping[type[Term], str] = {
    Sum: "合计", Difference: "相减", Pupils: "学生人数", WholeSchool: "全校", CompulsoryClasses: "义务教育阶段班数",
    CeilDiv: "应有间数", RoomsAtLeast: "面积达标的间数", ClassesOver: "超过规定班额的班数", QuotaForPupils: "应核定公用经费",
    One: "一",
}  # fmt: skip
"""What a composed term is called where it has no name of its own."""


def unit_of(term: Term) -> str:
    return {"person": "人", "m2": "㎡", "yuan": "元", "room": "间", "class": "个", "piece": "台", "book": "册"}.get(term.dimension, "")


def bracketed(text: str) -> str:
    return text if text[:1].isdigit() else f"［{text}］"


def _count(value: object) -> str:
    return "未报" if value is None else str(value)
