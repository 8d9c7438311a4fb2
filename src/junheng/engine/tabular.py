"""What backends and plans hand each other: lazy tables in, columns out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import narwhals as nw
import numpy as np
from numpy.typing import NDArray

from junheng.engine.result import Floats, Texts
from junheng.tables import Kind, table

Frame = nw.LazyFrame[Any]
Columns = dict[str, NDArray[Any]]
"""Column name → values of any array type; nulls are nan, None or masked, as the engine gives them."""
Needed = Mapping[str, Sequence[str]]
"""Table name → columns a plan reads."""


@dataclass(frozen=True)
class Tables:
    """Lazy tables by name, opened when asked for. flavour: how they came, where that decides the text of a plan.
    owner: the connection they live in, where there is one."""

    open: Mapping[str, Callable[[], Frame]]
    flavour: str = ""
    owner: Any = None

    def close(self) -> None:
        """No plan over the tables runs after this."""
        if self.owner is not None:
            self.owner.close()

    def __getitem__(self, name: str) -> Frame:
        return self.open[name]()


def column_kind(table_name: str, column: str) -> Literal["number", "flag", "text"]:
    """How a column of a table is held in memory."""
    kind = table(table_name).column(column).kind
    return "number" if kind.is_number else "flag" if kind is Kind.FLAG else "text"


def floats(values: NDArray[Any]) -> Floats:
    """Numbers or truths as floats, null as nan."""
    if isinstance(values, np.ma.MaskedArray):
        return np.where(np.ma.getmaskarray(values), np.nan, values.data.astype(np.float64))
    return np.asarray(values, dtype=np.float64)


def texts(values: NDArray[Any]) -> Texts:
    """Texts, null as ""."""
    out = np.empty(len(values), dtype=object)
    # tolist gives None for what is masked; `filled(None)` would put numpy's own "?" there.
    found = values.tolist()
    out[:] = found if set(map(type, found)) == {str} else [_text(value) for value in found]
    return out


def _text(value: object) -> str:
    return "" if value is None or value != value else str(value)
