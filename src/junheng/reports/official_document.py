"""What 公文 in the form of GB/T 9704 share beyond single pieces: numbered chapters, tables of words, whole sentences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from junheng.common.numerals import numeral
from junheng.reports.docx_parts import HEADING_FONT, paragraph, table
from junheng.reports.grid import Cell, Grid, Look, head_lines

CORE_WIDTH_MM = 156


def chapters(named: Iterable[tuple[str, Iterable[str]]]) -> list[str]:
    """一、二、…: every heading, then its pieces."""
    pieces: list[str] = []
    for number, (word, body) in enumerate(named, 1):
        pieces.append(paragraph(f"{numeral(number)}、{word}", font=HEADING_FONT, keep=True))
        pieces += body
    return pieces


def words_table(widths: tuple[float, ...], heads: tuple[str, ...], rows: Iterable[Sequence[str]], centred: tuple[int, ...] = ()) -> str:
    """A table of words across the core; centred: columns of figures and of single words."""
    head = head_lines(len(heads), *((f"{chr(65 + at)}1", text) for at, text in enumerate(heads)))
    body = [[Cell(text, Look.CENTRE if at in centred else Look.TEXT) for at, text in enumerate(row)] for row in rows]
    return table(Grid("", "", widths, head, body), width_mm=CORE_WIDTH_MM, size=10.5)


def sentence(text: str) -> str:
    """With its full stop; "" stays empty."""
    return text if not text or text[-1] in "。！？；" else f"{text}。"
