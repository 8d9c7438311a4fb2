"""方案报告: one plain shape for plans that are lists — a question, its answer, what to know first, tables — as page and workbook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from junheng.reports.grid import Cell, Grid, Line, Look, shown
from junheng.reports.page.render import write_page
from junheng.reports.text import clean
from junheng.reports.xlsx import Book

PAGE = "index.html"
Value = str | int | float | None
"""None prints 未报; what is open is said in words by the caller."""


@dataclass(frozen=True)
class Column:
    title: str
    width: float = 12.0
    look: Look = Look.TEXT


@dataclass(frozen=True)
class Section:
    """One table. name: of the sheet; title: the heading; note: a line above; on_page: rows the page shows at most (0 = the
    workbook only); in_book: whether the workbook has it. svg: a drawing above the table, made by us."""

    name: str
    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Value]]
    note: str = ""
    on_page: int = 200
    in_book: bool = True
    svg: str = ""


@dataclass(frozen=True)
class PlanReport:
    """proof: how good the plan is proven to be, "" when nothing was optimised. notes: what the reader must know first."""

    question: str
    eyebrow: str
    answer: str
    proof: str = ""
    notes: Sequence[str] = ()
    sections: Sequence[Section] = field(default_factory=tuple)
    method: Sequence[str] = ()
    footer: str = ""


def write_plan(folder: Path, report: PlanReport, book: str) -> tuple[Path, ...]:
    """Write index.html and the workbook into a folder that exists; returns their paths. book: file name."""
    write_page(folder / PAGE, "plan.html", _view(report))
    write_sections(folder / book, [each for each in report.sections if each.in_book], report.question, report.notes)
    return folder / PAGE, folder / book


def write_sections(path: Path, sections: Sequence[Section], title: str, notes: Sequence[str] = ()) -> None:
    """A workbook of these tables; the notes stand below the first."""
    with Book(path, title=title) as book:
        for at, section in enumerate(sections):
            below = tuple(clean(line) for line in ((section.note, *notes) if at == 0 else (section.note,)) if line)
            book.add(_grid(section, below))


def _grid(section: Section, notes: tuple[str, ...]) -> Grid:
    head: list[Line] = [[Cell(each.title, Look.HEAD) for each in section.columns]]
    return Grid(section.name, section.title, tuple(each.width for each in section.columns), head, [_cells(section, row) for row in section.rows], notes)


def _cells(section: Section, row: Sequence[Value]) -> list[Cell]:
    return [Cell(value, column.look) if not isinstance(value, str) else Cell(value, Look.CENTRE if column.look.is_figure else column.look)
            for column, value in zip(section.columns, row, strict=True)]  # fmt: skip


def _view(report: PlanReport) -> dict[str, Any]:
    return {
        "question": clean(report.question), "eyebrow": clean(report.eyebrow), "answer": clean(report.answer), "proof": clean(report.proof),
        "notes": [clean(each) for each in report.notes], "method": [clean(each) for each in report.method], "footer": clean(report.footer),
        "sections": [_section_view(each) for each in report.sections if each.on_page],
    }  # fmt: skip


def _section_view(section: Section) -> dict[str, Any]:
    kept = section.rows[: section.on_page]
    return {
        "title": clean(section.title), "note": clean(section.note), "svg": section.svg, "more": len(section.rows) - len(kept),
        "head": [(clean(each.title), each.look.is_figure) for each in section.columns],
        "rows": [[(clean(shown(cell)), column.look.is_figure, clean(column.title)) for cell, column in zip(_cells(section, row), section.columns, strict=True)]
                 for row in kept],
    }  # fmt: skip
