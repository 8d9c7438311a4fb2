"""Small real workbooks for the reading tests, and what is in them."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import xlsxwriter

from junheng.intake.assemble import read_folder
from junheng.intake.model import Intake, Row
from junheng.intake.official_forms import HEADER, official_columns, write_county_form, write_school_form
from junheng.tables import Kind, table

SHARED_FORMS = Path(__file__).parents[3] / ".." / "shared" / "forms"
COUNTY: Row = {
    "county_name": "和平区", "county_code": "210102", "school_year": 2025, "primary_quota_yuan": 1150.0,
    "junior_quota_yuan": 1350.0, "special_school_funds_yuan": 812345.67, "special_school_pupils": 90,
    "teacher_pay_yuan": 123456.78, "civil_servant_pay_yuan": 120000.0, "rotation_eligible": 500, "rotated_teachers": 60,
    "rotated_backbone_teachers": 15, "senior_high_places": 1000, "senior_high_allocated": 600, "senior_high_allocated_rural": 100,
    "migrant_eligible": 300, "migrant_in_public": 280, "migrant_in_purchased": 10, "disabled_children": 40, "disabled_enrolled": 39,
}  # fmt: skip


def school(code: str = "2121001719", **values: object) -> Row:
    """A nine-year school with every line of the official form filled; `values` change some of them."""
    row: Row = {}
    for column in official_columns("school"):
        row[column.name] = {Kind.FLAG: False, Kind.COUNT: 5, Kind.AMOUNT: 1250.5, Kind.YEAR: 1998}.get(column.kind)
    row |= {"school_name": "沈阳市第一学校", "school_type": "312", "school_code": code, "students_primary": 166, "students_junior": 210,
            "equipment_value_yuan": 1234567.89}  # fmt: skip
    return row | values


def complete(table_name: str, row: Mapping[str, object]) -> Row:
    """The row with every column of its table."""
    return {column.name: row.get(column.name) for column in table(table_name).columns}


def county_folder(folder: Path, *schools: Row, county: Row = COUNTY, judgements: Sequence[Row] = ()) -> Path:
    """A folder with a county form and a form per school."""
    folder.mkdir(parents=True, exist_ok=True)
    write_county_form(folder / "区县填报表格.xlsx", county, judgements)
    for number, row in enumerate(schools, 1):
        write_school_form(folder / f"学校{number}.xlsx", row)
    return folder


def write_grid(path: Path, rows: Sequence[Sequence[object]], *, sheet: str = "Sheet1", merges: Sequence[str] = (), hidden: bool = False) -> Path:
    """A workbook with these cells; merges: ranges such as "B2:D2" that keep the text of their first cell."""
    with xlsxwriter.Workbook(path) as workbook:
        if hidden:
            workbook.add_worksheet("封面")
        page = workbook.add_worksheet(sheet)
        if hidden:
            page.hide()
        for number, row in enumerate(rows):
            for index, value in enumerate(row):
                if value not in ("", None):
                    page.write(number, index, value)
        for each in merges:
            first, _, _ = each.partition(":")
            row, column = xlsxwriter.utility.xl_cell_to_rowcol(first)
            page.merge_range(each, rows[row][column])
    return path


def vertical(lines: Sequence[tuple[str, str, object]]) -> list[list[object]]:
    """Rows of a vertical form from (label, unit, value)."""
    return [list(HEADER), *([number, "", *line, "是", ""] for number, line in enumerate(lines, 1))]


def rules(intake: Intake) -> list[str]:
    """The ids of what was found, apart from what was simply not filled in."""
    return [each.rule for each in intake.findings if each.rule != "W-not-reported"]


def change_zip(path: Path, changes: Mapping[str, bytes]) -> None:
    """Replaces or adds parts of an .xlsx."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (parts | dict(changes)).items():
            archive.writestr(name, content)


def part(path: Path, name: str = "xl/worksheets/sheet1.xml") -> bytes:
    with zipfile.ZipFile(path) as archive:
        return archive.read(name)


__all__ = ["COUNTY", "SHARED_FORMS", "change_zip", "complete", "county_folder", "part", "read_folder", "rules", "school", "vertical", "write_grid"]
