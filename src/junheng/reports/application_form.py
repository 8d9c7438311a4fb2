"""申报表.xlsx: the national application form, 表Ⅰ–表Ⅵ."""

from __future__ import annotations

from pathlib import Path

from junheng.reports.application_sentences import table_4, table_5
from junheng.reports.application_tables import table_1, table_2_1, table_2_2, table_3, table_6
from junheng.reports.context import CountyReport
from junheng.reports.grid import Grid
from junheng.reports.xlsx import Book

TITLE = "义务教育优质均衡发展县（市、区）申报表"


def application_grids(report: CountyReport) -> tuple[Grid, ...]:
    """The form's tables in printed order."""
    return tuple(make(report) for make in (table_1, table_2_1, table_2_2, table_3, table_4, table_5, table_6))


def write_application_form(path: Path, grids: tuple[Grid, ...]) -> None:
    """Write the tables as sheets of one workbook."""
    with Book(path, title=TITLE) as book:
        for grid in grids:
            book.add(grid)
