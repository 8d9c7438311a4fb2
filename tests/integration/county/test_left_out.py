"""A county does not read 达标 while something it handed in was not assessed."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner

from junheng.cli.app import cli

from .filled_forms import FORMS, good_county
from .judged import read, result

pytestmark = pytest.mark.skipif(not FORMS.is_dir(), reason="the public forms are not beside this checkout")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    good_county(tmp_path)
    return tmp_path


def unreadable(folder: Path) -> None:
    (folder / "坏.xlsx").write_bytes((folder / "甲小学.xlsx").read_bytes()[:2000])


def second_record(folder: Path) -> None:
    change(shutil.copy(folder / "甲小学.xlsx", folder / "甲小学新.xlsx"), 网络多媒体教室间数=3)


def blank_form(folder: Path) -> None:
    book = openpyxl.load_workbook(folder / "甲小学.xlsx")
    for row in book.worksheets[0].iter_rows(min_row=2):
        row[4].value = None
    book.save(folder / "空表.xlsx")


def change(file: str | Path, **lines: Any) -> None:
    book = openpyxl.load_workbook(file)
    changed = [row for row in book.worksheets[0].iter_rows(min_row=2) if row[2].value in lines]
    for row in changed:
        row[4].value = lines[row[2].value]
    assert len(changed) == len(lines)
    book.save(file)


@pytest.mark.parametrize("leave_out", [unreadable, second_record, blank_form])
def test_what_was_not_assessed_keeps_the_conclusion_open(folder: Path, leave_out: Callable[[Path], None]) -> None:
    assert result(folder)["verdict"] == "pass"
    leave_out(folder)
    document = result(folder)
    assert document["verdict"] == "insufficient"
    balance = document["stages"]["primary"]["balance"]["L1"]
    assert (balance["mean"], balance["sd"], balance["cv"], balance["verdict"]) == (None, None, None, "insufficient")
    assert document["criteria"]["class_size"]["verdict"] == "insufficient"
    assert document["criteria"]["teacher_pay"]["verdict"] == "pass"


def test_only_the_school_with_two_records_is_in_doubt(folder: Path) -> None:
    second_record(folder)
    schools = result(folder)["stages"]["primary"]["schools"]
    assert {each["name"]: each["verdict"] for each in schools if each["verdict"] != "pass"} == {"甲小学": "insufficient"}


def test_two_copies_of_one_file_leave_nothing_open(folder: Path) -> None:
    shutil.copy(folder / "甲小学.xlsx", folder / "甲小学副本.xlsx")
    assert result(folder)["verdict"] == "pass"


def test_a_failing_school_fails_the_county_all_the_same(folder: Path) -> None:
    change(folder / "甲小学.xlsx", 网络多媒体教室间数=0)
    unreadable(folder)
    document = result(folder)
    assert document["verdict"] == "fail"


def test_the_command_says_so_and_names_the_file(folder: Path) -> None:
    unreadable(folder)
    done = CliRunner().invoke(cli, ["assess", str(folder), "--out", str(folder.parent / "结果")])
    assert done.exit_code == 1
    assert "待定。暂不能判定：《坏.xlsx》未能计入" in done.output
    out = folder.parent / "结果"
    assert json.loads((out / "result.json").read_text("utf-8"))["verdict"] == "insufficient"
    assert json.loads((out / "detail.json").read_text("utf-8"))["unassessed"] == ["《坏.xlsx》"]
    assert "《坏.xlsx》未能计入" in (out / "index.html").read_text("utf-8")


def test_a_register_nobody_can_read_is_named_among_what_was_left_out(folder: Path) -> None:
    (folder / "教师名册.csv").write_bytes("姓名,学段\n甲,小学\n".encode())
    intake = read(folder)
    assert [line for line in intake.left_out if line.startswith("《教师名册.csv》：")]
    document = result(folder)
    assert document["verdict"] == "insufficient"
    assert {each["verdict"] for each in document["stages"]["primary"]["schools"]} == {"insufficient"}


def test_the_page_shows_measures_for_reference_beside_the_balance(folder: Path) -> None:
    done = CliRunner().invoke(cli, ["assess", str(folder), "--out", str(folder.parent / "结果")])
    assert done.exit_code == 0
    page = (folder.parent / "结果" / "index.html").read_text("utf-8")
    shown = page[page.index("其他差异指标（仅参考，不判定）") : page.index('<section id="schools">')]
    assert shown.count("<caption>") == 2
    assert all(word in shown for word in ("基尼系数", "泰尔指数", "倍数", "城乡之间"))
