"""A mixed-integer program while it is written: blocks of columns, blocks of rows, triplets."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from junheng.planning.highs import Model

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]


@dataclass
class Columns:
    """Columns of a program being written: blocks of one shape, their bounds, costs and kinds."""

    count: int = 0
    cost: list[Floats] = field(default_factory=list)
    least: list[Floats] = field(default_factory=list)
    most: list[Floats] = field(default_factory=list)
    whole: list[NDArray[np.bool_]] = field(default_factory=list)

    def block(self, shape: tuple[int, ...], most: Floats | float, *, cost: Floats | float = 0.0, whole: bool = False) -> Ints:
        """New columns from 0 to `most`; their positions, in this shape."""
        size = int(np.prod(shape))
        at = np.arange(self.count, self.count + size).reshape(shape)
        self.count += size
        self.cost.append(np.broadcast_to(np.asarray(cost, dtype=float), shape).ravel())
        self.most.append(np.broadcast_to(np.asarray(most, dtype=float), shape).ravel())
        self.least.append(np.zeros(size))
        self.whole.append(np.full(size, whole))
        return at


@dataclass
class Rows:
    """Rows of a program being written, as triplets."""

    count: int = 0
    low: list[Floats] = field(default_factory=list)
    high: list[Floats] = field(default_factory=list)
    triplets: list[tuple[Ints, Ints, Floats]] = field(default_factory=list)

    def block(self, size: int, low: Floats | float, high: Floats | float) -> Ints:
        """So many new rows; their positions."""
        at = np.arange(self.count, self.count + size)
        self.count += size
        self.low.append(np.broadcast_to(np.asarray(low, dtype=float), (size,)))
        self.high.append(np.broadcast_to(np.asarray(high, dtype=float), (size,)))
        return at

    def put(self, rows: Ints, columns: Ints, values: Floats | float) -> None:
        """Add value at (row, column), one for one after broadcasting."""
        r, c, v = np.broadcast_arrays(rows, columns, np.asarray(values, dtype=float))
        self.triplets.append((r.ravel(), c.ravel(), v.ravel()))


def written(columns: Columns, rows: Rows, offset: float = 0.0) -> Model:
    """The program as HiGHS takes it; entries put twice at one place are summed."""
    r, c, v = (np.concatenate(each) for each in zip(*rows.triplets, strict=True))
    matrix = sp.csr_array(sp.coo_array((v, (r, c)), shape=(rows.count, columns.count)))
    return Model(
        np.concatenate(columns.cost), matrix, np.concatenate(rows.low), np.concatenate(rows.high),
        np.concatenate(columns.least), np.concatenate(columns.most), np.concatenate(columns.whole), offset,
    )  # fmt: skip
