"""Many workbooks of one layout: drawn once with XlsxWriter, then cast again and again with other texts.

Drawing a workbook anew costs several milliseconds, most of them for styles and packaging that never change; a county
has hundreds of schools, each with its own form.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape

from junheng.reports.grid import Cell, Grid, Line
from junheng.reports.text import clean
from junheng.reports.xlsx import Book, sheet_heights

_STRINGS, _SHEET = "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"
_MARK = re.compile("\ue000(\\d+)\ue001")
_HEIGHT = re.compile(r' ht="[\d.]+"')
_WHEN = (1980, 1, 1, 0, 0, 0)


class Mould:
    """A workbook of one sheet whose every cell is text. Casts differ in their texts and row heights alone."""

    def __init__(self, grid: Grid, *, title: str) -> None:
        drawn = BytesIO()
        with Book(drawn, title=title) as book:
            book.add(_marked(grid))
        with zipfile.ZipFile(drawn) as parts:
            content = {info.filename: parts.read(info).decode() for info in parts.infolist()}
        self._strings = _MARK.split(content.pop(_STRINGS).replace("<t>", '<t xml:space="preserve">'))
        self._rows = _HEIGHT.split(content.pop(_SHEET))
        self._common = _packed(b"", content)
        self._shape = _shape(grid)

    def cast(self, path: Path, grid: Grid) -> None:
        """Write a workbook for a grid of the same shape; ValueError for another shape."""
        if _shape(grid) != self._shape:
            raise ValueError("a cast must have the shape of its mould")
        texts = [escape(clean(text)) for text in _texts(grid)]
        strings = "".join(texts[int(piece)] if odd else piece for odd, piece in _alternating(self._strings))
        heights = (f' ht="{height:g}"' for height in sheet_heights(grid))
        sheet = self._rows[0] + "".join(height + piece for height, piece in zip(heights, self._rows[1:], strict=True))
        path.write_bytes(_packed(self._common, {_SHEET: sheet, _STRINGS: strings}))


def _packed(archive: bytes, parts: Mapping[str, str]) -> bytes:
    """The archive with more parts in it; dates are fixed, so that equal content gives equal files."""
    packed = BytesIO(archive)
    with zipfile.ZipFile(packed, "a", zipfile.ZIP_DEFLATED, compresslevel=3) as out:
        for name, text in parts.items():
            info = zipfile.ZipInfo(name, _WHEN)
            info.compress_type = zipfile.ZIP_DEFLATED
            out.writestr(info, text.encode())
    return packed.getvalue()


def _alternating(pieces: list[str]) -> Iterator[tuple[bool, str]]:
    return ((number % 2 == 1, piece) for number, piece in enumerate(pieces))


def _shape(grid: Grid) -> tuple[object, ...]:
    lines = tuple(tuple(cell and (cell.rows, cell.cols, cell.look) for cell in line) for line in (*grid.head, *grid.body))
    return (grid.widths, bool(grid.subtitle), len(grid.notes), lines)


def _texts(grid: Grid) -> list[str]:
    """Every text of the grid in the order it is drawn; TypeError for a cell that is not text."""
    out = [grid.title, *([grid.subtitle] if grid.subtitle else [])]
    for line in (*grid.head, *grid.body):
        for cell in line:
            if cell is None:
                continue
            if not isinstance(cell.value, str):
                raise TypeError("a mould takes text alone")
            out.append(cell.value + cell.after)
    return [*out, *grid.notes]


def _marked(grid: Grid) -> Grid:
    """The grid with a numbered mark in place of every text."""
    marks = (f"\ue000{number}\ue001" for number in range(len(_texts(grid))))

    def line_of(line: Line) -> list[Cell | None]:
        return [cell and cell._replace(value=next(marks), after="") for cell in line]

    title = next(marks)
    subtitle = next(marks) if grid.subtitle else ""
    head, body = [line_of(line) for line in grid.head], [line_of(line) for line in grid.body]
    return Grid(grid.name, title, grid.widths, head, body, tuple(next(marks) for _ in grid.notes), a3=grid.a3, subtitle=subtitle)
