"""申报表.docx: the national application form as a document, A4 landscape, one table after another."""

from __future__ import annotations

from pathlib import Path

from junheng.reports.docx_parts import TITLE_FONT, paper, paragraph, save, table
from junheng.reports.grid import Grid

_CORE_WIDTH_MM = 257


def write_application_form_docx(path: Path, grids: tuple[Grid, ...]) -> None:
    """Write the same tables as `application_form` does, each on a page of its own."""
    pieces: list[str] = []
    for number, grid in enumerate(grids):
        wide = len(grid.widths) > 12
        pieces += (
            paragraph(grid.title, font=TITLE_FONT, size=16, align="center", indent=False, line=26, keep=True, page_break=number > 0),
            paragraph(grid.subtitle, size=10.5, align="center", indent=False, line=18, keep=True),
            table(grid, width_mm=_CORE_WIDTH_MM, size=7 if wide else 9),
            *(paragraph(note, size=9, indent=False, line=14) for note in grid.notes),
        )
    save(paper(landscape=True), pieces, path, title="义务教育优质均衡发展县（市、区）申报表")
