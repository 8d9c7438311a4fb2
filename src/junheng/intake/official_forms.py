"""官方竖排表: draw the school form and the county form as printed, filled from rows of facts.

Rows are in stored units; money is written in the unit the form prints (万元). Lines beyond the official ones are
written only when they have a value, below the official lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from functools import cache
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from junheng.common.units import M2
from junheng.tables import Column, Kind, table
from junheng.tables.county import FORM_COLUMN_NAMES
from junheng.tables.judgement import JUDGEMENT
from junheng.tables.school import FORM_COLUMN_BASES

SCHOOL_SHEET, COUNTY_SHEET, JUDGEMENT_SHEET = "学校填报数据", "区县填报数据", "评定表"
HEADER = ("序号", "类别", "填报项目", "单位", "填报值", "是否必填", "备注说明")
_WIDTHS = (6, 16, 46, 16, 16, 10, 36)
_CLAIMS = ("visiting_", "leased_sport_", "other_sport_")
_FORM_WORDS = {"311": "初中", "312": "九年一贯制", "345": "十二年一贯制"}  # the choices the form itself prints
_LEVELS = {1: "Ⅰ", 2: "Ⅱ", 3: "Ⅲ", 4: "Ⅳ"}
_UNIT_CELLS = {"school_year": "", "school_type": "小学/初中/九年一贯制/十二年一贯制/完全中学"}
_NOTES = {"primary_quota_yuan": "市级1150", "junior_quota_yuan": "市级1350"}
_INJECTING = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_CREATED = datetime(2025, 9, 1)  # the same row always gives the same bytes


@cache
def official_columns(table_name: str) -> tuple[Column, ...]:
    """The lines the official form prints, in its order: 68 for the school, 20 for the county."""
    if table_name == "county":
        return tuple(column for column in table("county").columns if column.name in FORM_COLUMN_NAMES and column.required)
    return tuple(
        column
        for column in table("school").columns
        if (column.base or column.name) in FORM_COLUMN_BASES
        and (column.required or (column.stage is None and column.name.startswith(_CLAIMS)))
    )


def write_school_form(path: Path, row: Mapping[str, object]) -> None:
    """One school's workbook. row: a row of the school table; absent and None are blank cells."""
    with _workbook(path) as workbook:
        _write_form(workbook, SCHOOL_SHEET, "school", row)


def write_county_form(
    path: Path, row: Mapping[str, object], judgements: Sequence[Mapping[str, object]] = ()
) -> None:
    """The county's workbook; judgements: rows of the judgement table, written to a sheet 评定表 when there are any."""
    with _workbook(path) as workbook:
        _write_form(workbook, COUNTY_SHEET, "county", row)
        if judgements:
            _write_judgements(workbook, judgements)


def _workbook(path: Path) -> xlsxwriter.Workbook:
    workbook = xlsxwriter.Workbook(path, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    workbook.set_properties({"created": _CREATED})
    return workbook


def _write_form(workbook: xlsxwriter.Workbook, name: str, table_name: str, row: Mapping[str, object]) -> None:
    sheet = workbook.add_worksheet(name)
    bold, quoted = workbook.add_format({"bold": True}), workbook.add_format({"quote_prefix": True})
    for index, width in enumerate(_WIDTHS):
        sheet.set_column(index, index, width)
    sheet.freeze_panes(1, 0)
    sheet.write_row(0, 0, HEADER, bold)
    for number, column in enumerate(_lines(table_name, row), 1):
        sheet.write_number(number, 0, number)
        for index, text in enumerate((column.group, column.label, _unit_cell(column)), 1):
            sheet.write_string(number, index, text)
        _write_value(sheet, number, 4, as_filled(column, row.get(column.name)), quoted)
        sheet.write_string(number, 5, "是" if column.required else "否")
        sheet.write_string(number, 6, _NOTES.get(column.name, column.note))


def _lines(table_name: str, row: Mapping[str, object]) -> Iterable[Column]:
    official = official_columns(table_name)
    yield from official
    names = {column.name for column in official}
    for column in table(table_name).columns:
        if column.name not in names and row.get(column.name) is not None:
            yield column


def _unit_cell(column: Column) -> str:
    if column.kind is Kind.FLAG:
        return "是/否"
    if column.unit is M2:
        return "平方米"
    return _UNIT_CELLS.get(column.name, column.printed_unit)


def as_filled(column: Column, value: object) -> str | float | int | None:
    """A stored value as a person fills it in: 125000 元 → 12.5 (万元), True → "是", "312" → "九年一贯制"."""
    if value is None or value == "":
        return None
    if column.kind is Kind.FLAG:
        return "是" if value else "否"
    if column.kind is Kind.LEVEL and isinstance(value, int):
        return _LEVELS.get(value, str(value))
    if column.codes is not None:
        return _FORM_WORDS.get(str(value)) or column.codes.labels.get(str(value), str(value))
    if isinstance(value, int | float):
        factor = column.unit.factor(column.printed_unit)
        if factor in (None, Decimal(1)):
            return value
        return float(Decimal(str(value)) / Decimal(factor or 1))
    return str(value)


def _write_value(sheet: Worksheet, row: int, column: int, value: str | float | int | None, quoted: Format) -> None:
    if isinstance(value, str):
        # A string cell is never a formula; the quote prefix keeps it text when somebody edits or re-exports it.
        sheet.write_string(row, column, value, quoted if value.startswith(_INJECTING) else None)
    elif value is not None:
        sheet.write_number(row, column, value)


def _write_judgements(workbook: xlsxwriter.Workbook, judgements: Sequence[Mapping[str, object]]) -> None:
    sheet = workbook.add_worksheet(JUDGEMENT_SHEET)
    bold, quoted = workbook.add_format({"bold": True}), workbook.add_format({"quote_prefix": True})
    columns = [column for column in JUDGEMENT.columns if column.name != "county_code"]
    sheet.set_column(0, len(columns) - 1, 24)
    sheet.write_row(0, 0, [column.label for column in columns], bold)
    for number, judgement in enumerate(judgements, 1):
        for index, column in enumerate(columns):
            _write_value(sheet, number, index, as_filled(column, judgement.get(column.name)), quoted)
