"""DuckDB, the default engine: one in-memory database per process, one connection per set of tables."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import duckdb
import narwhals as nw
import numpy as np
from numpy.typing import NDArray

from junheng.engine.tabular import Columns, Frame, Needed, Tables, column_kind

_plans: dict[Hashable, str] = {}
_plans_lock = threading.Lock()
_NUMPY_TYPES = {"number": np.dtype(np.float64), "flag": np.dtype(np.bool_)}


@lru_cache(maxsize=1)
def _database() -> duckdb.DuckDBPyConnection:
    return duckdb.connect()


class DuckDB:
    """Tables are temporary views with the tables' own names, so a plan is translated to SQL once per process."""

    name = "duckdb"

    def parquet(self, files: Mapping[str, Sequence[str]]) -> Tables:
        connection = _database().cursor()
        for name, paths in files.items():
            quoted = ", ".join("'" + path.replace("'", "''") + "'" for path in paths)
            connection.execute(f'CREATE TEMP VIEW "{name}" AS SELECT * FROM read_parquet([{quoted}])')
        return self._opened(connection, tuple(files), "parquet")

    def rows(self, tables: Mapping[str, Sequence[Mapping[str, object]]], needed: Needed) -> Tables:
        connection = _database().cursor()
        for name, rows in tables.items():
            connection.register(name, {column: _array(name, column, rows) for column in needed[name]})
        return self._opened(connection, tuple(tables), "rows")

    def run(self, tables: Tables, key: Hashable, plan: Callable[[], Frame]) -> Columns:
        with _plans_lock:
            sql = _plans.get((tables.flavour, key))
        if sql is None:
            sql = nw.to_native(plan()).sql_query()
            with _plans_lock:
                _plans[(tables.flavour, key)] = sql
        found: Columns = tables.owner.execute(sql).fetchnumpy()
        return found

    def fetch(self, frame: Frame) -> list[dict[str, object]]:
        native = nw.to_native(frame)
        return [dict(zip(native.columns, row, strict=True)) for row in native.fetchall()]

    def _opened(self, connection: duckdb.DuckDBPyConnection, names: Sequence[str], flavour: str) -> Tables:
        return Tables({name: nw.from_native(connection.view(name)) for name in names}, flavour, connection)


def _array(table_name: str, column: str, rows: Sequence[Mapping[str, object]]) -> NDArray[Any]:
    values = [row[column] for row in rows]
    kind = column_kind(table_name, column)
    if kind == "text":
        texts = np.empty(len(values), dtype=object)
        texts[:] = values
        return texts
    missing = [value is None for value in values]
    filled = np.array([0 if value is None else value for value in values], dtype=_NUMPY_TYPES[kind])
    return np.ma.masked_array(filled, mask=missing)
