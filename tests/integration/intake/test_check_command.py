"""`junheng check`: all findings at once, exit codes, JSON, annotated copies."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import polars as pl
from intake_cases import county_folder, read_folder, rules, school, vertical, write_grid
from openpyxl import load_workbook


def junheng(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "junheng", *arguments], capture_output=True, text=True, check=False,
                          env={**os.environ, "PYTHONIOENCODING": "utf-8"})  # fmt: skip


def _consistent() -> dict[str, object]:
    """A school whose figures agree with each other."""
    bands = {name: 0 for name in school() if name.startswith("classes_")}
    return school(
        **bands | {"classes_36_40": 10}, classes=10, full_time_teachers=60, music_rooms=3, art_rooms=3, music_rooms_from_96_m2=1,
        music_rooms_73_to_96_m2=1, music_rooms_61_to_73_m2=1, art_rooms_from_90_m2=1, art_rooms_67_to_90_m2=1, art_rooms_61_to_67_m2=1,
        graduates=70, grade7_pupils_3_years_ago=72, training_budget_yuan=60000.0, running_budget_yuan=1000000.0,
        running_spent_yuan=1000000.0, indoor_pe_area_m2=200.0, teach_aux_area_m2=3000.0,
    )  # fmt: skip


def test_sound_tables_leave_with_exit_code_0(tmp_path: Path) -> None:
    done = junheng("check", str(county_folder(tmp_path, _consistent())), "--json")
    told = json.loads(done.stdout)
    assert (done.returncode, [each for each in told["findings"] if each["level"] == "error"]) == (0, [])
    assert (told["school_year"], told["schools"], told["counties"]) == (2025, 1, ["210102"])


def test_errors_are_listed_all_at_once_worst_first_with_exit_code_1(tmp_path: Path) -> None:
    folder = county_folder(tmp_path, _consistent() | {"students_primary": None, "multimedia_rooms": "很多"})
    (folder / "坏.xlsx").write_bytes(b"x")
    done = junheng("check", str(folder))
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    for word in ("E-not-a-spreadsheet", "E-not-a-number", "W-not-reported", "E53", "2025—2026 学年", "未采用：《坏.xlsx》"):
        assert word in done.stdout
    assert done.stdout.index("E-not-a-number") < done.stdout.index("W-not-reported")


def test_annotate_returns_the_workbook_with_the_cell_commented(tmp_path: Path) -> None:
    folder = county_folder(tmp_path / "上报", _consistent() | {"multimedia_rooms": "很多"})
    done = junheng("check", str(folder), "--annotate", str(tmp_path / "批注"))
    assert done.returncode == 1
    sheet = load_workbook(tmp_path / "批注" / "学校1.xlsx")["学校填报数据"]
    assert sheet["E53"].comment is not None
    assert "很多" in sheet["E53"].comment.text


def test_a_path_that_does_not_exist_is_a_message_and_not_a_traceback(tmp_path: Path) -> None:
    done = junheng("check", str(tmp_path / "没有"))
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    assert "没有这个文件或文件夹" in done.stderr


def test_single_files_and_vertical_forms_in_csv_are_read_too(tmp_path: Path) -> None:
    rows = vertical([("学校代码", "", "0121001719"), ("学校名称", "", "一小"), ("教学仪器设备资产值（账面原值）", "万元", "12.5")])
    (tmp_path / "一小.csv").write_bytes("\n".join(",".join(map(str, row)) for row in rows).encode("gb18030"))
    intake = read_folder([tmp_path / "一小.csv"], 2025)
    assert (intake.facts.school[0]["school_code"], intake.facts.school[0]["equipment_value_yuan"]) == ("0121001719", 125000.0)
    assert intake.sources[0].name == "一小.csv"


def test_registers_beside_the_forms_count_before_what_was_typed(tmp_path: Path) -> None:
    folder = county_folder(tmp_path, school(full_time_teachers=9, students_senior=0))
    pupils = {"pupil_id": ["1", "2", "3"], "county_code": ["210102"] * 3, "school_code": ["2121001719", "2121001719", "2121001720"],
              "stage": ["primary", "junior", "primary"], "class_id": ["1", "2", "1"]}  # fmt: skip
    pl.DataFrame(pupils).write_parquet(folder / "pupils.parquet")
    intake = read_folder([folder])
    first, second = intake.facts.school
    assert (first["students_primary"], first["students_junior"], first["full_time_teachers"]) == (1, 1, 9)
    assert (second["school_code"], second["students_primary"], second["school_name"]) == ("2121001720", 1, None)
    assert "register" in [each.kind for each in intake.sources]
    assert any(each.place.file == "pupils.parquet" and each.field == "school_name" for each in intake.findings)


def test_a_form_that_goes_on_over_two_sheets_is_one_school(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_grid(path, vertical([("学校代码", "", "2121001719"), ("学校名称", "", "一小"), ("专任教师总人数", "人", 30.0)]))
    book = load_workbook(path)
    for row in vertical([("校内体育场面积", "平方米", 3000.0), ("网络多媒体教室间数", "间", 12.0), ("班级总数", "个", 10.0)]):
        (book["续表"] if "续表" in book.sheetnames else book.create_sheet("续表")).append(row)
    book.save(path)
    intake = read_folder([tmp_path], 2025)
    (row,) = intake.facts.school
    assert (row["full_time_teachers"], row["sport_field_area_m2"], row["multimedia_rooms"]) == (30, 3000.0, 12)
    assert rules(intake) == ["E-no-county-form"]
