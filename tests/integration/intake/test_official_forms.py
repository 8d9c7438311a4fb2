"""The official vertical forms: written, read back, moved about, and as they are handed out."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from intake_cases import (
    COUNTY,
    SHARED_FORMS,
    change_zip,
    complete,
    county_folder,
    part,
    read_folder,
    rules,
    school,
    vertical,
    write_grid,
)
from python_calamine import CalamineWorkbook

from junheng.common.findings import Place
from junheng.intake.model import SourceKind, county_key, school_key
from junheng.intake.official_forms import official_columns, write_county_form, write_school_form


@pytest.mark.parametrize(
    ("table_name", "file", "lines"), [("school", "学校填报表格.xlsx", 68), ("county", "区县填报表格.xlsx", 20)]
)
def test_the_drawn_form_equals_the_official_one_cell_by_cell(tmp_path: Path, table_name: str, file: str, lines: int) -> None:
    if not SHARED_FORMS.exists():
        pytest.skip("the official forms are not here")
    drawn = tmp_path / file
    (write_school_form if table_name == "school" else write_county_form)(drawn, {})
    ours, theirs = (CalamineWorkbook.from_path(path).get_sheet_by_index(0) for path in (drawn, SHARED_FORMS / file))
    assert ours.name == theirs.name
    assert ours.to_python() == theirs.to_python()
    assert len(official_columns(table_name)) == lines


def test_blank_official_forms_give_findings_and_no_rows() -> None:
    if not SHARED_FORMS.exists():
        pytest.skip("the official forms are not here")
    intake = read_folder([SHARED_FORMS], 2025)
    assert (intake.facts.school, intake.facts.county) == ([], [])
    assert sorted(rules(intake)) == ["E-blank-form", "E-blank-form", "E-no-code-column", "E-unknown-sheet"]
    assert len(intake.sources) == 4


def test_forms_that_are_written_read_back_the_same(tmp_path: Path) -> None:
    row = school(campus="东校区", county_code="210102", students_senior=0, urban_rural="121", sponsor="7", is_boarding=True,
                 uscc="12210100MB1234567C", backbone_teachers_primary=3, backbone_teachers_junior=4, teach_aux_area_m2=10234.56)  # fmt: skip
    county = COUNTY | {"level_chinese": 3, "difference_chinese": 0.149, "veto_tutoring": False, "resident_population": 523100.0,
                       "education_spending_yuan": 1234567890.12, "questionnaires_valid": 900}  # fmt: skip
    judgement = {"criterion": "layout", "outcome": "pass", "evidence": "=规划图", "judged_by": "督导室", "judged_on": "2025-09-01"}
    intake = read_folder([county_folder(tmp_path, row, county=county, judgements=[judgement])])
    assert rules(intake) == []
    assert intake.facts.school == [complete("school", row)]
    assert intake.facts.county == [complete("county", county)]
    assert intake.facts.judgement == [judgement | {"county_code": "210102"}]
    assert intake.facts.school_year == 2025
    assert [each.kind for each in intake.sources] == [SourceKind.COUNTY_FORM, SourceKind.SCHOOL_FORM]
    assert all(len(each.sha256) == 64 for each in intake.sources)


def test_every_reported_value_knows_its_cell_and_what_stood_there(tmp_path: Path) -> None:
    facts = read_folder([county_folder(tmp_path, school())]).facts
    cell = facts.cells["school", school_key(facts.school[0]), "equipment_value_yuan"]
    assert (cell.place, cell.raw) == (Place("学校1.xlsx", "学校填报数据", "E52"), "123.456789")
    assert facts.place_of("county", county_key(facts.county[0]), "county_code") == Place("区县填报表格.xlsx", "区县填报数据", "E3")
    reported = {name for name, value in facts.school[0].items() if value is not None and name != "county_code"}
    assert {column for table_name, _, column in facts.cells if table_name == "school"} == reported


def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    write_school_form(tmp_path / "a.xlsx", school(school_name="=cmd|' /C calc'!A0"))
    assert b"<f>" not in part(tmp_path / "a.xlsx")
    assert b"quotePrefix" in part(tmp_path / "a.xlsx", "xl/styles.xml")
    assert read_folder([tmp_path], 2025).facts.school[0]["school_name"] == "=cmd|' /C calc'!A0"


def test_a_form_is_read_by_its_words_wherever_rows_and_columns_moved(tmp_path: Path) -> None:
    county_folder(tmp_path)
    rows: list[list[object]] = [["2025年义务教育优质均衡数据采集"], [], ["备注", "填报值", "单 位", "类别", "填报项目"]]
    lines = [("学校 代码", "", "2121001719"), ("1.学校名称：", "", "一小"), ("办学类型", "", "小学"), ("学校地址", "", "某街"),
             ("小学在校生数", "人", "1,166"), ("教学仪器设备值", "元", 250000.0), ("校内体育场面积（平方米）", "", 3000.0),
             ("填表人：", "", "某某")]  # fmt: skip
    rows += [["", value, unit, "", label] for label, unit, value in lines]
    write_grid(tmp_path / "一小.xlsx", rows, sheet="数据")
    intake = read_folder([tmp_path])
    row = intake.facts.school[0]
    assert (row["school_code"], row["school_name"], row["school_type"], row["students_primary"]) == ("2121001719", "一小", "211", 1166)
    assert (row["equipment_value_yuan"], row["sport_field_area_m2"], row["county_code"]) == (250000.0, 3000.0, "210102")
    assert rules(intake) == ["W-unrecognised-line"]
    assert [line for line in intake.left_out if "学校地址" in line]


def test_stage_split_lines_and_senior_pupils_are_read(tmp_path: Path) -> None:
    lines = [("学校名称", "", "十二年一贯制学校"), ("学校类型", "", "十二年一贯制"), ("学校代码", "", "2121001719"), ("高中学生人数", "人", 120.0),
             ("县级及以上骨干教师数（小学）", "人", 3.0), ("初中县级及以上骨干教师数", "人", 4.0), ("每班46-50人班级个数（小学）", "个", 1.0)]  # fmt: skip
    write_grid(tmp_path / "a.xlsx", vertical(lines))
    row = read_folder([tmp_path], 2025).facts.school[0]
    assert (row["students_senior"], row["backbone_teachers_primary"], row["backbone_teachers_junior"]) == (120, 3, 4)
    assert (row["classes_46_50_primary"], row["backbone_teachers"], row["school_type"]) == (1, None, "345")


def test_campuses_of_one_school_are_rows_of_their_own(tmp_path: Path) -> None:
    intake = read_folder([county_folder(tmp_path, school(campus="东校区"), school(campus="西校区", students_junior=0))])
    assert [row["campus"] for row in intake.facts.school] == ["东校区", "西校区"]
    assert rules(intake) == []


def test_a_blank_is_not_reported_at_its_own_cell_and_a_zero_is_reported(tmp_path: Path) -> None:
    intake = read_folder([county_folder(tmp_path, school(multimedia_rooms=None, music_rooms=0))])
    (missing,) = [each for each in intake.findings if each.rule == "W-not-reported"]
    assert (missing.field, missing.place.cell, missing.school_code) == ("multimedia_rooms", "E53", "2121001719")
    assert intake.facts.school[0]["music_rooms"] == 0


def test_a_primary_school_is_not_asked_for_what_only_a_junior_school_has(tmp_path: Path) -> None:
    row = school(school_type="211")
    for name in [name for name in row if name.endswith("_junior") or "3_years" in name or name == "graduates"]:
        row[name] = None
    assert read_folder([county_folder(tmp_path, row)]).findings == []


def test_stage_lines_for_every_stage_stand_in_for_the_whole_school_line(tmp_path: Path) -> None:
    row = school(backbone_teachers=None, backbone_teachers_primary=2, backbone_teachers_junior=3)
    assert read_folder([county_folder(tmp_path, row)]).findings == []


def test_two_lines_that_claim_one_item_are_an_error_and_neither_is_taken(tmp_path: Path) -> None:
    lines = [("学校代码", "", "2121001719"), ("学校名称", "", "一小"), ("专任教师总人数", "人", 30.0), ("专任教师数", "人", 31.0)]
    write_grid(tmp_path / "a.xlsx", vertical(lines))
    intake = read_folder([tmp_path], 2025)
    (problem,) = [each for each in intake.findings if each.rule == "E-two-claims"]
    assert (problem.field, problem.place.cell) == ("full_time_teachers", "E5")
    assert intake.facts.school[0]["full_time_teachers"] is None
    assert ("school", school_key(intake.facts.school[0]), "full_time_teachers") not in intake.facts.cells


def test_an_unreadable_cell_is_told_once_and_not_again_as_missing(tmp_path: Path) -> None:
    lines = [("学校代码", "", "2121001719"), ("学校名称", "", "一小"), ("专任教师总人数", "人", "三十几")]
    write_grid(tmp_path / "a.xlsx", vertical(lines))
    about = [each.rule for each in read_folder([tmp_path], 2025).findings if each.field == "full_time_teachers"]
    assert about == ["E-not-a-number"]


def test_a_formula_counts_by_its_stored_value_and_never_as_blank_without_one(tmp_path: Path) -> None:
    path = write_grid(tmp_path / "a.xlsx", vertical([("学校代码", "", "2121001719"), ("学校名称", "", "一小"), ("专任教师总人数", "人", 1.0),
                                                     ("体育专任教师人数", "人", 2.0), ("音乐专任教师人数", "人", 3.0)]))  # fmt: skip
    text = part(path)
    text = text.replace(b"<v>1</v></c><c r=\"F4\"", b"<f>SUM(1,1)</f><v>30</v></c><c r=\"F4\"")
    text = text.replace(b'<c r="E5"><v>2</v></c>', b'<c r="E5"><f>1+1</f></c>')
    text = text.replace(b'<c r="E6"><v>3</v></c>', b'<c r="E6" t="e"><f>1/0</f><v>#DIV/0!</v></c>')
    text = text.replace(b'<c r="E4"><v>1</v></c>', b'<c r="E4"><f>SUM(1,29)</f><v>30</v></c>')
    change_zip(path, {"xl/worksheets/sheet1.xml": text})
    intake = read_folder([tmp_path], 2025)
    assert intake.facts.school[0]["full_time_teachers"] == 30
    assert {(each.rule, each.place.cell) for each in intake.findings if "formula" in each.rule} == {
        ("E-formula-without-value", "E5"), ("E-formula-error", "E6")}  # fmt: skip


def test_a_hidden_sheet_is_read_and_told(tmp_path: Path) -> None:
    lines = [("学校代码", "", "2121001719"), ("学校名称", "", "一小"), ("专任教师总人数", "人", 30.0)]
    write_grid(tmp_path / "a.xlsx", vertical(lines), hidden=True)
    intake = read_folder([tmp_path], 2025)
    assert intake.facts.school[0]["full_time_teachers"] == 30
    assert "W-hidden-sheet" in rules(intake)


def test_a_list_of_items_without_its_headers_is_not_guessed_by_position(tmp_path: Path) -> None:
    write_school_form(tmp_path / "a.xlsx", school())
    rows = CalamineWorkbook.from_path(tmp_path / "a.xlsx").get_sheet_by_index(0).to_python()[1:]
    write_grid(tmp_path / "a.xlsx", rows)
    intake = read_folder([tmp_path], 2025)
    assert (rules(intake), intake.facts.school) == (["E-header-missing"], [])


def test_the_judgement_sheet_may_be_a_file_of_its_own_and_use_chinese_names(tmp_path: Path) -> None:
    county_folder(tmp_path)
    write_grid(tmp_path / "评定表.xlsx", [["2025年评定"], ["条目编号", "评定结论", "佐证材料", "评定人", "日期"], ["课程（curriculum）", "达标", "课表", "甲", "2025/9/3"],
                                       ["workload", "未达标"], ["所有学校德育工作、校园文化建设水平达到良好以上", "达标"], ["其他事项", "达标"],
                                       ["layout", "达标"], ["layout", "未达标"]])  # fmt: skip
    intake = read_folder([tmp_path])
    assert {row["criterion"]: row["outcome"] for row in intake.facts.judgement} == {
        "curriculum": "pass", "workload": "fail", "moral_and_culture": "pass", "layout": None}  # fmt: skip
    assert {row["county_code"] for row in intake.facts.judgement} == {"210102"}
    assert sorted(rules(intake)) == ["E-no-criterion", "E-two-claims", "W-taken-for"]


def test_monitoring_lines_vetoes_and_surveys_are_read_from_the_county_form(tmp_path: Path) -> None:
    lines = [("区县名称", "", "和平区"), ("区县代码", "", 210102.0), ("填报年度", "", "2025—2026学年"), ("语文学业水平等级", "级", "Ⅲ"),
             ("数学差异率", "%", 14.9), ("是否存在违规择校行为", "是/否", "否"), ("问卷总数", "份", 1000.0), ("有效问卷数", "人", 900.0),
             ("其中：满意问卷数", "人", 850.0), ("人口总数", "万人", 52.31)]  # fmt: skip
    write_grid(tmp_path / "县.xlsx", vertical(lines))
    row = read_folder([tmp_path]).facts.county[0]
    assert (row["county_code"], row["school_year"], row["level_chinese"], row["difference_mathematics"]) == ("210102", 2025, 3, 0.149)
    assert row["questionnaires"] == 1000
    assert (row["veto_school_choice"], row["questionnaires_satisfied"], row["resident_population"]) == (False, 850, 523100.0)


def test_the_same_folder_gives_the_same_intake_whatever_the_order_on_disk(tmp_path: Path) -> None:
    first = county_folder(tmp_path / "a", school(), school("2121001720"))
    second = tmp_path / "b"
    second.mkdir()
    for path in sorted(first.iterdir(), reverse=True):
        shutil.copy(path, second / path.name)
    assert read_folder([first]) == read_folder([second])
