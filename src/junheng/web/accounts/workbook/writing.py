"""What both workbooks share: text cells that can never act as formulas."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from typing import Any

import xlsxwriter

from junheng.reports.text import acts_as_formula, clean

_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
_HEAD = {"bold": True, "border": 1, "bg_color": "#F2F2F2", "align": "center"}
_CELL = {"border": 1, "border_color": "#D9D9D9"}
_FONT = {"font_name": "Microsoft YaHei", "font_size": 11, "valign": "vcenter"}


class TextBook:
    """A workbook of text cells being written; `finish` gives its bytes."""

    def __init__(self) -> None:
        self._out = BytesIO()
        self.book = xlsxwriter.Workbook(self._out, _OPTIONS)
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}

    def look(self, **more: Any) -> Any:
        key = tuple(sorted(more.items()))
        if key not in self._formats:
            self._formats[key] = self.book.add_format({**_FONT, **more})
        return self._formats[key]

    def text(self, sheet: Any, row: int, column: int, value: object, look: Mapping[str, Any] | None = None) -> None:
        """One cell; what a spreadsheet would take for a formula keeps the quote mark that makes it text."""
        said = clean(value)
        if not said:
            sheet.write_blank(row, column, None, self.look(**(look or {})))
            return
        quoted = {"quote_prefix": True} if acts_as_formula(said) else {}
        sheet.write_string(row, column, said, self.look(**(look or {}), **quoted))

    def handed_out(self, name: str, note: str, columns: Sequence[tuple[str, float]], rows: Iterable[Sequence[str]]) -> Any:
        """A sheet that is cut up and given to people: on landscape A4, what to do with it above the heads."""
        sheet = self.book.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(1)
        sheet.merge_range(0, 0, 0, len(columns) - 1, "", self.look())
        self.text(sheet, 0, 0, note, {"text_wrap": True, "font_color": "#9C2A10"})
        sheet.set_row(0, 34)
        for index, (label, width) in enumerate(columns):
            sheet.set_column(index, index, width)
            self.text(sheet, 1, index, label, _HEAD)
        for number, texts in enumerate(rows, 2):
            for index, text in enumerate(texts):
                self.text(sheet, number, index, text, _CELL)
        sheet.freeze_panes(2, 0)
        return sheet

    def finish(self) -> bytes:
        self.book.close()
        return self._out.getvalue()
