"""空白表: the tables a planner asks for, as a workbook to be filled in: headings, code lists, meaning of a blank."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from junheng.reports.grid import Cell, Grid, Look
from junheng.reports.xlsx import Book
from junheng.tables import Column, Kind, Table

_KINDS = {
    Kind.COUNT: "整数", Kind.AMOUNT: "数字", Kind.FRACTION: "比例（如 0.12 或 12%）", Kind.FLAG: "是或否", Kind.LEVEL: "Ⅰ–Ⅳ",
    Kind.YEAR: "四位年份", Kind.TEXT: "文字", Kind.DATE: "日期（如 2025-09-01）", Kind.ID: "编号（文本格式）",
}  # fmt: skip


def write_blank_tables(folder: Path, tables: Sequence[Table]) -> list[Path]:
    """One workbook per table, `<label>.xlsx`: the sheet to fill in, and what every column means. Returns their paths."""
    return [write_filled_table(folder, table, ()) for table in tables]


def write_filled_table(folder: Path, table: Table, rows: Sequence[Mapping[str, object]]) -> Path:
    """The same with lines already in it. rows: column name → text or number; what is absent stays blank."""
    path = folder / f"{table.label}.xlsx"
    with Book(path, title=table.label) as book:
        book.add(_sheet(table, rows))
        book.add(_meanings(table))
    return path


def _sheet(table: Table, rows: Sequence[Mapping[str, object]]) -> Grid:
    widths = tuple(max(10.0, 2.0 * len(column.label) + 3) for column in table.columns)
    head = [[Cell(column.label, Look.HEAD) for column in table.columns]]
    body = [[_given(column, row.get(column.name)) for column in table.columns] for row in rows]
    return Grid(table.label, f"{table.label}（{table.grain}）", widths, head, body)


def _given(column: Column, value: object) -> Cell:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return Cell(value, Look.TWO if column.kind is Kind.AMOUNT else Look.WHOLE)
    return Cell(str(value or ""))


def _meanings(table: Table) -> Grid:
    body = [
        [Cell(column.label), Cell("必填" if column.required else "可空", Look.CENTRE), Cell(_content(column)),
         Cell("" if column.required else column.null_means), Cell(column.note)]
        for column in table.columns
    ]  # fmt: skip
    return Grid("填表说明", f"{table.label}：填表说明", (22, 8, 44, 26, 60),
                [[Cell(name, Look.HEAD) for name in ("列", "必填", "填什么", "留空表示", "说明")]], body)  # fmt: skip


def _content(column: Column) -> str:
    if column.codes is not None:
        return "、".join(column.codes.labels.values())
    return _KINDS[column.kind] + (f"，单位{column.printed_unit}" if column.printed_unit else "")
