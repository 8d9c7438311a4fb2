"""`junheng plan classes`: from a list of pupils to classes to publish."""

from __future__ import annotations

from pathlib import Path

import openpyxl
from click.testing import CliRunner, Result

from junheng.cli.app import cli
from junheng.planning.admission.tables import PUPILS
from junheng.reports.plans.blank_tables import write_filled_table


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, ["plan", "classes", *map(str, arguments)])


def a_list(folder: Path, **more: object) -> Path:
    return write_filled_table(folder, PUPILS, [
        {"number": f"B{at:03d}", "name": "仿真甲", "sex": "男" if at % 2 else "女", "needs": "是" if at % 20 == 0 else "否"} | more for at in range(61)
    ])  # fmt: skip


def test_a_grade_is_divided_and_published_without_names_or_needs(tmp_path: Path) -> None:
    done = run("--pupils", a_list(tmp_path), "--classes", 4, "--seed", "7", "--school", "光明小学一年级", "--out", tmp_path / "编班")

    assert "61 人编成 4 个班，各班人数相差 1 人" in done.output, done.output
    book = openpyxl.load_workbook(tmp_path / "编班" / "编班名单（公示）.xlsx")
    rows = list(book["编班名单"].iter_rows(min_row=3, values_only=True))
    assert len(rows) == 61
    assert {row[2] for row in rows} == {"仿**"}
    page = (tmp_path / "编班" / "index.html").read_text("utf-8")
    assert "光明小学一年级怎样编班？" in page
    assert "男生相差 1 人" in page


def test_marks_at_primary_entry_are_refused_and_at_junior_entry_evened(tmp_path: Path) -> None:
    listed = a_list(tmp_path, marks=90)
    assert "不得使用成绩" in str(run("--pupils", listed, "--classes", 4, "--seed", "7", "--out", tmp_path / "编班").exception)

    done = run("--pupils", listed, "--classes", 4, "--seed", "7", "--stage", "初中", "--out", tmp_path / "编班")
    assert done.exit_code == 0
    assert "平均分最大相差 0.00 分" in (tmp_path / "编班" / "index.html").read_text("utf-8")


def test_the_template_has_the_columns_that_are_read(tmp_path: Path) -> None:
    run("--template", "--out", tmp_path)
    head = next(openpyxl.load_workbook(tmp_path / "编班名单.xlsx").worksheets[0].iter_rows(min_row=2, max_row=2, values_only=True))
    assert list(head) == [column.label for column in PUPILS.columns]
