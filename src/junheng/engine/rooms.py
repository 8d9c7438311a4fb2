"""Rooms of a size: how many of a school's music or art rooms are as large as the policy asks of it."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from functools import reduce

from junheng.engine.algebra import Algebra, Value
from junheng.engine.basis import Interval, J, P, absent, unplaced
from junheng.indicators.expression import RoomsAtLeast
from junheng.policy.in_force import Limit, PolicyInForce

_Rule = tuple[int | None, Decimal, Decimal]
"""(number of the exception, None for the rule itself; area asked of a primary school; of a junior school)."""


def rooms_of_size(algebra: Algebra, policy: PolicyInForce, term: RoomsAtLeast) -> Interval:
    """A school of both stages: surely enough by the larger of their areas, possibly by the smaller.

    Of several rules that apply the mildest counts; one whose flag is unknown counts for what is possible only.
    """
    rules = [_rule(None, policy.limits[term.area])]
    rules += [
        _rule(number, rule.replaces[term.area])
        for number, rule in enumerate(policy.exceptions)
        if term.area in rule.replaces
    ]
    a, sizes = algebra, _Sizes(algebra, term)
    if all(primary == junior for _, primary, junior in rules):
        areas = [(number, primary) for number, primary, _ in rules]
        return Interval(_surely(sizes, areas), _possibly(sizes, areas))
    primary = [(number, area) for number, area, _ in rules]
    junior = [(number, area) for number, _, area in rules]
    strict = [(number, max(areas)) for number, *areas in rules]
    mild = [(number, min(areas)) for number, *areas in rules]
    return Interval(
        a.when(absent(a, J), _surely(sizes, primary), a.when(absent(a, P), _surely(sizes, junior), _surely(sizes, strict))),
        a.when(absent(a, J), _possibly(sizes, primary), a.when(absent(a, P), _possibly(sizes, junior), _possibly(sizes, mild))),
    )


def _rule(number: int | None, area: Limit) -> _Rule:
    return (number, area.at(P).value, area.at(J).value)


class _Sizes:
    """Counts of one kind of room by area."""

    def __init__(self, algebra: Algebra, term: RoomsAtLeast) -> None:
        self.algebra, self.bands, self._rest = algebra, term.bands, unplaced(term.total)

    def surely(self, area: Decimal) -> Value:
        """Rooms in bands that begin at the area or above."""
        return self._sum(name for name, edge in self.bands if edge >= area)

    def possibly(self, area: Decimal) -> Value:
        """Also rooms in a band the area cuts, and rooms of unknown size: those in no band where a band is missing, or
        where the area lies below all bands."""
        a, uppers = self.algebra, (None, *(edge for _, edge in self.bands))
        reaching = [name for (name, _), upper in zip(self.bands, uppers, strict=False) if upper is None or upper > area]
        if area < self.bands[-1][1]:
            return self._sum(reaching) + a.column(self._rest)
        known = reduce(lambda x, y: x + y, (a.column(name) for name in reaching))
        return a.first(known, self._sum(reaching) + a.column(self._rest))

    def _sum(self, columns: Iterable[str]) -> Value:
        filled = [self.algebra.first(self.algebra.column(name), 0.0) for name in columns]
        return reduce(lambda x, y: x + y, filled) if filled else self.algebra.constant(0.0)


_Areas = list[tuple[int | None, Decimal]]


def _surely(sizes: _Sizes, areas: _Areas) -> Value:
    """From the largest area to the smallest: the last that applies wins."""
    return _mildest(sizes.algebra, [(number, sizes.surely(area)) for number, area in _strictest_first(areas)], sure=True)


def _possibly(sizes: _Sizes, areas: _Areas) -> Value:
    return _mildest(sizes.algebra, [(number, sizes.possibly(area)) for number, area in _strictest_first(areas)], sure=False)


def _strictest_first(areas: _Areas) -> _Areas:
    return sorted(areas, key=lambda each: (-each[1], each[0] is not None))


def _mildest(algebra: Algebra, counts: list[tuple[int | None, Value]], *, sure: bool) -> Value:
    out: Value = None
    for number, count in counts:
        if number is None:
            out = count  # an exception that asks for more than the rule itself never counts
        elif out is not None:
            applies = algebra.column(f"x_{number}")
            out = algebra.when(applies, count, out) if sure else algebra.when(~applies, out, count)
    return out
