"""The workbook a template is drawn in: locked headers, dropdowns, checked numbers, explanations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path
from types import TracebackType

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from junheng.common.codes import CodeList
from junheng.intake.checks.thresholds import YEAR_ON_YEAR
from junheng.intake.official_forms import as_filled
from junheng.tables import Column, Kind

_OPTIONS = "选项"
_LAST_ROW = 5000
_INJECTING = ("=", "+", "-", "@", "\t", "\r", "\n")
_LEVELS = ["Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ"]
_FORM_HEADER = ("序号", "类别", "填报项目", "单位", "填报值", "是否必填", "上年数", "备注说明")
_TEXT_KINDS = (Kind.ID, Kind.TEXT, Kind.DATE)
_ALLOWED = {"format_columns": True, "format_rows": True, "sort": True, "autofilter": True, "insert_rows": True}

Values = Mapping[str, object]


class Book:
    """An XlsxWriter workbook with the formats and lists all templates share; a context manager that writes it."""

    def __init__(self, path: Path) -> None:
        self._book = xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False})
        base = {"font_name": "Microsoft YaHei", "font_size": 10, "valign": "vcenter"}
        head = {**base, "bold": True, "text_wrap": True, "align": "center", "border": 1, "border_color": "#BFBFBF"}
        self._group = self._book.add_format({**head, "bg_color": "#D9D9D9", "align": "left", "text_wrap": False})
        self._head = self._book.add_format({**head, "bg_color": "#F2F2F2"})
        self._must = self._book.add_format({**head, "bg_color": "#F2F2F2", "font_color": "#1F4E8C"})
        self._open = self._book.add_format({**base, "locked": False})
        self._open_text = self._book.add_format({**base, "locked": False, "num_format": "@"})
        self._quoted = self._book.add_format({**base, "locked": False, "num_format": "@", "quote_prefix": True})
        self._shown = self._book.add_format({**base, "font_color": "#7F7F7F", "bg_color": "#FAFAFA"})
        self._shown_quoted = self._book.add_format({**base, "font_color": "#7F7F7F", "bg_color": "#FAFAFA", "quote_prefix": True})
        self._plain = self._book.add_format({**base, "text_wrap": True})
        self._jump = self._book.add_format({"bg_color": "#FFF2CC"})
        self._lists: dict[str, str] = {}
        self._list_values: list[list[str]] = []

    def __enter__(self) -> Book:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if kind is None:
            self._write_lists()
            self._book.close()

    def data_sheet(self, name: str, columns: Sequence[Column], rows: Sequence[Values], *, frozen: int, compare_with: str = "") -> None:
        """One row per thing. compare_with: a sheet of the same layout; numbers that jump against it turn yellow."""
        sheet, first = self._table(name, columns, frozen)
        for index, column in enumerate(columns):
            cells = (first, index, _LAST_ROW, index)
            text = column.kind in _TEXT_KINDS
            sheet.set_column(index, index, _width(column), self._open_text if text else self._open)
            self._validate(sheet, cells, column)
            if compare_with and column.kind in (Kind.COUNT, Kind.AMOUNT):
                self._mark_jumps(sheet, cells, f"'{compare_with}'!")
        for number, row in enumerate(rows, first):
            for index, column in enumerate(columns):
                self._write(sheet, number, index, column, row.get(column.name), self._open_text, self._quoted)
        sheet.protect("", _ALLOWED)

    def last_year_sheet(self, name: str, columns: Sequence[Column], rows: Sequence[Values], *, frozen: int) -> None:
        """Last year's figures in the same places, to look at."""
        sheet, first = self._table(name, columns, frozen)
        sheet.set_tab_color("#BFBFBF")
        for index, column in enumerate(columns):
            sheet.set_column(index, index, _width(column), self._shown)
            for number, row in enumerate(rows, first):
                self._write(sheet, number, index, column, row.get(column.name), self._shown, self._shown_quoted)
        sheet.protect("", {"format_columns": True, "format_rows": True})

    def form_sheet(self, name: str, columns: Sequence[Column], values: Values, last: Values) -> None:
        """One line per item, for a table that has one row."""
        sheet = self._book.add_worksheet(name)
        for index, (title, width) in enumerate(zip(_FORM_HEADER, (6, 20, 50, 10, 18, 10, 16, 30), strict=True)):
            sheet.set_column(index, index, width, self._plain)
            sheet.write_string(0, index, title, self._head)
        for number, column in enumerate(columns, 1):
            sheet.write_number(number, 0, number, self._plain)
            unit = "是/否" if column.kind is Kind.FLAG else column.printed_unit
            for index, text in ((1, column.group), (2, column.label), (3, unit), (5, "是" if column.required else "否"), (7, column.note)):
                sheet.write_string(number, index, text, self._plain)
            cell_format = self._open_text if column.kind in _TEXT_KINDS else self._open
            sheet.write_blank(number, 4, None, cell_format)
            self._write(sheet, number, 4, column, values.get(column.name), cell_format, self._quoted)
            self._write(sheet, number, 6, column, last.get(column.name), self._shown, self._shown_quoted)
            self._validate(sheet, (number, 4, number, 4), column)
        sheet.freeze_panes(1, 3)
        _print_on_one_width(sheet, 0)
        sheet.protect("", _ALLOWED)

    def guide(self, notes: Sequence[str], parts: Sequence[tuple[str, Sequence[Column]]]) -> None:
        """填表说明: how to fill in, then every column with its unit, whether it is required, and what a blank means."""
        sheet = self._book.add_worksheet("填表说明")
        for index, width in enumerate((14, 18, 48, 8, 8, 24, 70)):
            sheet.set_column(index, index, width, self._plain)
        for number, note in enumerate(notes):
            sheet.merge_range(number, 0, number, 6, f"{number + 1}. {note}", self._plain)
        top = len(notes) + 1
        for index, title in enumerate(("工作表", "类别", "填报项目", "单位", "必填", "空着表示", "填法")):
            sheet.write_string(top, index, title, self._head)
        lines = [(name, column) for name, columns in parts for column in columns]
        for number, (name, column) in enumerate(lines, top + 1):
            texts = (name, column.group, column.label, column.printed_unit, "是" if column.required else "否", column.null_means, how_to_fill(column))
            for index, text in enumerate(texts):
                sheet.write_string(number, index, text, self._plain)
        _print_on_one_width(sheet, top)
        sheet.protect("", {"format_columns": True, "format_rows": True})

    def _table(self, name: str, columns: Sequence[Column], frozen: int) -> tuple[Worksheet, int]:
        """A sheet with its header — 类别 merged over the items, where the columns have any — and its first data row."""
        sheet = self._book.add_worksheet(name)
        header = 1 if any(column.group for column in columns) else 0
        if header:
            sheet.set_row(0, 22)
            self._groups(sheet, columns)
        sheet.set_row(header, 48)
        for index, column in enumerate(columns):
            sheet.write_string(header, index, column_header(column), self._must if column.required else self._head)
        sheet.freeze_panes(header + 1, frozen)
        sheet.set_landscape()
        sheet.set_paper(8)  # A3
        sheet.repeat_rows(0, header)
        sheet.repeat_columns(0, frozen - 1)
        return sheet, header + 1

    def _groups(self, sheet: Worksheet, columns: Sequence[Column]) -> None:
        start = 0
        for group, members in groupby(columns, key=lambda column: column.group):
            end = start + len(list(members)) - 1
            if end > start:
                sheet.merge_range(0, start, 0, end, group, self._group)
            else:
                sheet.write_string(0, start, group, self._group)
            start = end + 1

    def _write(self, sheet: Worksheet, row: int, index: int, column: Column, value: object, text: Format, quoted: Format) -> None:
        """A string is never a formula; the quote prefix keeps it text when somebody edits or re-exports it."""
        filled = column.codes.labels.get(str(value), str(value)) if column.codes and value else as_filled(column, value)
        if isinstance(filled, str):
            sheet.write_string(row, index, filled, quoted if filled.startswith(_INJECTING) else text)
        elif filled is not None:
            sheet.write_number(row, index, filled, text if text is self._shown else self._open)

    def _mark_jumps(self, sheet: Worksheet, cells: tuple[int, int, int, int], other: str) -> None:
        here = xl_rowcol_to_cell(cells[0], cells[1])
        there = f"{other}{here}"
        jump = f"ABS({here}-{there})>{YEAR_ON_YEAR.value}*{there}"
        sheet.conditional_format(*cells, {
            "type": "formula", "criteria": f"=AND(ISNUMBER({here}),ISNUMBER({there}),{jump})", "format": self._jump,
        })  # fmt: skip

    def _validate(self, sheet: Worksheet, cells: tuple[int, int, int, int], column: Column) -> None:
        rule = self._rule(column)
        if rule is not None:
            sheet.data_validation(*cells, {
                **rule, "ignore_blank": True, "error_title": "请核对", "error_message": f"{column.label[:100]}：{how_to_fill(column)}"[:255],
            })  # fmt: skip

    def _rule(self, column: Column) -> dict[str, object] | None:
        if column.kind is Kind.FLAG:
            return {"validate": "list", "source": ["是", "否"]}
        if column.kind is Kind.LEVEL:
            return {"validate": "list", "source": _LEVELS}
        if column.codes is not None:
            return {"validate": "list", "source": self._list(column.codes)}
        if column.kind is Kind.COUNT:
            return {"validate": "integer", "criteria": ">=", "value": 0}
        if column.kind is Kind.AMOUNT:
            return {"validate": "decimal", "criteria": ">=", "value": 0}
        if column.kind is Kind.FRACTION:
            return {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 100}
        if column.kind is Kind.YEAR:
            return {"validate": "integer", "criteria": "between", "minimum": 1800, "maximum": 2100}
        return None

    def _list(self, codes: CodeList) -> str:
        """The range of a code list on the hidden sheet: a list longer than 255 letters cannot stand in the rule itself."""
        if codes.name not in self._lists:
            letter = xl_col_to_name(len(self._lists))
            self._lists[codes.name] = f"={_OPTIONS}!${letter}$2:${letter}${len(codes.labels) + 1}"
            self._list_values.append([codes.name, *codes.labels.values()])
        return self._lists[codes.name]

    def _write_lists(self) -> None:
        if self._list_values:
            sheet = self._book.add_worksheet(_OPTIONS)
            for index, values in enumerate(self._list_values):
                sheet.write_column(0, index, values)
            sheet.hide()


def _print_on_one_width(sheet: Worksheet, header: int) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(header)


def column_header(column: Column) -> str:
    """The header of a column: its label and the unit it is filled in, "教学仪器设备资产值（账面原值）（万元）"."""
    unit = "" if column.kind in (Kind.FLAG, Kind.YEAR) else column.printed_unit
    return f"{column.label}（{unit}）" if unit else column.label


def how_to_fill(column: Column) -> str:
    """How a column is filled in, in one Chinese phrase."""
    codes = "、".join(column.codes.labels.values()) if column.codes is not None else ""
    words = {
        Kind.COUNT: "填 0 或正整数", Kind.AMOUNT: f"填 0 或正数，单位{column.printed_unit}", Kind.FRACTION: "填小数（如 0.12）或百分数（如 12%）",
        Kind.FLAG: "选“是”或“否”", Kind.CODE: f"从下拉列表中选：{codes}", Kind.LEVEL: "选Ⅰ、Ⅱ、Ⅲ或Ⅳ", Kind.YEAR: "填四位年份，如 1998",
        Kind.TEXT: "填文字", Kind.DATE: "填日期，如 2025-09-01", Kind.ID: "填数字代码，按文本保存",
    }  # fmt: skip
    return f"{words[column.kind]}。{column.note}" if column.note else words[column.kind]


def _width(column: Column) -> float:
    if column.name in ("school_name", "criterion", "evidence"):
        return 30
    return 14 if column.kind in (Kind.ID, Kind.CODE, Kind.DATE) else 12
