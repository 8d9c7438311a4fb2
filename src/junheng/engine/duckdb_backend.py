"""DuckDB: one in-memory database per process, one connection per set of tables."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import lru_cache, partial
from typing import Any

import duckdb
import narwhals as nw
import numpy as np
from numpy.typing import NDArray

from junheng.common.errors import UserError
from junheng.engine.tabular import Columns, Frame, Needed, Tables, column_kind

_plans: dict[Hashable, str] = {}
_plans_lock = threading.Lock()
_NUMPY_TYPES = {"number": np.dtype(np.float64), "flag": np.dtype(np.bool_)}


@lru_cache(maxsize=1)
def _database() -> duckdb.DuckDBPyConnection:
    # On an intranet nothing may be fetched behind the user's back; extensions that were installed are still loaded.
    return duckdb.connect(config={"autoinstall_known_extensions": False})


def _small() -> duckdb.DuckDBPyConnection:
    """A connection for tables of some thousand rows, whose views hold no column in vain: there the optimizer takes
    longer than all it could save."""
    connection = _database().cursor()
    connection.execute("PRAGMA disable_optimizer")
    return connection


class DuckDBPlan:
    """The whole plan in DuckDB, as on a cluster. Tables are temporary views with the tables' own names, so a plan is
    translated to SQL once per process."""

    name = "duckdb-plan"

    def parquet(self, files: Mapping[str, Sequence[str]], needed: Needed | None) -> Tables:
        connection = _database().cursor() if needed is None else _small()
        for name, paths in files.items():
            columns = "*" if needed is None else ", ".join(f'"{column}"' for column in needed[name])
            quoted = ", ".join("'" + path.replace("'", "''") + "'" for path in paths)
            try:
                connection.execute(f'CREATE TEMP VIEW "{name}" AS SELECT {columns} FROM read_parquet([{quoted}])')
            except duckdb.Error as error:
                raise _unreadable_address(paths, error) from error
        return _opened(connection, files, "parquet" if needed else _shape(connection, files))

    def rows(self, tables: Mapping[str, Sequence[Mapping[str, object]]], needed: Needed) -> Tables:
        connection = _small()
        for name, rows in tables.items():
            connection.register(name, {column: _array(name, column, rows) for column in needed[name]})
        return _opened(connection, tables, "rows")

    def keep(self, tables: Tables, name: str, key: Hashable, plan: Callable[[], Frame]) -> Tables:
        tables.owner.execute(f'CREATE OR REPLACE TEMP TABLE "{name}" AS {_sql(tables, key, plan)}')
        return _opened(tables.owner, (name,), tables.flavour)

    def run(self, tables: Tables, key: Hashable, plan: Callable[[], Frame]) -> Columns:
        found: Columns = tables.owner.execute(_sql(tables, key, plan)).fetchnumpy()
        return found

    def fetch(self, frame: Frame) -> list[dict[str, object]]:
        native = nw.to_native(frame)
        return [dict(zip(native.columns, row, strict=True)) for row in native.fetchall()]


def _unreadable_address(paths: Sequence[str], error: duckdb.Error) -> Exception:
    """The error itself, unless it is about an address that this DuckDB was not equipped to read."""
    if not any("://" in path for path in paths):
        return error
    return UserError("DuckDB 读不了这个地址", where=paths[0], why=str(error).partition("\n")[0],
                     remedy="请为 DuckDB 安装 httpfs 扩展，或改用自带对象存储读取的引擎 polars、pyspark")  # fmt: skip


def _sql(tables: Tables, key: Hashable, plan: Callable[[], Frame]) -> str:
    with _plans_lock:
        known = _plans.get((tables.flavour, key))
    if known is None:
        known = nw.to_native(plan()).sql_query()
        with _plans_lock:
            _plans[(tables.flavour, key)] = known
    return known


def _shape(connection: duckdb.DuckDBPyConnection, names: Mapping[str, object]) -> str:
    """Which columns of which tables there are: plans over registers differ with them."""
    return repr([(name, connection.execute(f'DESCRIBE "{name}"').fetchall()) for name in names])


def _opened(connection: duckdb.DuckDBPyConnection, names: Sequence[str] | Mapping[str, object], flavour: str) -> Tables:
    return Tables({name: partial(_view, connection, name) for name in names}, flavour, connection)


def _view(connection: duckdb.DuckDBPyConnection, name: str) -> Frame:
    return nw.from_native(connection.view(name))


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
