"""The figures of plans side by side as bars: the same numbers stand in the table beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from junheng.planners.model import Figure
from junheng.web.desk.answer import gap_in_words, printed
from junheng.web.desk.comparison import Compared, Comparison

_WIDE = 240.0
_RULES = {"less": "越少越好", "more": "越多越好"}


@dataclass(frozen=True)
class Bar:
    """width: of 240, None = there is no such number, and no bar. words: the number as people read it."""

    name: str
    width: float | None
    words: str
    best: bool


@dataclass(frozen=True)
class Chart:
    label: str
    rule: str
    bars: Sequence[Bar]


def charts_of(found: Comparison) -> list[Chart]:
    """One chart per figure that is better one way or the other, where the plans differ in it; first how far each may be from the best."""
    names = [each.name for each in found.plans]
    charts = [_chart(each, names) for each in found.figures if each.rule and _differs(each.figures)]
    gaps = [each.gap if each.possible else None for each in found.plans]
    if len({each for each in gaps if each is not None}) > 1:
        widths = _widths([None if each is None else Decimal(each) for each in gaps])
        bars = [Bar(name, width, gap_in_words(gap, each.possible) or "没有方案", False) for name, width, gap, each in zip(names, widths, gaps, found.plans, strict=True)]
        charts.insert(0, Chart("离最好的差（上限）", _RULES["less"], bars))
    return charts


def _differs(figures: Sequence[Figure | None]) -> bool:
    known = [each.value for each in figures if each is not None and each.value is not None]
    return len(set(known)) > 1 and all(each >= 0 for each in known)


def _chart(figure: Compared, names: Sequence[str]) -> Chart:
    widths = _widths([None if each is None else each.value for each in figure.figures])
    bars = [Bar(name, width, "没有这个数" if each is None else printed(each), best)
            for name, width, each, best in zip(names, widths, figure.figures, figure.best, strict=True)]  # fmt: skip
    return Chart(figure.label, figure.rule, bars)


def _widths(values: Sequence[Decimal | None]) -> list[float | None]:
    """Of the largest; the axis begins at nought."""
    most = max((each for each in values if each is not None), default=Decimal(0)) or Decimal(1)
    return [None if each is None else round(float(each / most) * _WIDE, 1) for each in values]
