"""Three-valued comparison of intervals with limits, for whole columns.

A figure is num/den with num in [num_lo, num_hi] and den in [den_lo, den_hi]. It passes when every completion of
what is missing passes, fails when every completion fails, and is undecided otherwise. The comparison is of
num with c·den, unrounded; limits are decimals and enter as exact integer ratios p/q, so what is compared is
q·num with p·den.

Floating point decides wherever the two sides differ by more than `NEAR` of the larger one; closer than that the
figure is asked for again as fractions (`ExactSource.interval`). Whole numbers below `WHOLE` need no second look:
their products are exact in floating point, and a split figure that is not whole keeps further from one than its
rounding error (it is a decimal over at most some 10⁵ weighted pupils).

Three values are kept as int8: FAIL < UNDECIDED < PASS, so that "all of them" is the minimum.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from junheng.engine.result import ExactInterval, Floats, IntervalColumn
from junheng.judging.result import Verdict
from junheng.policy.in_force import Cited, Compare

Three = NDArray[np.int8]
Bools = NDArray[np.bool_]
FAIL, UNDECIDED, PASS = np.int8(-1), np.int8(0), np.int8(1)
NEAR = 1e-9
WHOLE = 1e6
_VERDICTS = {-1: Verdict.FAIL, 0: Verdict.INSUFFICIENT, 1: Verdict.PASS}

ExactRow = Callable[[int], ExactInterval]


def verdict_of(three: int | np.int8) -> Verdict:
    """FAIL, UNDECIDED or PASS as a Verdict."""
    return _VERDICTS[int(three)]


def three_of(passes: Bools, fails: Bools) -> Three:
    """PASS where `passes`, FAIL where `fails`, UNDECIDED elsewhere; never both."""
    return passes.astype(np.int8) - fails.astype(np.int8)


@dataclass(frozen=True)
class RowLimits:
    """The limit of every row, as positions in `table`.

    strict and lenient differ only where it is not known whether an exception applies: a row passes when it passes
    the strict one and fails when it fails the lenient one, because comparison is monotone in the limit.
    """

    table: tuple[Cited, ...]
    strict: NDArray[np.intp]
    lenient: NDArray[np.intp]

    def scaled(self, share: Decimal) -> RowLimits:
        """The same limits times `share`, exactly."""
        table = tuple(Cited(c.value * share, c.source, c.since, c.unverified) for c in self.table)
        return RowLimits(table, self.strict, self.lenient)

    @classmethod
    def uniform(cls, limit: Cited, n: int) -> RowLimits:
        """One limit for n rows."""
        zeros = np.zeros(n, dtype=np.intp)
        return cls((limit,), zeros, zeros)


def sign(num: Floats, den: Floats, limits: RowLimits, which: NDArray[np.intp], exact: Callable[[int], Fraction]) -> Three:
    """The sign of num − c·den by row, c = limits.table[which]. exact(i) gives num − c·den of row i exactly."""
    ratios = [cited.value.as_integer_ratio() for cited in limits.table]
    left = np.array([float(q) for _, q in ratios])[which] * num
    c = np.array([float(p) for p, _ in ratios])[which]
    with np.errstate(invalid="ignore"):
        right = np.where(c == 0, 0.0, c * den)
        gap = left - right
    size = np.maximum(np.abs(left), np.abs(right))
    out: Three = np.sign(gap).astype(np.int8)
    near = np.isfinite(size) & (size > 0) & (np.abs(gap) <= NEAR * size)
    if near.any():
        near &= ~(is_whole(num) & is_whole(den))
        for row in np.flatnonzero(near):
            difference = exact(int(row))
            out[row] = (difference > 0) - (difference < 0)
    return out


def is_whole(numbers: Floats) -> Bools:
    """Whole numbers that floating point holds and multiplies by a limit's terms without error."""
    whole: Bools = (numbers == np.rint(numbers)) & (np.abs(numbers) < WHOLE)
    return whole


def holds(how: Compare, figure: ExactInterval, limit: Fraction) -> bool:
    """Whether every completion of one figure passes; one without a denominator does."""
    if figure.den_hi == 0:
        return True
    least = None if figure.num_lo is None or figure.den_hi is None else figure.num_lo - limit * figure.den_hi
    most = None if figure.num_hi is None or figure.den_lo is None else figure.num_hi - limit * figure.den_lo
    if how is Compare.AT_LEAST:
        return least is not None and least >= 0
    if how is Compare.EQUAL:
        return least == most == 0
    return most is not None and (most <= 0 if how is Compare.AT_MOST else most < 0)


def compare(column: IntervalColumn, how: Compare, limits: RowLimits, exact: ExactRow) -> Three:
    """Three-valued comparison of every row of a column with its limit. Scope (`member`) is left to the caller.

    A denominator that may be 0 can never fail: a ratio without a denominator is no breach.
    """

    def signs(num: str, den: str, which: NDArray[np.intp]) -> Three:
        def difference(row: int) -> Fraction:
            interval = exact(row)
            n, d = getattr(interval, num), getattr(interval, den)
            return Fraction(n) - Fraction(limits.table[which[row]].value) * Fraction(d)

        return sign(getattr(column, num), getattr(column, den), limits, which, difference)

    least_strict, most_strict = signs("num_lo", "den_hi", limits.strict), signs("num_hi", "den_lo", limits.strict)
    least_lenient, most_lenient = least_strict, most_strict
    if limits.lenient is not limits.strict:
        least_lenient = signs("num_lo", "den_hi", limits.lenient)
        most_lenient = signs("num_hi", "den_lo", limits.lenient)
    if how is Compare.AT_LEAST:
        passes, fails = least_strict >= 0, (most_lenient < 0) & ((column.den_lo > 0) | (column.den_hi == 0))
    elif how is Compare.AT_MOST:
        passes, fails = most_strict <= 0, least_lenient > 0
    elif how is Compare.LESS_THAN:
        passes, fails = most_strict < 0, least_lenient >= 0
    else:
        passes = (least_strict == 0) & (most_strict == 0)
        fails = (most_lenient < 0) | (least_lenient > 0)
    return three_of(passes, fails & ~passes)
