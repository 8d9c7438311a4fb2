"""A table on paper, as plain data: what is printed where. Drawn by `xlsx` and by `docx_parts`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import NamedTuple

NOT_REPORTED = "未报"


class Look(StrEnum):
    """How a cell is drawn. Figures are stored unrounded; the look alone rounds them."""

    HEAD = "head"
    TEXT = "text"
    CENTRE = "centre"
    WHOLE = "whole"
    ONE = "one"
    TWO = "two"
    THREE = "three"

    @property
    def decimals(self) -> int:
        """Decimal places a figure is shown with."""
        return {"one": 1, "two": 2, "three": 3}.get(self.value, 0)

    @property
    def is_figure(self) -> bool:
        return self in (Look.WHOLE, Look.ONE, Look.TWO, Look.THREE)


class Cell(NamedTuple):
    """One printed cell. value None prints 未报; rows, cols: how far it reaches; after: words behind a figure."""

    value: float | str | None
    look: Look = Look.TEXT
    rows: int = 1
    cols: int = 1
    after: str = ""


COVERED = None
"""A place that a neighbouring cell reaches over."""

Line = Sequence[Cell | None]


@dataclass(frozen=True)
class Grid:
    """One table: a title, header lines, body lines and notes. widths: of the columns, in Latin characters.

    head, body: lines of equal length, COVERED where a cell to the left or above reaches. notes: below the table.
    subtitle: a line between title and table.
    """

    name: str
    title: str
    widths: tuple[float, ...]
    head: Sequence[Line]
    body: Sequence[Line]
    notes: tuple[str, ...] = ()
    a3: bool = False
    subtitle: str = ""


def head_lines(columns: int, *boxes: tuple[str, str]) -> list[list[Cell | None]]:
    """Header lines from boxes ("A1:D1", "自然情况"), written as on the form; row 1 is the first header line."""
    lines: list[list[Cell | None]] = []
    for place, text in boxes:
        first, _, last = place.partition(":")
        column, row = _spot(first)
        last_column, last_row = _spot(last or first)
        while len(lines) <= last_row:
            lines.append([COVERED] * columns)
        lines[row][column] = Cell(text, Look.HEAD, last_row - row + 1, last_column - column + 1)
    return lines


def _spot(name: str) -> tuple[int, int]:
    letters = name.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return column - 1, int(name[len(letters) :]) - 1


def l_boxes(letters: str, row: int) -> list[tuple[str, str]]:
    """Boxes L1, L2 … under the columns named by `letters`, in header line `row`."""
    return [(f"{letter}{row}", f"L{number}") for number, letter in enumerate(letters, 1)]


def shown(cell: Cell) -> str:
    """What a cell says in print."""
    if cell.value is None:
        return NOT_REPORTED
    if isinstance(cell.value, str):
        return cell.value + cell.after
    return f"{round_half_up(cell.value, cell.look.decimals)}{cell.after}"


def round_half_up(value: float, decimals: int, *, thousands: bool = False) -> str:
    """Decimal text as Excel shows it: the shortest decimal of the number, halves away from zero."""
    exact = Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    if exact == 0:
        exact = abs(exact)
    return f"{exact:,f}" if thousands else f"{exact:f}"
