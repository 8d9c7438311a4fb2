"""The handful of operations the meaning of indicators is written in (basis.py, terms.py).

Two algebras carry it: Lazy builds Narwhals expressions, which run on DuckDB, Polars and Spark; Exact computes one row
in fractions. One text, so the two cannot drift apart. A value is null, a number, a text or a truth; & and | are
three-valued, a condition that is null does not hold.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Collection, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any, Protocol

import narwhals as nw

Value = Any
"""A Narwhals expression, a Cell, or a plain number: all take + − * < <= > >= & | ~ among themselves."""


class Algebra(Protocol):
    def column(self, name: str) -> Value: ...

    def constant(self, value: float | str | bool) -> Value: ...

    def number(self, number: Decimal | int) -> Value:
        """A number of the policy."""
        ...

    def first(self, *values: Value) -> Value:
        """The first value that is not null. A plain number may stand last."""
        ...

    def is_null(self, value: Value) -> Value: ...

    def equals(self, value: Value, other: Value) -> Value: ...

    def is_in(self, value: Value, texts: Collection[str]) -> Value: ...

    def when(self, condition: Value, then: Value, otherwise: Value = None) -> Value:
        """`otherwise` where the condition is false or null; None stands for null."""
        ...

    def ratio(self, value: Value, by: Value) -> Value:
        """Null where `by` is 0."""
        ...

    def ceil(self, value: Value) -> Value: ...

    def largest(self, *values: Value) -> Value:
        """The largest of those that are not null; null when all are."""
        ...

    def smallest(self, *values: Value) -> Value: ...


class Lazy:
    """Narwhals expressions; columns are those of the frame they are used on. read: the columns asked for so far."""

    def __init__(self) -> None:
        self.read: set[str] = set()

    def column(self, name: str) -> Value:
        self.read.add(name)
        return nw.col(name)

    def constant(self, value: float | str | bool) -> Value:
        return nw.lit(value)

    def number(self, number: Decimal | int) -> Value:
        return float(number)

    def first(self, *values: Value) -> Value:
        return nw.coalesce(*map(_literal, values))

    def is_null(self, value: Value) -> Value:
        return value.is_null()

    def equals(self, value: Value, other: Value) -> Value:
        return value == other

    def is_in(self, value: Value, texts: Collection[str]) -> Value:
        return value.is_in(sorted(texts))

    def when(self, condition: Value, then: Value, otherwise: Value = None) -> Value:
        chosen = nw.when(condition).then(_literal(then))
        return chosen if otherwise is None else chosen.otherwise(_literal(otherwise))

    def ratio(self, value: Value, by: Value) -> Value:
        return value / (nw.when(by != 0).then(by) if isinstance(by, nw.Expr) else by)

    def ceil(self, value: Value) -> Value:
        return value.ceil()

    def largest(self, *values: Value) -> Value:
        return nw.max_horizontal(*map(_literal, values))

    def smallest(self, *values: Value) -> Value:
        return nw.min_horizontal(*map(_literal, values))


def _literal(value: Value) -> Value:
    return value if isinstance(value, nw.Expr) else nw.lit(value)


class Cell:
    """One value of one row: None, a Fraction, a text or a truth. Null in, null out, but for "and" and "or"."""

    __slots__ = ("value",)

    def __init__(self, value: object) -> None:
        self.value: Any = value

    def apply(self, other: object, operation: Callable[[Any, Any], Any]) -> Cell:
        theirs = _cell(other).value
        return Cell(None if self.value is None or theirs is None else operation(self.value, theirs))

    def __add__(self, other: object) -> Cell:
        return self.apply(other, operator.add)

    __radd__ = __add__

    def __sub__(self, other: object) -> Cell:
        return self.apply(other, operator.sub)

    def __rsub__(self, other: object) -> Cell:
        return _cell(other) - self

    def __mul__(self, other: object) -> Cell:
        return self.apply(other, operator.mul)

    __rmul__ = __mul__

    def __lt__(self, other: object) -> Cell:
        return self.apply(other, operator.lt)

    def __le__(self, other: object) -> Cell:
        return self.apply(other, operator.le)

    def __gt__(self, other: object) -> Cell:
        return self.apply(other, operator.gt)

    def __ge__(self, other: object) -> Cell:
        return self.apply(other, operator.ge)

    def __and__(self, other: object) -> Cell:
        both = (self.value, _cell(other).value)
        return Cell(False if False in both else None if None in both else True)

    def __or__(self, other: object) -> Cell:
        both = (self.value, _cell(other).value)
        return Cell(True if True in both else None if None in both else False)

    def __invert__(self) -> Cell:
        return Cell(None if self.value is None else not self.value)


class _Cells(dict[str, Cell]):
    """Cells of a row, made when they are asked for: a question reads a few of its hundreds of columns."""

    def __init__(self, row: Mapping[str, object]) -> None:
        self._row, self.later = row, dict[str, Callable[[], Value]]()

    def __missing__(self, name: str) -> Cell:
        make = self.later.get(name)
        cell = self[name] = Cell(as_written(self._row[name])) if make is None else _cell(make())
        return cell


class Exact:
    """One row in exact numbers. 12.35 is 1235/100: a reported number means the decimal that was written."""

    def __init__(self, row: Mapping[str, object]) -> None:
        self.cells = _Cells(row)

    def column(self, name: str) -> Value:
        return self.cells[name]

    def constant(self, value: float | str | bool) -> Value:
        return _cell(value)

    def number(self, number: Decimal | int) -> Value:
        return Fraction(number)

    def first(self, *values: Value) -> Value:
        return next((cell for cell in map(_cell, values) if cell.value is not None), Cell(None))

    def is_null(self, value: Value) -> Value:
        return Cell(value.value is None)

    def equals(self, value: Value, other: Value) -> Value:
        return value.apply(other, operator.eq)

    def is_in(self, value: Value, texts: Collection[str]) -> Value:
        return Cell(None if value.value is None else value.value in texts)

    def when(self, condition: Value, then: Value, otherwise: Value = None) -> Value:
        return _cell(then if condition.value else otherwise)

    def ratio(self, value: Value, by: Value) -> Value:
        return value.apply(_cell(by).value or None, operator.truediv)

    def ceil(self, value: Value) -> Value:
        return Cell(None if value.value is None else Fraction(math.ceil(value.value)))

    def largest(self, *values: Value) -> Value:
        return Cell(max((cell.value for cell in map(_cell, values) if cell.value is not None), default=None))

    def smallest(self, *values: Value) -> Value:
        return Cell(min((cell.value for cell in map(_cell, values) if cell.value is not None), default=None))


def as_written(value: object) -> object:
    """A number as the fraction its shortest decimal stands for; texts, truths and None as they are."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    return Fraction(repr(value))


def _cell(value: Value) -> Cell:
    return value if isinstance(value, Cell) else Cell(as_written(value))
