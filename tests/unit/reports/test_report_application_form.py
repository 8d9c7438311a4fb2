"""The national application form: official layout, rounding for display alone, blanks as 未报."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import docx
import openpyxl
import pytest
from openpyxl.cell import Cell, MergedCell
from openpyxl.worksheet.worksheet import Worksheet
from sample_county import COUNTY_CODE, sample_facts, sample_findings, sample_verdict

from junheng.policy import resolve
from junheng.reports.application_form import application_grids, write_application_form
from junheng.reports.application_form_docx import write_application_form_docx
from junheng.reports.application_sentences import conclusion_text
from junheng.reports.application_tables import remark
from junheng.reports.context import CountyReport

SHEETS = ["表Ⅰ", "表Ⅱ-1", "表Ⅱ-2", "表Ⅲ", "表Ⅳ", "表Ⅴ", "表Ⅵ"]


@pytest.fixture(scope="module")
def report() -> CountyReport:
    facts = sample_facts()
    policy = resolve("quality_balance_2017", COUNTY_CODE, date(2025, 9, 1))
    return CountyReport(sample_verdict(facts), facts, sample_findings(), policy)


@pytest.fixture(scope="module")
def book(report: CountyReport, tmp_path_factory: pytest.TempPathFactory) -> openpyxl.Workbook:
    path = tmp_path_factory.mktemp("form") / "申报表.xlsx"
    write_application_form(path, application_grids(report))
    return openpyxl.load_workbook(path)


def _rows(sheet: Worksheet) -> list[list[object]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_the_seven_tables_stand_in_printed_order(book: openpyxl.Workbook) -> None:
    assert book.sheetnames == SHEETS
    assert all(sheet.page_setup.orientation == "landscape" for sheet in book)
    assert {sheet.title: sheet.page_setup.paperSize for sheet in book}["表Ⅱ-2"] == 8
    assert all(sheet.print_title_rows for sheet in book)


def test_table_1_has_the_merged_header_and_24_columns(book: openpyxl.Workbook) -> None:
    sheet = book["表Ⅰ"]
    merged = {str(each) for each in sheet.merged_cells.ranges}
    assert {"A3:D3", "E3:H3", "I3:M3", "N3:N5", "U4:V4", "W4:X4"} <= merged
    assert [cell.value for cell in sheet[6]] == [f"L{n}" for n in range(1, 25)]
    figures = [cell.value for cell in sheet[7]]
    assert figures[0] == pytest.approx(52.34)
    assert figures[5] == "未报"
    assert figures[18:20] == [3190, 2735]
    assert sheet["V7"].number_format == '0"（缺1校）"'


def test_table_2_2_keeps_unrounded_numbers_under_two_decimals(book: openpyxl.Workbook, report: CountyReport) -> None:
    sheet = book["表Ⅱ-2"]
    rows: dict[str, tuple[Cell | MergedCell, ...]] = {}
    for row in sheet.iter_rows(min_row=5):
        if isinstance(row[0].value, int):
            rows.setdefault(str(row[1].value), row)
    split = rows["示例九年一贯制学校"]
    value = report.verdict.stages["primary"].schools[4].indicators[3].value
    assert split[9].value == pytest.approx(value, abs=0)
    assert split[9].number_format == "0.00"
    assert '=HYPERLINK("http://x")</script><b>小学' in rows
    assert rows['=HYPERLINK("http://x")</script><b>小学'][11].value == "未报"
    assert rows['=HYPERLINK("http://x")</script><b>小学'][13].value == "待定"


def test_the_remark_names_what_passes_and_what_reaches_85_percent(report: CountyReport) -> None:
    schools = {s.name: s for s in report.verdict.stages["primary"].schools}
    assert remark(schools["示例二小学"].indicators) == "第1、4、5、6、7项达标；第3项达到85%；第2项不足85%"
    assert "第3项依例外达标，截止日待核" in remark(schools["示例镇青山小学"].indicators)
    assert "第2、3项学段折算" in remark(schools["示例九年一贯制学校"].indicators)


def test_the_note_of_table_2_2_counts_the_listed_schools(book: openpyxl.Workbook) -> None:
    note = next(str(row[0]) for row in _rows(book["表Ⅱ-2"]) if str(row[0]).startswith("注：1."))
    assert "小学学校总数 6 所（其中：一贯制学校的小学部有 2 所，50人及以上教学点有 0 个）" in note
    assert "完全中学的初中部 1 所" in note


def test_table_3_shows_means_with_two_and_cv_with_three_decimals(book: openpyxl.Workbook) -> None:
    sheet = book["表Ⅲ"]
    assert sheet["C5"].number_format == "0.00"
    assert sheet["C6"].number_format == "0.000"
    assert sheet["H5"].value == sheet["H6"].value == "未报"
    assert sheet["J5"].value == "——"


def test_sentences_carry_the_figures_and_say_what_is_missing(report: CountyReport) -> None:
    told = {key: conclusion_text(report, each) for key, each in report.verdict.criteria.items()}
    assert "特殊教育学校公用经费为 126.40 万元，特殊教育学生数为 158 人，特殊教育学校生均公用经费为 8,000 元" in told["special_education_funding"]
    assert "在公办学校就读 600 人，在政府购买服务的民办学校就读 12 人，合计 612 人，占比 95.6%" in told["migrant_children"]
    assert "数学Ⅲ 级、校际差异率 0.149；科学未报、校际差异率 未报" in told["national_monitoring"]
    assert "超过 45 人的小学班级 未报 个" in told["class_size"]
    assert told["layout"].startswith("评定：达标（督导室，2025-10-12）")
    assert told["workload"] == "待评定：无过重课业负担"


def test_table_6_gives_satisfaction_and_leaves_parents_unreported(book: openpyxl.Workbook) -> None:
    rows = {str(row[0].value): row for row in book["表Ⅵ"].iter_rows(min_row=7)}
    assert rows["计"][4].value == pytest.approx(1911 / 2032 * 100)
    assert rows["其中：家长"][1].value == "未报"


def test_the_document_has_the_same_tables_in_named_fonts(report: CountyReport, tmp_path: Path) -> None:
    path = tmp_path / "申报表.docx"
    write_application_form_docx(path, application_grids(report))
    document = docx.Document(str(path))
    assert len(document.tables) == 7
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (297, 210)
    xml = document.element.xml
    assert all(f'w:eastAsia="{font}"' in xml for font in ("方正小标宋简体", "仿宋", "黑体"))
    assert "<b>小学" not in xml
