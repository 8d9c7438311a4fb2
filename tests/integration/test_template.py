"""Templates: filled in by a clerk, they are read back to the same facts."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner
from openpyxl.worksheet.worksheet import Worksheet

from junheng.cli.template import command
from junheng.intake.assemble import read_folder
from junheng.intake.model import Facts, Intake, Row
from junheng.intake.official_forms import as_filled
from junheng.intake.register_folder import roll_up_folder
from junheng.intake.release import freeze
from junheng.intake.template import TemplateKind, write_template
from junheng.intake.template_book import column_header
from junheng.synth.province import synthesise
from junheng.tables import Table, table

pytestmark = pytest.mark.filterwarnings("ignore:Data Validation extension:UserWarning")
CRITERIA = {"layout": "学校规划布局", "curriculum": "课程开齐开足"}


@pytest.fixture(scope="module")
def facts() -> Facts:
    return synthesise(county_count=1, seed=11, scale=0.15)[0].facts


def _fill(sheet: Worksheet, of: Table, rows: list[Row], *, first: int = 3, header: int = 2) -> None:
    by_header = {column_header(column): column for column in of.columns}
    for index, cell in enumerate(sheet[header], 1):
        column = by_header.get(str(cell.value))
        for number, row in enumerate(rows, first):
            if column is not None:
                value = row.get(column.name)
                filled = column.codes.labels[str(value)] if column.codes and value else as_filled(column, value)
                sheet.cell(number, index, filled)
            elif cell.value == "填报年度":
                sheet.cell(number, index, 2025)


def _same(found: list[Row], expected: list[Row], code: str) -> None:
    assert len(found) == len(expected)
    for row, other in zip(sorted(found, key=lambda r: str(r[code])), sorted(expected, key=lambda r: str(r[code])), strict=True):
        for name, value in other.items():
            if isinstance(value, float):
                assert row[name] == pytest.approx(value, rel=1e-12), name
            else:
                assert row[name] == value, name


def test_a_filled_school_template_is_read_back_whole(facts: Facts, tmp_path: Path) -> None:
    path = tmp_path / "学校.xlsx"
    write_template(TemplateKind.SCHOOL_WIDE, path)
    book = openpyxl.load_workbook(path)
    for name in ("填报表", "选填项目"):
        _fill(book[name], table("school"), facts.school)
    book.save(path)
    read = read_folder([tmp_path])
    _same(read.facts.school, facts.school, "school_code")
    assert read.facts.school_year == 2025
    assert not {finding.rule for finding in read.findings} & {"W-taken-for", "W-unrecognised-line", "E-two-claims", "E-duplicate-school"}
    assert read.left_out == []


def test_a_filled_county_template_and_judgements_are_read_back_whole(facts: Facts, tmp_path: Path) -> None:
    county = tmp_path / "区县.xlsx"
    write_template(TemplateKind.COUNTY, county)
    book = openpyxl.load_workbook(county)
    sheet = book["区县填报数据"]
    by_label = {column.label: column for column in table("county").columns}
    for line in sheet.iter_rows(min_row=2):
        column = by_label[str(line[2].value)]
        line[4].value = as_filled(column, facts.county[0].get(column.name))
    book.save(county)
    write_template(TemplateKind.JUDGEMENT, tmp_path / "评定.xlsx", criteria=CRITERIA)
    book = openpyxl.load_workbook(tmp_path / "评定.xlsx")
    for line, outcome in zip(book["评定表"].iter_rows(min_row=2), ("达标", "未达标"), strict=False):
        line[2].value, line[3].value = outcome, "县教发〔2025〕1号"
    book.save(tmp_path / "评定.xlsx")
    read = read_folder([tmp_path])
    _same(read.facts.county, facts.county, "county_code")
    assert [(row["criterion"], row["outcome"]) for row in read.facts.judgement] == [("curriculum", "fail"), ("layout", "pass")]
    assert not {finding.rule for finding in read.findings} & {"W-taken-for", "W-unrecognised-line"}


def test_a_blank_template_reports_nobody(tmp_path: Path) -> None:
    write_template(TemplateKind.SCHOOL_WIDE, tmp_path / "空.xlsx")
    assert read_folder([tmp_path], 2025).facts.school == []


@pytest.fixture
def prefilled(facts: Facts, tmp_path: Path) -> Path:
    facts.school[0]["school_name"] = "=HYPERLINK(\"http://x\")"
    release = freeze(Intake(facts), tmp_path / "releases", by="张三", when=datetime(2025, 9, 1, tzinfo=UTC))
    out = tmp_path / "in" / "明年.xlsx"
    result = CliRunner().invoke(command, ["--release", str(release.path), "--out", str(out)])
    assert result.exit_code == 0, result.output
    assert f"已预填 {len(facts.school)} 所学校" in result.output
    return out


def test_a_prefilled_template_lists_the_schools_and_shows_last_years_figures_beside(facts: Facts, prefilled: Path) -> None:
    read = read_folder([prefilled])
    assert {row["school_code"] for row in read.facts.school} == {row["school_code"] for row in facts.school}
    assert all(row["students_primary"] is None for row in read.facts.school)
    assert read.facts.school_year == 2026
    assert read.left_out == []
    book = openpyxl.load_workbook(prefilled)
    headers = [cell.value for cell in book["上年数据"][2]]
    assert headers == [cell.value for cell in book["填报表"][2]]
    column = headers.index("教学及辅助用房总面积（㎡）") + 1
    shown = [book["上年数据"].cell(row, column).value for row in range(3, 3 + len(facts.school))]
    assert sorted(shown) == pytest.approx(sorted(float(str(row["teach_aux_area_m2"])) for row in facts.school))


def test_a_name_that_looks_like_a_formula_stays_text(prefilled: Path) -> None:
    cells = [cell for sheet in openpyxl.load_workbook(prefilled) for row in sheet.iter_rows() for cell in row]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
    suspicious = [cell for cell in cells if str(cell.value).startswith("=HYPERLINK")]
    assert len(suspicious) == 3
    assert all(cell.quotePrefix for cell in suspicious)


def _sheets(tmp_path: Path) -> Iterator[Worksheet]:
    for kind in TemplateKind:
        path = tmp_path / f"{kind}.xlsx"
        write_template(kind, path, criteria=CRITERIA)
        yield from openpyxl.load_workbook(path)


def test_headers_are_locked_cells_are_open_and_choices_are_lists(tmp_path: Path) -> None:
    sheets = {sheet.title: sheet for sheet in _sheets(tmp_path)}
    filled = sheets["填报表"]
    headers = {str(cell.value): cell for cell in filled[2]}
    assert filled.protection.sheet
    assert headers["学校名称"].protection.locked
    assert filled.freeze_panes == "D3"
    code = filled.column_dimensions[headers["学校代码"].column_letter]
    assert (code.number_format, code.protection.locked) == ("@", False)
    rules = {str(each.sqref).split(":")[0]: each for each in filled.data_validations.dataValidation}
    assert rules[f"{headers['是否寄宿制'].column_letter}3"].formula1 == '"是,否"'
    assert rules[f"{headers['学校类型'].column_letter}3"].formula1.startswith("选项!")
    whole = rules[f"{headers['网络多媒体教室间数（间）'].column_letter}3"]
    assert (whole.type, whole.operator, whole.formula1) == ("whole", "greaterThanOrEqual", "0")
    assert sheets["选项"].sheet_state == "hidden"


def test_the_guide_explains_every_column(tmp_path: Path) -> None:
    write_template(TemplateKind.SCHOOL_WIDE, tmp_path / "a.xlsx")
    guide = openpyxl.load_workbook(tmp_path / "a.xlsx")["填表说明"]
    lines = {str(row[2].value): row for row in guide.iter_rows() if row[2].value}
    assert {column.label for column in table("school").columns} <= lines.keys()
    assert lines["校内其他体育场面积"][5].value == "不主张，不计入"
    assert "九年一贯制学校" in str(lines["学校类型"][6].value)


def test_filled_register_sheets_saved_as_csv_roll_up(tmp_path: Path) -> None:
    write_template(TemplateKind.REGISTERS, tmp_path / "名册.xlsx")
    book = openpyxl.load_workbook(tmp_path / "名册.xlsx")
    sheet = book["学生名册"]
    for index, text in enumerate(("S1", "210102", "2121000001", None, "小学", 1, "一班", "男", "否", "是", "否", "是"), 1):
        sheet.cell(2, index, text)
    (tmp_path / "csv").mkdir()
    with (tmp_path / "csv" / "学生名册.csv").open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(sheet.iter_rows(min_row=1, max_row=2, values_only=True))
    (row,) = roll_up_folder(tmp_path / "csv", 2025).facts.school
    assert (row["students_primary"], row["migrant_pupils_primary"], row["school_code"]) == (1, 1, "2121000001")


def test_an_existing_file_is_not_overwritten_unasked(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"mine")
    refused = CliRunner().invoke(command, ["--out", str(path)])
    assert refused.exit_code == 2
    assert path.read_bytes() == b"mine"
    assert CliRunner().invoke(command, ["--kind", "judgement", "--out", str(path), "--force"]).exit_code == 0
    assert any(row[1] and "（layout）" in str(row[1]) for row in openpyxl.load_workbook(path)["评定表"].values)
