"""What both workbooks share: text cells that can never act as formulas."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import Any

import xlsxwriter

from junheng.reports.text import acts_as_formula, clean

_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
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

    def finish(self) -> bytes:
        self.book.close()
        return self._out.getvalue()
