"""School forms as schools fill them: stage lines in part, one line twice, campuses, names that look like formulas."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner

from junheng.cli.app import cli

from .filled_forms import FORMS, good_county, school
from .judged import read, result, rules

pytestmark = pytest.mark.skipif(not FORMS.is_dir(), reason="the public forms are not beside this checkout")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    good_county(tmp_path)
    return tmp_path


def edit(file: Path, change: Callable[[Any], None]) -> None:
    book = openpyxl.load_workbook(file)
    change(book.worksheets[0])
    book.save(file)


def fill(file: Path, **lines: Any) -> None:
    """Overwrites lines of a form, and appends those it does not have."""

    def change(sheet: Any) -> None:
        left = dict(lines)
        for row in sheet.iter_rows(min_row=2):
            if row[2].value in left:
                row[4].value = left.pop(row[2].value)
        for label, value in left.items():
            sheet.append([None, None, label, None, value])

    edit(file, change)


def row(document: dict[str, Any], stage: str, name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(each for each in document["stages"][stage]["schools"] if each["name"] == name)
    return found


def missing_fields(document: dict[str, Any], file: str) -> set[str]:
    return {each["field"] for each in document["findings"] if each["rule"] == "W-not-reported" and each["file"] == file}


def test_labels_survive_breaks_blanks_stars_and_columns_in_another_order(folder: Path) -> None:
    file = folder / "甲小学.xlsx"
    rows = list(openpyxl.load_workbook(file).worksheets[0].iter_rows(values_only=True))
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Sheet1"
    for line in (["沈阳市学校数据采集表"], [], ["填报单位", "甲小学"]):
        sheet.append(line)
    for number, (_, group, label, unit, value, _, note) in enumerate(rows):
        text = str(label)
        sheet.append([value, unit, (text, f" {text[:3]}\n{text[3:]}", "　".join(text), f"★{text}：")[number % 4 if number else 0], note, group])
    book.save(file)
    document = result(folder)
    assert (document["verdict"], row(document, "primary", "甲小学")["students"]) == ("pass", 400)


@pytest.mark.parametrize(
    ("unit", "value"),
    [("元", "1,200,000"), ("千元", 1200), ("万元", "１２０"), (None, 120), ("元", "120万元")],
)  # fmt: skip
def test_money_is_read_in_the_unit_written_beside_it(folder: Path, unit: str | None, value: Any) -> None:
    def change(sheet: Any) -> None:
        for line in sheet.iter_rows(min_row=2):
            if line[2].value == "教学仪器设备资产值（账面原值）":
                line[3].value, line[4].value = unit, value

    edit(folder / "甲小学.xlsx", change)
    assert row(result(folder), "primary", "甲小学")["values"]["L6"] == 3000


def test_a_stage_line_given_in_part_leaves_the_other_stage_open_and_says_so(folder: Path) -> None:
    fill(folder / "己学校.xlsx", **{"县级及以上骨干教师数": None, "县级及以上骨干教师数（小学）": 5})
    document = result(folder)
    values = {stage: row(document, stage, "己学校")["values"]["L2"] for stage in ("primary", "junior")}
    assert values == {"primary": pytest.approx(5 / 3), "junior": None}
    assert missing_fields(document, "己学校.xlsx") == {"backbone_teachers_junior"}


def test_pupils_of_senior_classes_are_asked_of_a_complete_middle_school(folder: Path) -> None:
    fill(folder / "辛中学.xlsx", 高中学生人数=None)
    document = result(folder)
    values = row(document, "junior", "辛中学")["values"]
    assert [code for code, value in values.items() if value is None] == ["L2", "L3", "L4", "L5", "L6", "L7"]
    assert missing_fields(document, "辛中学.xlsx") == {"students_senior"}


@pytest.mark.parametrize(("again", "students"), [(None, 400), (400, None), (300, None)], ids=["blank", "the same", "another"])
def test_a_second_line_for_one_item_is_an_error_unless_it_is_blank(folder: Path, again: int | None, students: int | None) -> None:
    fill(folder / "甲小学.xlsx", 小学在校生数=again)
    document = result(folder)
    assert row(document, "primary", "甲小学")["students"] == students
    assert rules(document).get("E-two-claims") == (None if again is None else "甲小学.xlsx E73")


def test_campuses_of_one_stage_are_schools_of_that_stage(folder: Path) -> None:
    (folder / "己学校.xlsx").unlink()
    for name, pupils, none in (("东校区", {"primary": 300}, "初中学生人数"), ("西校区", {"junior": 200}, "小学学生人数")):
        school(folder, name, "九年一贯制", "3121990006", lines=[("校区名称", "", name)], **pupils, **{"学校名称": "己学校", none: 0})  # type: ignore[arg-type]
    document = result(folder)
    assert document["verdict"] == "pass"
    east, west = row(document, "primary", "己学校"), row(document, "junior", "己学校")
    assert (east["campus"], east["values"]["L4"], west["campus"], west["values"]["L4"]) == ("东校区", 7.5, "西校区", pytest.approx(8.25))


def test_a_form_of_another_year_is_left_out_and_its_cell_named(folder: Path) -> None:
    fill(folder / "甲小学.xlsx", 填报年度="2024—2025学年")
    intake = read(folder)
    found = next(each for each in intake.findings if each.rule == "E-other-school-year")
    assert (found.place.file, found.place.cell) == ("甲小学.xlsx", "E73")
    assert [line for line in intake.left_out if "甲小学" in line]


@pytest.mark.parametrize("name", ["=cmd|'/c calc'!A1", "+1", "@SUM(1)", "-2+3", "＝1+1", "<b>x</b>"])
def test_no_name_acts_as_a_formula_in_anything_written(folder: Path, name: str) -> None:
    for each in folder.glob("*.xlsx"):
        if each.name not in ("甲小学.xlsx", "丁初中.xlsx", "区县填报表格.xlsx"):
            each.unlink()
    fill(folder / "甲小学.xlsx", 学校名称=name, **{"教学仪器设备资产值（账面原值）": 1})
    out = folder / "结果"
    CliRunner().invoke(cli, ["assess", str(folder), "--out", str(out)], catch_exceptions=False)
    for file in out.rglob("*.xlsx"):
        for sheet in openpyxl.load_workbook(file):
            for cell in (cell for line in sheet.iter_rows() for cell in line):
                assert cell.data_type != "f", (file.name, cell.coordinate)
                if isinstance(cell.value, str) and cell.value.startswith(("=", "+", "-", "@", "＝")):
                    assert cell.quotePrefix, (file.name, cell.coordinate, cell.value)
    assert "<b>x</b>" not in (out / "index.html").read_text("utf-8")


@pytest.mark.parametrize("kind", ["特殊教育学校", "培智学校"])
def test_a_special_school_with_one_stage_is_not_asked_for_the_other(folder: Path, kind: str) -> None:
    school(folder, "启明学校", kind, "5121990011", primary=60)
    document = result(folder)
    assert not {field for field in missing_fields(document, "启明学校.xlsx") if "junior" in field}
    assert document["verdict"] == "pass"
