"""Tables with one row per school: single and merged headers, statistics tables, CSV, .xls."""

from __future__ import annotations

from pathlib import Path

import pytest
from intake_cases import COUNTY, county_folder, read_folder, rules, school, write_grid
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from junheng.intake.model import SourceKind, school_key
from junheng.intake.template import TemplateKind, write_template

MERGED = [
    ["2025年普通小学基本情况表"],
    ["学校\n标识码", "学校 名称", "办学类型", "在校学生数（人）", "", "", "专任教师数", "校舍建筑面积（㎡）", "", "运动场地\n面积（平方米）", "教学仪器设备资产值", "举办者"],
    ["", "", "", "计", "小学", "初中", "", "计", "其中：室内\n体育用房", "", "（万元）", ""],
    ["甲", "乙", "丙", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
    ["２１２１００１７１９", "一小", "九年一贯制学校", "３７６", 166, 210, "30", 5400.5, 320, "3,000", 12.5, "县级教育部门"],
    [2121001720, "二小", "小学", 500, 500, "", 28, 4000, 0, 2500, 30, "民办"],
    ["合计", "", "", 876, 666, 210, 58, 9400.5, 320, 5500, 42.5, ""],
    ["注：本表数据截至9月1日。"],
    ["填表人：", "某某", "审核人：", "某某"],
]
MERGES = ["A2:A3", "B2:B3", "C2:C3", "D2:F2", "G2:G3", "H2:I2", "J2:J3", "L2:L3"]


def _check_statistics(folder: Path) -> None:
    intake = read_folder([folder])
    first, second = intake.facts.school
    assert (first["school_code"], first["school_name"], first["school_type"], first["sponsor"]) == ("2121001719", "一小", "312", "7")
    assert (first["students_primary"], first["students_junior"], first["full_time_teachers"]) == (166, 210, 30)
    assert (first["building_area_m2"], first["indoor_pe_area_m2"], first["sport_field_area_m2"]) == (5400.5, 320.0, 3000.0)
    assert (second["school_code"], second["students_primary"], second["students_junior"], second["sponsor"]) == ("2121001720", 500, None, "10")
    assert first["equipment_value_yuan"] == 125000.0
    assert first["county_code"] == "210102"
    assert len(intake.facts.school) == 2
    assert SourceKind.STATISTICS_TABLE in [each.kind for each in intake.sources]
    assert [rule for rule in rules(intake) if rule.startswith("E-")] == []
    assert any("合计未采用" in line for line in intake.left_out)


def test_merged_headers_line_breaks_full_width_digits_totals_and_notes(tmp_path: Path) -> None:
    write_grid(county_folder(tmp_path) / "基础基.xlsx", MERGED, merges=MERGES)
    _check_statistics(tmp_path)


def test_a_gbk_csv_that_has_lost_its_merges(tmp_path: Path) -> None:
    county_folder(tmp_path)
    lines = [",".join(f'"{cell}"' for cell in row) for row in MERGED]
    (tmp_path / "基础基.csv").write_bytes("\r\n".join(lines).encode("gbk"))
    _check_statistics(tmp_path)


def test_an_old_xls(tmp_path: Path) -> None:
    xlwt = pytest.importorskip("xlwt", reason="xlwt is not installed; nothing else writes .xls")
    county_folder(tmp_path)
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("基础基")
    merged = {(1, 0, 2, 0), (1, 1, 2, 1), (1, 2, 2, 2), (1, 3, 1, 5), (1, 6, 2, 6), (1, 7, 1, 8), (1, 9, 2, 9), (1, 11, 2, 11)}
    for top, left, bottom, right in merged:
        sheet.write_merge(top, bottom, left, right, MERGED[top][left])
    for number, row in enumerate(MERGED):
        for index, value in enumerate(row):
            if value != "" and not any(t <= number <= b and le <= index <= r for t, le, b, r in merged):
                sheet.write(number, index, value)
    book.save(str(tmp_path / "基础基.xls"))
    _check_statistics(tmp_path)


def test_indoor_rooms_stand_for_the_sports_hall_that_statistics_tables_lack(tmp_path: Path) -> None:
    write_grid(county_folder(tmp_path) / "基础基.xlsx", MERGED, merges=MERGES)
    facts = read_folder([tmp_path]).facts
    assert facts.school[0]["gym_area_m2"] == 320.0
    assert "统计报表" in facts.cells["school", school_key(facts.school[0]), "gym_area_m2"].raw


def test_a_table_that_has_the_sports_hall_keeps_it_blank(tmp_path: Path) -> None:
    write_grid(county_folder(tmp_path) / "表.xlsx", [["学校代码", "学校名称", "学校体育馆面积", "校内体育场面积", "室内体育用房面积"],
                                                    ["2121001719", "一小", "", 3000, 320]])  # fmt: skip
    assert read_folder([tmp_path]).facts.school[0]["gym_area_m2"] is None


def test_a_wide_table_of_another_order_with_rows_above_is_read(tmp_path: Path) -> None:
    write_grid(county_folder(tmp_path) / "表.xlsx", [["某区学校情况"], [], ["小学在校生数", "备注", "校名", "学校标识码", "校长姓名", "办学类型"],
                                                    [166, "", "一小", "2121001719", "某", "小学"], [99, "", "二小", "2121001720", "", "教学点"]])  # fmt: skip
    intake = read_folder([tmp_path])
    assert [(row["school_name"], row["students_primary"], row["school_type"]) for row in intake.facts.school] == [("一小", 166, "211"), ("二小", 99, "218")]
    (unknown,) = [each for each in intake.findings if each.rule == "W-unrecognised-line"]
    assert (unknown.place.cell, "校长姓名" in unknown.message) == ("E3", True)


def test_pupils_without_a_stage_belong_to_the_only_stage_a_school_has(tmp_path: Path) -> None:
    write_grid(county_folder(tmp_path) / "表.xlsx", [["学校代码", "学校名称", "办学类型", "在校生数"], ["2121001719", "一小", "小学", 166],
                                                    ["2121001720", "二校", "九年一贯制", 376]])  # fmt: skip
    intake = read_folder([tmp_path])
    assert [row["students_primary"] for row in intake.facts.school] == [166, None]
    assert "W-no-stage" in rules(intake)


def test_two_columns_that_claim_one_item_are_an_error_and_neither_is_taken(tmp_path: Path) -> None:
    write_grid(county_folder(tmp_path) / "表.xlsx", [["学校代码", "学校名称", "专任教师数", "专任教师总人数"], ["2121001719", "一小", 30, 31]])
    intake = read_folder([tmp_path])
    assert intake.facts.school[0]["full_time_teachers"] is None
    assert [each.place.cell for each in intake.findings if each.rule == "E-two-claims"] == ["D1"]


def test_two_statistics_tables_complete_each_other_and_contradictions_are_duplicates(tmp_path: Path) -> None:
    county_folder(tmp_path)
    write_grid(tmp_path / "1学生.xlsx", [["学校代码", "学校名称", "小学学生人数"], ["2121001719", "一小", 166], ["2121001720", "二小", 99]])
    write_grid(tmp_path / "2教师.xlsx", [["学校代码", "学校名称", "专任教师数"], ["2121001719", "一小", 12], ["2121001720", "另一小", 9]])
    intake = read_folder([tmp_path])
    assert [(row["students_primary"], row["full_time_teachers"]) for row in intake.facts.school] == [(166, 12), (99, None)]
    assert [rule for rule in rules(intake) if rule.startswith("E-")] == ["E-duplicate-school"]


def test_a_table_without_codes_is_refused_whole(tmp_path: Path) -> None:
    write_grid(county_folder(tmp_path) / "表.xlsx", [["学校名称", "小学学生人数", "专任教师数"], ["一小", 166, 12]])
    intake = read_folder([tmp_path])
    assert (rules(intake), intake.facts.school) == (["E-no-code-column"], [])


def test_several_counties_in_one_tree_keep_their_schools_apart(tmp_path: Path) -> None:
    county_folder(tmp_path / "和平", school("2121001719"))
    (tmp_path / "沈河" / "学校").mkdir(parents=True)
    county_folder(tmp_path / "沈河" / "县", county=COUNTY | {"county_code": "210103", "county_name": "沈河区"})
    county_folder(tmp_path / "沈河" / "学校", school("2121001720"))
    (tmp_path / "沈河" / "学校" / "区县填报表格.xlsx").unlink()
    facts = read_folder([tmp_path]).facts
    assert [(row["county_code"], row["school_code"]) for row in facts.school] == [("210102", "2121001719"), ("210103", "2121001720")]
    assert [row["county_code"] for row in facts.county] == ["210102", "210103"]


def test_two_county_forms_side_by_side_leave_the_schools_without_a_county_unless_they_say_so(tmp_path: Path) -> None:
    county_folder(tmp_path, school("2121001719"), school("2121001720", county_code="210103"))
    (tmp_path / "区县填报表格.xlsx").rename(tmp_path / "和平.xlsx")
    county_folder(tmp_path, county=COUNTY | {"county_code": "210103", "county_name": "沈河区"})
    intake = read_folder([tmp_path])
    assert [(row["county_code"], row["school_code"]) for row in intake.facts.school] == [("", "2121001719"), ("210103", "2121001720")]
    assert sorted(rules(intake)) == ["E-no-county-form", "E-which-county"]


def test_schools_without_any_county_form_are_still_read(tmp_path: Path) -> None:
    county_folder(tmp_path, school())
    (tmp_path / "区县填报表格.xlsx").unlink()
    intake = read_folder([tmp_path], 2025)
    assert (rules(intake), intake.facts.school[0]["county_code"]) == (["E-no-county-form"], "")


def test_our_own_template_prefilled_from_last_year_reads_back(tmp_path: Path) -> None:
    county_folder(tmp_path / "上年", school(), school("2121001720", school_name="二小", campus="南校区", county_code="210102"),
                  county=COUNTY | {"school_year": 2024})  # fmt: skip
    last = read_folder([tmp_path / "上年"]).facts
    write_template(TemplateKind.SCHOOL_WIDE, tmp_path / "今年" / "学校.xlsx", previous=last)
    write_template(TemplateKind.COUNTY, tmp_path / "今年" / "区县.xlsx", previous=last)
    write_template(TemplateKind.JUDGEMENT, tmp_path / "今年" / "评定.xlsx", previous=last, criteria={"layout": "规划布局"})
    book = load_workbook(tmp_path / "今年" / "学校.xlsx")
    _fill(book["填报表"], {"小学学生人数": [170, 90], "教学仪器设备资产值（账面原值）": [130.5, None]})
    _fill(book["选填项目"], {"占地面积": [9000, None]})
    book.save(tmp_path / "今年" / "学校.xlsx")
    intake = read_folder([tmp_path / "今年"])
    first, second = intake.facts.school
    assert (first["school_code"], first["school_name"], first["school_type"], first["founded_year"]) == ("2121001719", "沈阳市第一学校", "312", 1998)
    assert (first["students_primary"], first["equipment_value_yuan"], first["land_area_m2"]) == (170, 1305000.0, 9000.0)
    assert (second["campus"], second["students_primary"], second["equipment_value_yuan"]) == ("南校区", 90, None)
    assert (intake.facts.school_year, intake.facts.county[0]["county_code"], intake.facts.judgement) == (2025, "210102", [])
    assert rules(intake) == []


def _fill(sheet: Worksheet, columns: dict[str, list[object]]) -> None:
    """Writes values under the headers that begin with these words, from the first data row on."""
    headers = {cell.value: cell for row in sheet.iter_rows(max_row=4) for cell in row if isinstance(cell.value, str)}
    codes = next(cell for text, cell in headers.items() if text.startswith("学校代码"))
    first = next(cell.row for cell in sheet[codes.column_letter] if cell.value == "2121001719")
    for words, values in columns.items():
        header = next(cell for text, cell in headers.items() if text.replace("\n", "").startswith(words))
        for offset, value in enumerate(values):
            sheet.cell(first + offset, header.column, value)


def test_a_register_in_a_workbook_is_not_taken_for_schools_nor_quoted(tmp_path: Path) -> None:
    write_grid(county_folder(tmp_path) / "名册.xlsx", [["学籍号", "区县代码", "学校代码", "校区名称", "学段"], ["G1", "210102", "2121001719", "", "小学"]])
    intake = read_folder([tmp_path])
    assert (rules(intake), intake.facts.school) == (["E-register-in-workbook"], [])
    assert "G1" not in "".join(intake.left_out) + "".join(each.text for each in intake.findings)


def test_a_mere_list_of_schools_adds_those_that_reported_nothing_and_contradicts_nobody(tmp_path: Path) -> None:
    county_folder(tmp_path, school())
    write_grid(tmp_path / "0名单.xlsx", [["学校代码", "学校名称", "校区"], ["2121001719", "沈阳市第一学校", ""], ["2121001720", "二小", ""]])
    intake = read_folder([tmp_path])
    assert [(row["school_code"], row["students_primary"]) for row in intake.facts.school] == [("2121001719", 166), ("2121001720", None)]
    assert rules(intake) == []


def test_a_row_with_figures_that_names_no_school_is_an_error_and_one_without_any_is_not(tmp_path: Path) -> None:
    county_folder(tmp_path)
    lines = [",".join(f'"{cell}"' for cell in row) for row in MERGED]
    nameless = ["" if position < 2 else cell for position, cell in enumerate(MERGED[5])]
    for name, added in (("基础基.csv", []), ("另一张.csv", [",".join(f'"{cell}"' for cell in nameless)])):
        (tmp_path / name).write_bytes("\r\n".join([*lines, *added]).encode("gbk"))
    found = [each.place.file for each in read_folder([tmp_path]).findings if each.rule == "E-row-without-school"]
    assert found == ["另一张.csv"]
