"""Engines behind one small face: open tables as lazy Narwhals frames, run a plan, hand back columns or rows.

DuckDB needs neither Polars nor pyarrow; the other two are imported when they are asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import narwhals as nw
import numpy as np
from numpy.typing import NDArray

from junheng.common.errors import UserError
from junheng.engine.duckdb_backend import DuckDBPlan
from junheng.engine.tabular import Columns, Frame, Needed, Tables, column_kind

__all__ = ["Backend", "Columns", "DuckDB", "DuckDBPlan", "Frame", "Polars", "Spark", "Tables", "backend"]


class Backend(Protocol):
    """One engine. name: as results show it."""

    name: str

    def parquet(self, files: Mapping[str, Sequence[str]], needed: Needed | None) -> Tables:
        """Tables by name from Parquet files (or what the engine reads as such: globs, object-store paths).
        needed: the columns a plan reads; None = large tables whose columns the plan finds out."""
        ...

    def rows(self, tables: Mapping[str, Sequence[Mapping[str, object]]], needed: Needed) -> Tables:
        """Tables by name from rows in memory, with the columns needed."""
        ...

    def run(self, tables: Tables, key: Hashable, plan: Callable[[], Frame]) -> Columns:
        """Run a plan over the tables. key: equal keys on equally named tables mean the same plan."""
        ...

    def keep(self, tables: Tables, name: str, key: Hashable, plan: Callable[[], Frame]) -> Tables:
        """Run a plan and hold its outcome as a table, for the plans that follow."""
        ...

    def fetch(self, frame: Frame) -> list[dict[str, object]]:
        """Rows as Python values; for few rows."""
        ...


class DuckDB(DuckDBPlan):
    """The default. DuckDB reads and rolls up; the figures of some thousand schools are then computed on arrays
    (in_memory.py). No time goes into planning: one county takes milliseconds. Rows in memory do not pass through
    DuckDB at all.
    """

    name = "duckdb"


class Polars:
    """In-process, multi-threaded; the second engine of the tests."""

    name = "polars"

    def parquet(self, files: Mapping[str, Sequence[str]], needed: Needed | None) -> Tables:
        import polars as pl

        return _tables({name: nw.from_native(pl.scan_parquet(list(paths))) for name, paths in files.items()})

    def rows(self, tables: Mapping[str, Sequence[Mapping[str, object]]], needed: Needed) -> Tables:
        import polars as pl

        dtypes = {"number": pl.Float64, "flag": pl.Boolean, "text": pl.String}
        frames = {}
        for name, rows in tables.items():
            data = {
                column: pl.Series([_plain(row[column]) for row in rows], dtype=dtypes[column_kind(name, column)], strict=False)
                for column in needed[name]
            }
            frames[name] = nw.from_native(pl.DataFrame(data).lazy())
        return _tables(frames)

    def keep(self, tables: Tables, name: str, key: Hashable, plan: Callable[[], Frame]) -> Tables:
        return _tables({name: nw.from_native(nw.to_native(plan()).collect().lazy())})

    def run(self, tables: Tables, key: Hashable, plan: Callable[[], Frame]) -> Columns:
        collected = nw.to_native(plan()).collect()
        return {name: collected.get_column(name).to_numpy() for name in collected.columns}

    def fetch(self, frame: Frame) -> list[dict[str, object]]:
        found: list[dict[str, object]] = nw.to_native(frame).collect().to_dicts()
        return found


@dataclass
class Spark:
    """A cluster, or this machine. session: a SparkSession; None = the one that runs, or a new local one."""

    session: Any = None
    name = "pyspark"

    def _session(self) -> Any:
        if self.session is None:
            try:
                from pyspark.sql import SparkSession
            except ImportError as error:
                raise UserError("没有安装 PySpark", remedy='请执行 pip install "junheng[spark]"，并安装 Java 17') from error
            self.session = SparkSession.builder.appName("junheng").getOrCreate()
        return self.session

    def parquet(self, files: Mapping[str, Sequence[str]], needed: Needed | None) -> Tables:
        return _tables({name: nw.from_native(self._session().read.parquet(*paths)) for name, paths in files.items()})

    def rows(self, tables: Mapping[str, Sequence[Mapping[str, object]]], needed: Needed) -> Tables:
        types = {"number": "double", "flag": "boolean", "text": "string"}
        frames = {}
        for name, rows in tables.items():
            schema = ", ".join(f"`{column}` {types[column_kind(name, column)]}" for column in needed[name])
            data = [tuple(_plain(row[column]) for column in needed[name]) for row in rows]
            frames[name] = nw.from_native(self._session().createDataFrame(data, schema=schema))
        return _tables(frames)

    def keep(self, tables: Tables, name: str, key: Hashable, plan: Callable[[], Frame]) -> Tables:
        return _tables({name: nw.from_native(nw.to_native(plan()).persist())})

    def run(self, tables: Tables, key: Hashable, plan: Callable[[], Frame]) -> Columns:
        native = nw.to_native(plan())
        rows = native.collect()
        return {name: _array(row[index] for row in rows) for index, name in enumerate(native.columns)}

    def fetch(self, frame: Frame) -> list[dict[str, object]]:
        return [row.asDict() for row in nw.to_native(frame).collect()]


def backend(name: str) -> Backend:
    """duckdb, duckdb-plan, polars, or pyspark."""
    match name:
        case "duckdb":
            return DuckDB()
        case "duckdb-plan":
            return DuckDBPlan()
        case "polars":
            return Polars()
        case "pyspark" | "spark":
            return Spark()
    raise UserError(f"没有名为“{name}”的计算引擎", remedy="可用的是 duckdb、duckdb-plan、polars、pyspark")


def parquet_files(folders: Sequence[Path | str], names: Sequence[str]) -> dict[str, list[str]]:
    """The Parquet file of each table in each release folder, by path or URL."""
    return {name: [f"{str(folder).rstrip('/')}/{name}.parquet" for folder in folders] for name in names}


def _tables(frames: Mapping[str, Frame]) -> Tables:
    return Tables({name: lambda frame=frame: frame for name, frame in frames.items()})  # type: ignore[misc]


def _plain(value: object) -> object:
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _array(values: Iterable[object]) -> NDArray[Any]:
    found = list(values)
    out = np.empty(len(found), dtype=object)
    out[:] = found
    return out
