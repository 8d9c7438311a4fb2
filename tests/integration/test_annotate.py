"""The user's own workbook comes back: same layout, a comment on every faulty cell, and a list with links."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter
from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell

from junheng.common.errors import IntakeError
from junheng.common.findings import Finding, Level, Place
from junheng.intake.annotate import AUTHOR, LEFT_OVER_FILE, annotate
from junheng.intake.finding_sheet import RESULT_SHEET

SHEET = "学校填报数据"


def a_finding(file: str, sheet: str, cell: str, message: str = "“甲”为 41，多于“乙”38。", level: Level = Level.ERROR) -> Finding:
    return Finding(level, "E-some-rule", Place(file, sheet, cell), message, "请核对两项，或在备注说明。", "a_column")


def a_form(path: Path) -> None:
    """A form with everything that could be lost: styles, widths, merged cells, a validation, a formula, a comment."""
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet(SHEET)
        bold = workbook.add_format({"bold": True, "bg_color": "#D9E1F2", "border": 1})
        sheet.merge_range("A1:G1", "学校填报表", bold)
        sheet.set_column("C:C", 46)
        sheet.write("C3", "网络多媒体教室间数", bold)
        sheet.write("E3", 41, workbook.add_format({"num_format": "#,##0", "align": "right"}))
        sheet.write("E4", "是")
        sheet.write_formula("E5", "=E3*2", None, 82)
        sheet.merge_range("E6:F6", "合并的值")
        sheet.data_validation("E4", {"validate": "list", "source": ["是", "否"]})
        sheet.write_comment("E4", "原有批注")


def sheet_and_cell(path: Path, address: str) -> Cell:
    cell: Cell = load_workbook(path)[SHEET][address]
    return cell


@pytest.fixture
def returned(tmp_path: Path) -> Path:
    (tmp_path / "in" / "甲镇").mkdir(parents=True)
    a_form(tmp_path / "in" / "甲镇" / "甲小学.xlsx")
    name = "甲镇/甲小学.xlsx"
    findings = [
        a_finding(name, SHEET, "E3"),
        a_finding(name, SHEET, "E3", "“甲”同比增加 40.0%。", Level.WARNING),
        a_finding(name, SHEET, "E4", "“是否寄宿制”填“是”。", Level.WARNING),
        a_finding(name, SHEET, "F6", "合并单元格里的值有误。"),
        a_finding(name, "", "", "整张表缺少“学校代码”。"),
    ]
    (written,) = annotate(tmp_path / "in", findings, tmp_path / "out")
    assert written == tmp_path / "out" / "甲镇" / "甲小学.xlsx"
    return written


def test_the_layout_is_the_users_own(returned: Path) -> None:
    sheet = load_workbook(returned)[SHEET]
    assert {str(merged) for merged in sheet.merged_cells.ranges} == {"A1:G1", "E6:F6"}
    assert sheet.column_dimensions["C"].width == pytest.approx(46.7, abs=0.1)
    assert sheet["C3"].font.bold
    assert sheet["E3"].number_format == "#,##0"
    assert sheet["E5"].value == "=E3*2"
    assert [str(validation.sqref) for validation in sheet.data_validations.dataValidation] == ["E4"]


def test_every_faulty_cell_has_a_readable_comment_and_a_light_fill(returned: Path) -> None:
    cell = sheet_and_cell(returned, "E3")
    assert cell.comment is not None
    assert "错误：“甲”为 41" in cell.comment.text
    assert "提醒：“甲”同比增加" in cell.comment.text
    assert cell.fill.fgColor.rgb == "FFFBE0DA"
    assert (cell.value, cell.alignment.horizontal) == (41, "right")


def test_a_comment_that_was_there_before_stays(returned: Path) -> None:
    comment = sheet_and_cell(returned, "E4").comment
    assert comment is not None
    assert comment.text.startswith("原有批注")
    assert "是否寄宿制" in comment.text


def test_a_cell_that_is_merged_away_is_commented_where_it_shows(returned: Path) -> None:
    assert sheet_and_cell(returned, "E6").comment is not None


def test_all_findings_are_listed_with_links_also_those_without_a_cell(returned: Path) -> None:
    sheet = load_workbook(returned)[RESULT_SHEET]
    assert sheet["A1"].value == "校核结果：3 项错误，2 项提醒"
    rows = list(sheet.iter_rows(min_row=4))
    links = {row[3].value: row[2].hyperlink.location if row[2].hyperlink else None for row in rows}
    assert len(links) == 5
    assert links["“甲”为 41，多于“乙”38。"] == f"'{SHEET}'!E3"
    assert links["整张表缺少“学校代码”。"] is None


def test_annotating_the_returned_workbook_again_forgets_what_was_mended(returned: Path, tmp_path: Path) -> None:
    left = a_finding("甲小学.xlsx", SHEET, "E4", "“是否寄宿制”填“是”。")
    (again,) = annotate(returned.parent, [left], tmp_path / "again")
    workbook = load_workbook(again)
    assert workbook.sheetnames == [SHEET, RESULT_SHEET]
    assert workbook[SHEET]["E3"].comment is None
    assert workbook[SHEET]["E3"].fill.fill_type is None
    comment = workbook[SHEET]["E4"].comment
    assert comment is not None
    assert comment.text.count("是否寄宿制") == 1
    assert comment.text.startswith("原有批注")


def test_a_text_file_comes_back_as_a_workbook_and_its_formulas_as_text(tmp_path: Path) -> None:
    source = tmp_path / "汇总.csv"
    source.write_bytes('学校名称,学生人数\r\n=HYPERLINK("http://x"),五十\r\n'.encode("gb18030"))
    (written,) = annotate(source, [a_finding("汇总.csv", "", "B2")], tmp_path / "out")
    assert written.name == "汇总.csv.xlsx"
    sheet = load_workbook(written).worksheets[0]
    assert (sheet["A2"].value, sheet["A2"].data_type, sheet["A2"].quotePrefix) == ('=HYPERLINK("http://x")', "s", True)
    assert sheet["B2"].comment is not None


def test_text_of_a_finding_is_never_a_formula(tmp_path: Path) -> None:
    (written,) = annotate(tmp_path, [a_finding("", "", "", "=cmd|'/c calc'!A1")], tmp_path.parent / "out-formula")
    cell = load_workbook(written)[RESULT_SHEET]["D4"]
    assert (cell.data_type, cell.quotePrefix) == ("s", True)


def test_findings_of_files_that_cannot_be_opened_are_listed_in_a_workbook_of_their_own(tmp_path: Path) -> None:
    source = tmp_path / "in"
    source.mkdir()
    (source / "坏.xlsx").write_bytes(b"PK\x03\x04 torn")
    findings = [a_finding("坏.xlsx", "", "", "文件损坏。"), a_finding("不在.xlsx", SHEET, "E3")]
    (written,) = annotate(source, findings, tmp_path / "out")
    assert written.name == LEFT_OVER_FILE
    places = [row[2].value for row in load_workbook(written)[RESULT_SHEET].iter_rows(min_row=4)]
    assert places == [f"《不在.xlsx》{SHEET} E3", "《坏.xlsx》"]


def test_the_copies_may_not_replace_the_originals(tmp_path: Path) -> None:
    with pytest.raises(IntakeError, match="另选一个文件夹"):
        annotate(tmp_path, [], tmp_path)


def test_a_workbook_without_findings_is_not_returned(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    Workbook().save(tmp_path / "in" / "好.xlsx")
    assert annotate(tmp_path / "in", [], tmp_path / "out") == []


def test_the_author_of_our_comments_is_named(returned: Path) -> None:
    comment = sheet_and_cell(returned, "E3").comment
    assert comment is not None
    assert comment.author == AUTHOR
