"""The algebra of whole columns in memory: the same meaning without a plan, for a few thousand rows and answers at once.

Null is nan (None among texts); a truth is 1, 0 or nan.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from decimal import Decimal
from functools import reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray

from junheng.engine.algebra import Value

Array = NDArray[Any]


class Column:
    """One column of values."""

    __slots__ = ("values",)

    def __init__(self, values: Any) -> None:
        self.values = values

    def _compared(self, other: object, compare: Callable[[Any, Any], Any]) -> Column:
        left, right = self.values, raw(other)
        return Column(np.where(np.isnan(left) | np.isnan(right), np.nan, compare(left, right)))

    def __add__(self, other: object) -> Column:
        return Column(self.values + raw(other))

    __radd__ = __add__

    def __sub__(self, other: object) -> Column:
        return Column(self.values - raw(other))

    def __rsub__(self, other: object) -> Column:
        return Column(raw(other) - self.values)

    def __mul__(self, other: object) -> Column:
        return Column(self.values * raw(other))

    __rmul__ = __mul__

    def __lt__(self, other: object) -> Column:
        return self._compared(other, np.less)

    def __le__(self, other: object) -> Column:
        return self._compared(other, np.less_equal)

    def __gt__(self, other: object) -> Column:
        return self._compared(other, np.greater)

    def __ge__(self, other: object) -> Column:
        return self._compared(other, np.greater_equal)

    def __and__(self, other: object) -> Column:
        left, right = self.values, raw(other)
        return Column(np.where((left == 0) | (right == 0), 0.0, left * right))

    def __or__(self, other: object) -> Column:
        left, right = self.values, raw(other)
        return Column(np.where((left == 1) | (right == 1), 1.0, left + right))

    def __invert__(self) -> Column:
        return Column(1.0 - self.values)


class Arrays:
    """Columns by name, all of one length; texts are arrays of objects."""

    def __init__(self, columns: Mapping[str, Array], size: int) -> None:
        self.columns, self.size = {name: Column(values) for name, values in columns.items()}, size

    def column(self, name: str) -> Value:
        return self.columns[name]

    def constant(self, value: float | str | bool) -> Value:
        return Column(np.full(self.size, value, dtype=object if isinstance(value, str) else np.float64))

    def number(self, number: Decimal | int) -> Value:
        return float(number)

    def first(self, *values: Value) -> Value:
        return Column(reduce(lambda rest, value: np.where(np.isnan(value), rest, value), map(raw, reversed(values))))

    def is_null(self, value: Value) -> Value:
        if value.values.dtype == object:
            return Column(np.array([each is None for each in value.values], dtype=np.float64))
        return Column(np.isnan(value.values).astype(np.float64))

    def equals(self, value: Value, other: Value) -> Value:
        return value._compared(other, np.equal)

    def is_in(self, value: Value, texts: Collection[str]) -> Value:
        found = frozenset(texts)
        return Column(np.array([np.nan if each is None else each in found for each in value.values], dtype=np.float64))

    def when(self, condition: Value, then: Value, otherwise: Value = None) -> Value:
        if otherwise is None:
            otherwise = np.nan
        return Column(np.where(condition.values == 1, raw(then), raw(otherwise)))

    def ratio(self, value: Value, by: Value) -> Value:
        divisor = np.where(np.equal(raw(by), 0), np.nan, raw(by))
        return Column(raw(value) / divisor)

    def ceil(self, value: Value) -> Value:
        return Column(np.ceil(value.values))

    def largest(self, *values: Value) -> Value:
        return Column(reduce(np.fmax, map(raw, values)))

    def smallest(self, *values: Value) -> Value:
        return Column(reduce(np.fmin, map(raw, values)))


def raw(value: Value) -> Any:
    """The array in a column; a plain number as it is."""
    return value.values if isinstance(value, Column) else value
