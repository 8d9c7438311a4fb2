"""Fact rows ↔ strictly typed Parquet, and the content hash of a release."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from junheng.common.errors import ReleaseError
from junheng.common.findings import Place
from junheng.intake.model import Facts, Row, RowKey, SourceCell
from junheng.tables import CONTRACT_VERSION, Column, Kind, Table, table
from junheng.tables.catalogue import FACT_TABLES

_WHOLE = frozenset({Kind.COUNT, Kind.LEVEL, Kind.YEAR})
_DECIMAL = frozenset({Kind.AMOUNT, Kind.FRACTION})
_INT64 = 2**63


@dataclass(frozen=True)
class Columns:
    """A fact table turned into columns of stored values, rows in canonical order."""

    table: Table
    values: Mapping[str, list[object]]

    def __len__(self) -> int:
        return len(next(iter(self.values.values())))

    def frame(self) -> pl.DataFrame:
        return pl.DataFrame(
            [pl.Series(c.name, self.values[c.name], dtype=dtype_of(c), strict=True) for c in self.table.columns]
        )


def dtype_of(column: Column) -> pl.DataType:
    """The Parquet type of a column."""
    if column.kind in _WHOLE:
        return pl.Int64()
    if column.kind in _DECIMAL:
        return pl.Float64()
    return pl.Boolean() if column.kind is Kind.FLAG else pl.String()


def fact_columns(facts: Facts) -> list[Columns]:
    """Every fact table in canonical form: columns of the contract, blanks null, rows by key, then content."""
    return [_canonical(each, facts.rows(each.name)) for each in FACT_TABLES]


def _canonical(of: Table, rows: Sequence[Row]) -> Columns:
    unknown = {name for row in rows for name in row} - {column.name for column in of.columns}
    if unknown:
        raise ReleaseError(f"{of.label}含有数据契约没有的字段：{'、'.join(sorted(unknown))}", remedy="请按模板的字段填报")
    stored = [[_stored(column, row.get(column.name)) for column in of.columns] for row in rows]
    key = [[column.name for column in of.columns].index(name) for name in of.key]
    stored.sort(key=lambda values: ([str(values[index] or "") for index in key], _canonical_line(values)))
    columns = zip(*stored, strict=True) if stored else ([] for _ in of.columns)
    return Columns(of, {column.name: list(values) for column, values in zip(of.columns, columns, strict=True)})


def _stored(column: Column, value: object) -> object:
    """The value as Parquet holds it. A blank text is null; a number of the wrong type is refused."""
    if value is None or value == "":
        return None
    kind = column.kind
    if kind is Kind.FLAG and isinstance(value, bool):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
        if kind in _WHOLE and value == int(value) and abs(value) < _INT64:
            return int(value)
        if kind in _DECIMAL:
            return float(value) + 0.0  # −0.0 and 0.0 are one value
    if not column.kind.is_number and kind is not Kind.FLAG and isinstance(value, str):
        return value
    raise ReleaseError(
        f"“{column.label}”的值 {value!r} 不能存入数据版本", why=f"该字段应为{_KIND_WORDS[kind]}", remedy="请改正原表后重新读入"
    )


_KIND_WORDS = {
    Kind.COUNT: "整数", Kind.LEVEL: "等级（1 至 4）", Kind.YEAR: "年份", Kind.AMOUNT: "有限的数", Kind.FRACTION: "小数",
    Kind.FLAG: "是或否", Kind.CODE: "代码", Kind.TEXT: "文字", Kind.DATE: "日期文字", Kind.ID: "文字形式的编号",
}  # fmt: skip


def _canonical_line(values: Sequence[object]) -> str:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def content_hash(
    tables: Iterable[Columns], *, school_year: int, source_hashes: Iterable[str], contract: str = CONTRACT_VERSION
) -> str:
    """"sha256:<64 hex>" over the canonical rows, the contract version, the school year and the sources' hashes.

    Who froze, when, findings, file names and source cells stand outside: the same content has the same name.
    """
    digest = hashlib.sha256()
    head = {"contract": contract, "school_year": school_year, "sources": sorted(source_hashes)}
    digest.update(json.dumps(head, sort_keys=True).encode())
    for each in tables:
        digest.update(_canonical_line(["\ntable", each.table.name, list(each.values)]).encode())
        for line in map(_canonical_line, zip(*each.values.values(), strict=True)):
            digest.update(b"\n" + line.encode())
    return f"sha256:{digest.hexdigest()}"


def source_cell_frame(cells: Mapping[tuple[str, RowKey, str], SourceCell]) -> pl.DataFrame:
    """The source_cell table, sorted so that identical cells write identical bytes."""
    rows = sorted(
        (name, *key, column, cell.place.file, cell.place.sheet, cell.place.cell, cell.raw)
        for (name, key, column), cell in cells.items()
    )
    columns = table("source_cell").columns
    schema = {column.name: dtype_of(column) for column in columns}
    return pl.DataFrame(rows, schema=schema, orient="row")


def rows_of(frame: pl.DataFrame, of: Table) -> list[Row]:
    """Parquet back to fact rows. Raises ReleaseError when columns or types are not those of the contract."""
    expected = {column.name: dtype_of(column) for column in of.columns}
    if dict(frame.schema) != expected:
        raise ReleaseError(
            f"{of.label}的字段与数据契约不符", why="数据版本由另一版软件写出，或文件被改动",
            remedy="请用原表重新生成数据版本",
        )  # fmt: skip
    return frame.to_dicts()


def cells_of(frame: pl.DataFrame) -> dict[tuple[str, RowKey, str], SourceCell]:
    """Parquet back to the places of the reported values."""
    return {
        (name, (county, school, campus, row), column): SourceCell(Place(file, sheet, cell), raw)
        for name, county, school, campus, row, column, file, sheet, cell, raw in frame.iter_rows()
    }
