"""A table of rows as CSV, JSON and Parquet. The same rows give the same bytes."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import polars as pl

from junheng.opendata.datasets import SCHEMA, Dataset
from junheng.tables.model import Kind

Row = Mapping[str, Any]
"""A value for every column; None as the column's null_means says."""

_TYPES: Mapping[Kind, type[pl.DataType]] = {Kind.COUNT: pl.Int64, Kind.YEAR: pl.Int64, Kind.AMOUNT: pl.Float64, Kind.FRACTION: pl.Float64}


def as_csv(dataset: Dataset, rows: Sequence[Row]) -> bytes:
    """UTF-8 with the mark that Excel and WPS need; Chinese headers; a blank cell is None."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([column.label for column in dataset.table.columns])
    writer.writerows([_cell(row[column.name]) for column in dataset.table.columns] for row in rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _cell(value: Any) -> Any:
    """A text that a spreadsheet would take for a formula stays a text."""
    return f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")) else value


def as_json(dataset: Dataset, rows: Sequence[Row]) -> bytes:
    names = [column.name for column in dataset.table.columns]
    fields = [{"name": column.name, "label": column.label, "kind": str(column.kind), "unit": column.unit.symbol, "null_means": column.null_means}
              for column in dataset.table.columns]  # fmt: skip
    document = {"schema": SCHEMA, "dataset": dataset.id, "title": dataset.title, "fields": fields,
                "rows": [{name: row[name] for name in names} for row in rows]}  # fmt: skip
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def as_parquet(dataset: Dataset, rows: Sequence[Row]) -> bytes:
    """Columns by their English names, typed; statistics left out, so that nothing but the rows is in it."""
    columns = dataset.table.columns
    schema = {column.name: _TYPES.get(column.kind, pl.String) for column in columns}
    frame = pl.DataFrame({column.name: [row[column.name] for row in rows] for column in columns}, schema=schema)
    out = io.BytesIO()
    frame.write_parquet(out, compression="zstd", statistics=False)
    return out.getvalue()


FORMATS: Mapping[str, Callable[[Dataset, Sequence[Row]], bytes]] = {"csv": as_csv, "json": as_json, "parquet": as_parquet}
MEDIA_TYPES = {"csv": "text/csv; charset=utf-8", "json": "application/json", "parquet": "application/vnd.apache.parquet"}
