"""The tables of a page as grids for a workbook: every table a page shows, whole, its figures unrounded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from junheng.reports.grid import Cell, Grid, Line, Look
from junheng.reports.text import clean

Head = tuple[str, float]
"""A column's title and its width in Latin characters."""
NOT_KNOWN = "未知"


def grid(name: str, title: str, heads: Sequence[Head], rows: Iterable[Sequence[Cell]], *, notes: tuple[str, ...] = (), subtitle: str = "") -> Grid:
    """One table. name: of the sheet."""
    head: Line = [Cell(text, Look.HEAD) for text, _ in heads]
    return Grid(name, title, tuple(width for _, width in heads), [head], list(rows), notes, a3=sum(width for _, width in heads) > 140, subtitle=subtitle)


def said(text: object) -> Cell:
    """Words; an empty cell stays a dash, because an empty one in the workbook would read 未报."""
    return Cell(clean(text) or "—", Look.TEXT)


def figure(value: float | None, look: Look = Look.TWO, *, missing: str = NOT_KNOWN) -> Cell:
    """A number as it is, shown as the look rounds it; what is missing says so."""
    return Cell(missing, Look.CENTRE) if value is None else Cell(value, look)


def share(value: float | None) -> Cell:
    """A fraction as a percentage with one decimal."""
    return Cell("—", Look.CENTRE) if value is None else Cell(value * 100, Look.ONE, after="%")
