"""出处树: what a trace is made of, and how its numbers are written."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

from junheng.common.findings import Place
from junheng.policy.in_force import Cited, PolicyInForce, Source

End = Fraction | float
"""One end of an interval: a Fraction, or ±inf."""
_DIGITS = 16
_READABLE = 10**7


@dataclass(frozen=True)
class Citation:
    """Where a rule or a value stands. unverified: "" or the Chinese reason it is 待核."""

    title: str
    number: str
    clause: str
    unverified: str = ""

    def __str__(self) -> str:
        number = f"（{self.number}）" if self.number else ""
        return f"《{self.title}》{number}{self.clause}" + (f"〔待核：{self.unverified}〕" if self.unverified else "")


@dataclass(frozen=True)
class TraceNode:
    """One number, rule or cell, and what it was made from.

    value: rounded for reading, with its unit; exact: the unrounded number where it differs; detail: the formula with
    the figures in it, or a remark; place, raw: the cell and what was written there (leaves); source: the clause.
    """

    label: str
    value: str = ""
    exact: str = ""
    detail: str = ""
    children: tuple[TraceNode, ...] = ()
    place: Place = field(default_factory=Place)
    raw: str = ""
    source: Citation | None = None

    def to_dict(self) -> dict[str, object]:
        """JSON form; empty parts are left out, except label and children."""
        out: dict[str, object] = {"label": self.label}
        out |= {name: text for name in ("value", "exact", "detail", "raw") if (text := getattr(self, name))}
        if self.place != Place():
            out["place"] = {"file": self.place.file, "sheet": self.place.sheet, "cell": self.place.cell}
        if self.source:
            out["source"] = {"title": self.source.title, "number": self.source.number, "clause": self.source.clause,
                             "unverified": self.source.unverified}  # fmt: skip
        return out | {"children": [child.to_dict() for child in self.children]}

    def walk(self) -> tuple[TraceNode, ...]:
        """This node and all below it."""
        return (self, *(node for child in self.children for node in child.walk()))


def citation(policy: PolicyInForce, source: Source, unverified: str = "") -> Citation:
    """A source with the document's title and number from the register."""
    document = policy.documents.get(source.document)
    if document is None:
        return Citation(source.document, "", source.clause, unverified)
    return Citation(document.title, document.number, source.clause, unverified)


def limit_node(policy: PolicyInForce, title: str, cited: Cited, unit: str) -> TraceNode:
    """A value of the policy with its clause."""
    return TraceNode(title, f"{cited.value:,f} {unit}".rstrip(), detail=f"自 {cited.since.isoformat()} 起",
                     source=citation(policy, cited.source, cited.unverified))  # fmt: skip


def rounded(value: End, places: int) -> str:
    """Half up, thousands separated; never scientific notation."""
    if math.isinf(value):
        return "无上限" if value > 0 else "无下限"
    with localcontext(prec=60):
        return f"{_decimal(Fraction(value)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):,}"


def trimmed(value: End, places: int = 2) -> str:
    """Rounded, without zeros at the end of the decimals."""
    text = rounded(value, places)
    return text.rstrip("0").rstrip(".") if "." in text else text


def unrounded(value: End) -> str:
    """The whole decimal where it ends, else its first digits and a fraction one can read; "" for an unbounded end."""
    if math.isinf(value):
        return ""
    fraction = Fraction(value)
    denominator = fraction.denominator
    for prime in (2, 5):
        while denominator % prime == 0:
            denominator //= prime
    with localcontext(prec=_DIGITS):
        decimal = _decimal(fraction)
    if denominator == 1 and Fraction(decimal) == fraction:
        return format(decimal.normalize(), "f")
    exactly = f" = {fraction.numerator}/{fraction.denominator}" if fraction.denominator < _READABLE else ""
    return f"{format(decimal, 'f')}…{exactly}"


def root(value: Fraction) -> Decimal:
    """√ of an exact number, to 16 digits."""
    with localcontext(prec=_DIGITS):
        return _decimal(value).sqrt()


def between(lo: End, hi: End, places: int, unit: str = "") -> str:
    """A known value, or what it can be: "12.00 元", "未定（不低于 3 元）", "未定（3 至 5 元）"."""
    unit = f" {unit}" if unit and unit != "%" else unit
    if lo == hi:
        return f"{trimmed(lo, places)}{unit}"
    if math.isinf(lo):
        return "未定"
    if math.isinf(hi):
        return f"未定（不低于 {trimmed(lo, places)}{unit}）"
    return f"未定（{trimmed(lo, places)} 至 {trimmed(hi, places)}{unit}）"


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)
