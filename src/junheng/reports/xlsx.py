"""Draws grids into .xlsx workbooks with XlsxWriter: A4 or A3 landscape, repeated header, no formula ever."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from io import BytesIO
from pathlib import Path
from types import TracebackType
from typing import Any

import xlsxwriter

from junheng.reports.grid import NOT_REPORTED, Cell, Grid, Line
from junheng.reports.text import acts_as_formula, clean

_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
_BODY, _TITLE = "仿宋", "方正小标宋简体"
_LOOKS: dict[str, dict[str, object]] = {
    "head": {"font_name": "黑体", "align": "center", "text_wrap": True, "bg_color": "#F2F4F7"},
    "text": {"text_wrap": True},
    "centre": {"align": "center", "text_wrap": True},
    "whole": {"align": "right", "num_format": "0"},
    "one": {"align": "right", "num_format": "0.0"},
    "two": {"align": "right", "num_format": "0.00"},
    "three": {"align": "right", "num_format": "0.000"},
}  # fmt: skip
_BOX: dict[str, object] = {"font_name": _BODY, "font_size": 10.5, "border": 1, "valign": "vcenter"}
_LINE_POINTS = 15.0
_NARROWEST = 80.0
"""Notes below three narrow columns would run down the page: such a table is made as wide as this."""


class Book:
    """A workbook being written. Use as a context manager; grids become sheets in the order they are added."""

    def __init__(self, target: Path | BytesIO, *, title: str = "") -> None:
        path = str(target) if isinstance(target, Path) else target
        self._workbook: Any = xlsxwriter.Workbook(path, _OPTIONS)
        self._workbook.set_properties({"title": clean(title), "author": "均衡（Junheng）"})
        self._formats: dict[tuple[str, str, bool], Any] = {}
        text = {"quote_prefix": True}  # titles and notes begin with names people chose
        self._title = self._workbook.add_format(
            text | {"font_name": _TITLE, "font_size": 16, "align": "center", "valign": "vcenter", "text_wrap": True}
        )
        self._subtitle = self._workbook.add_format(text | {"font_name": _BODY, "font_size": 11, "align": "center"})
        self._note = self._workbook.add_format(text | {"font_name": _BODY, "font_size": 10, "text_wrap": True, "valign": "top"})

    def __enter__(self) -> Book:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._workbook.close()

    def add(self, grid: Grid, on_line: Callable[[int], None] = lambda done: None) -> None:
        """Draw one grid on a sheet of its own. on_line: is told after each line of the body how many are drawn."""
        sheet = self._workbook.add_worksheet(grid.name)
        for column, width in enumerate(drawn_widths(grid)):
            sheet.set_column(column, column, width)
        for row, height in enumerate(sheet_heights(grid)):
            sheet.set_row(row, height)
        last = len(grid.widths) - 1
        self._across(sheet, 0, last, grid.title, self._title)
        row = 1
        if grid.subtitle:
            self._across(sheet, row, last, grid.subtitle, self._subtitle)
            row += 1
        first_head = row
        for line in (*grid.head, *grid.body):
            for column, cell in enumerate(line):
                if cell is not None:
                    self._cell(sheet, row, column, cell)
            row += 1
            on_line(row - first_head - len(grid.head))
        for note in grid.notes:
            self._across(sheet, row, last, note, self._note)
            row += 1
        _print_setup(sheet, grid, first_head)

    def _across(self, sheet: Any, row: int, last: int, text: str, form: Any) -> None:
        if last:
            sheet.merge_range(row, 0, row, last, "", form)
        sheet.write_string(row, 0, clean(text), form)

    def _cell(self, sheet: Any, row: int, column: int, cell: Cell) -> None:
        value = cell.value
        text = "" if isinstance(value, float | int) else _text(cell)
        form = self._format(cell, text)
        if cell.rows > 1 or cell.cols > 1:
            sheet.merge_range(row, column, row + cell.rows - 1, column + cell.cols - 1, "", form)
        if isinstance(value, str) or value is None:
            if text:
                sheet.write_string(row, column, text, form)
            else:
                sheet.write_blank(row, column, None, form)
        else:
            sheet.write_number(row, column, value, form)

    def _format(self, cell: Cell, text: str) -> Any:
        quoted = acts_as_formula(text)
        key = (cell.look.value if cell.value is not None else "missing", cell.after, quoted)
        if key not in self._formats:
            look = dict(_LOOKS["centre"] if cell.value is None else _LOOKS[cell.look.value])
            if cell.value is None:
                look["font_color"] = "#7A4B00"
            if cell.look.is_figure and cell.after and cell.value is not None:
                look["num_format"] = f'{look["num_format"]}"{cell.after}"'
            if quoted:
                look["quote_prefix"] = True
            self._formats[key] = self._workbook.add_format(_BOX | look)
        return self._formats[key]


def _text(cell: Cell) -> str:
    return NOT_REPORTED if cell.value is None else clean(cell.value) + cell.after


def sheet_heights(grid: Grid) -> list[float]:
    """Heights of all rows of a grid's sheet, in points: title, subtitle, header, body, notes."""
    widths = drawn_widths(grid)
    notes = [_LINE_POINTS * lines_needed(note, sum(widths)) + 2.0 for note in grid.notes]
    return [30.0, *([20.0] if grid.subtitle else []), *line_heights(grid.head, widths), *line_heights(grid.body, widths), *notes]


def drawn_widths(grid: Grid) -> tuple[float, ...]:
    """Widths of the columns as drawn: as declared, or all wider by one factor where there are notes and no room for them."""
    wider = _NARROWEST / sum(grid.widths) if grid.notes else 1.0
    return tuple(width * max(1.0, wider) for width in grid.widths)


def line_heights(lines: Sequence[Line], widths: tuple[float, ...]) -> list[float]:
    """Row heights in points that show every text whole; a cell over several rows asks its last row for the rest."""
    heights = [18.0] * len(lines)
    for row, line in enumerate(lines):
        for column, cell in enumerate(line):
            if cell is None or isinstance(cell.value, float | int):
                continue
            room = max(2.0, sum(widths[column : column + cell.cols]) - 1.0)
            last = row + cell.rows - 1
            above = sum(heights[row:last])
            heights[last] = max(heights[last], _LINE_POINTS * lines_needed(_text(cell), room) + 3.0 - above)
    return heights


def lines_needed(text: str, room: float) -> int:
    """Lines a text takes in a column of `room` Latin characters; Chinese characters take two."""
    return sum(max(1, -(-int(_width(part) * 1.05) // int(room))) for part in text.split("\n"))


def _width(text: str) -> int:
    """Latin characters a text is wide: GBK spends one byte on a half-width and two on a full-width character."""
    return len(text.encode("gbk", "replace"))


def _print_setup(sheet: Any, grid: Grid, first_head: int) -> None:
    sheet.set_landscape()
    sheet.set_paper(8 if grid.a3 else 9)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    sheet.center_horizontally()
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C— &P —")
    below = first_head + len(grid.head)
    if grid.head:
        sheet.repeat_rows(first_head, below - 1)
        sheet.freeze_panes(below, 0)


def workbook_of(title: str, grids: Iterable[Grid]) -> bytes:
    """A workbook with a sheet for each grid."""
    out = BytesIO()
    with Book(out, title=title) as book:
        for each in grids:
            book.add(each)
    return out.getvalue()
