"""出处树 of one row's figures: an indicator's value ← its formula ← numerator, denominator."""

from __future__ import annotations

from dataclasses import dataclass, replace

from junheng.common.stages import Stage
from junheng.engine.algebra import Exact
from junheng.engine.basis import counts, standing
from junheng.engine.needs import quota_columns, shared_bases
from junheng.engine.trace_cells import Book, exact_text
from junheng.engine.trace_node import End, TraceNode, between
from junheng.engine.trace_terms import COMPOSED, TermTrace, bracketed, unit_of
from junheng.indicators import Indicator
from junheng.indicators.expression import One
from junheng.intake.model import Row, county_key, school_key


def row_of_school(book: Book, row: Row, stage: Stage | None) -> RowTrace:
    """A school row with everything the engine derives from it, in fractions."""
    county = book.counties.get(str(row["county_code"] or ""))
    algebra = Exact({**row, **{name: county and county[name] for name in quota_columns(book.indicators)}})
    algebra.cells.update(counts(algebra, shared_bases(book.indicators)))
    algebra.cells.update(standing(algebra, book.policy))
    return RowTrace(book, "school", row, school_key(row), algebra, stage)


def row_of_county(book: Book, row: Row) -> RowTrace:
    """A county's own row, in fractions."""
    return RowTrace(book, "county", row, county_key(row), Exact(row), None)


@dataclass(frozen=True)
class RowTrace(TermTrace):
    """The traces of one row."""

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
        detail = f"{scale}{bracketed(top.value)} ÷ {bracketed(bottom.value)}"
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
        return TraceNode("分子", between(lo, hi, 2, unit_of(indicator.numerator)), exact_text(lo, hi),
                         "基本口径加例外准许计入的部分", (node, *extras))  # fmt: skip

    def named(self, label: str, node: TraceNode) -> TraceNode:
        """A node under a role's name; one with a name of its own is hung below."""
        if node.label in COMPOSED.values():
            return replace(node, label=label)
        return TraceNode(label, node.value, node.exact, children=(node,))


def ratio_text(indicator: Indicator, num: tuple[End, End], den: tuple[End, End]) -> tuple[str, str]:
    """(value as shown, unrounded) of a ratio; both ends where a part of it is missing."""
    percent = indicator.unit.symbol == "%"
    if den[0] != den[1]:
        return "未定", ""
    if den[0] == 0:
        return "—（分母为 0）", ""
    factor = 100 if percent else 1
    lo, hi = (end * factor / den[0] for end in num)
    return between(lo, hi, 1 if percent else 2, indicator.unit.symbol), exact_text(lo, hi)
