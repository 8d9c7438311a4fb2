"""打开表格: .xlsx, .xls and .csv as plain grids of cells with their addresses."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from python_calamine import CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from junheng.intake import guards
from junheng.intake.formulas import Broken, broken_formulas

WORKBOOK_SUFFIXES = (".xlsx", ".xls", ".xlsm", ".xltx", ".xlt", ".et")
TEXT_SUFFIXES = (".csv", ".tsv")
_BLANK_CELLS: tuple[tuple[tuple[int, int], tuple[int, int]], ...] = ()


@dataclass
class Sheet:
    """One sheet. rows: all cells from A1 on, "" where empty; hidden: not visible when the workbook is opened.

    broken: cells whose formula has no usable value, "E5" → "missing" or the error sign.
    """

    name: str
    rows: list[list[object]]
    hidden: bool = False
    broken: dict[str, Broken] = field(default_factory=dict)
    source: CalamineSheet | None = None

    @cached_property
    def merged(self) -> Sequence[tuple[tuple[int, int], tuple[int, int]]]:
        """Merged ranges as ((first row, first column), (last row, last column)), counted from 0."""
        return (self.source.merged_cell_ranges if self.source is not None else None) or _BLANK_CELLS


def column_letters(index: int) -> str:
    """0 → "A", 26 → "AA"."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


_LETTERS = tuple(column_letters(index) for index in range(702))


def cell_address(row: int, column: int) -> str:
    """(0, 4) → "E1"."""
    letters = _LETTERS[column] if column < 702 else column_letters(column)
    return f"{letters}{row + 1}"


def read_sheets(data: bytes, suffix: str) -> list[Sheet]:
    """All sheets of a file, in its order. Raises RejectedFileError when it must not or cannot be read."""
    guards.check_size(len(data))
    if suffix in TEXT_SUFFIXES and not data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return [_read_text(data)]
    with_formulas = guards.check_container(data, suffix)
    try:
        sheets = _read_workbook(data)
        broken = broken_formulas(data, with_formulas)
    except guards.RejectedFileError:
        raise
    except PasswordError as error:
        raise guards.encrypted() from error
    except BaseException as error:
        # calamine answers some malformed files with a Rust panic, which is not an Exception.
        if isinstance(error, Exception) or type(error).__name__ == "PanicException":
            raise guards.unreadable() from error
        raise
    for sheet in sheets:
        sheet.broken = broken.get(sheet.name, {})
    return sheets


def _read_workbook(data: bytes) -> list[Sheet]:
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
    sheets = []
    for meta in workbook.sheets_metadata:
        if meta.typ is not SheetTypeEnum.WorkSheet:
            continue
        source = workbook.get_sheet_by_name(meta.name)
        last_row, last_column = source.end or (0, 0)
        if last_column >= guards.MAX_COLUMNS:
            raise guards.too_many_columns()
        if (last_row + 1) * (last_column + 1) > guards.MAX_CELLS:
            raise guards.RejectedFileError("E-far-cell", f"工作表“{meta.name}”大到无法读入", "请删去右侧和下方多余的行、列后重新保存")
        rows: list[list[object]] = source.to_python(skip_empty_area=False)  # type: ignore[assignment]
        hidden = meta.visible is not SheetVisibleEnum.Visible
        sheets.append(Sheet(meta.name, rows, hidden, source=source))
    return sheets


def _read_text(data: bytes) -> Sheet:
    text = _decode(data)
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(",\t;", key=first.count)
    if any(line.count(delimiter) >= guards.MAX_COLUMNS for line in text.splitlines()):
        raise guards.too_many_columns()
    try:
        rows: list[list[object]] = [list(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)]
    except csv.Error as error:
        raise guards.unreadable() from error
    if not any(cell for row in rows for cell in row):
        raise guards.RejectedFileError("E-empty-file", "文件里没有任何内容", "请重新上报这份文件")
    return Sheet("", rows)


def _decode(data: bytes) -> str:
    encodings = ["utf-16"] if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise guards.RejectedFileError("E-not-a-spreadsheet", "文件不是文本表格（CSV）", "请在 Excel 或 WPS 中另存为 .xlsx 后上报")
