"""`junheng plan lottery`: from the list of applications to a result that anybody verifies."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import Workbook, load_workbook

from junheng.cli.app import cli
from junheng.common.errors import UserError


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, ["plan", "lottery", *map(str, arguments)])


def applications(path: Path, count: int = 20) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["报名号", "姓名", "同胞组"])
    for number in range(count):
        sheet.append([f"B{number:03d}", "仿真甲", "双" if number < 2 else None])
    book.save(path)
    return path


@pytest.fixture
def published(tmp_path: Path) -> tuple[Path, str]:
    """The published list and its hash."""
    done = run("list", applications(tmp_path / "报名.xlsx"), "--school", "光明学校", "--places", "5", "--out", tmp_path / "名单.txt")
    assert "须摇号" in done.output
    return tmp_path / "名单.txt", done.output.rsplit("）", 1)[1].strip()


def test_a_drawn_list_is_verified_from_what_was_announced(published: tuple[Path, str], tmp_path: Path) -> None:
    listed, list_hash = published
    drawn = run("draw", listed, "--seed", "03 11 17", "--out", tmp_path / "结果.json")
    proof = run("verify", tmp_path / "结果.json", "--list-hash", list_hash, "--seed", "031117", "--list", listed)

    assert "录取 5 人，未录取 15 人" in drawn.output or "录取 4 人" in drawn.output
    assert proof.exit_code == 0, proof.output
    assert "核验通过" in proof.output


def test_a_changed_result_exits_with_one_and_says_who(published: tuple[Path, str], tmp_path: Path) -> None:
    listed, list_hash = published
    result = tmp_path / "结果.json"
    run("draw", listed, "--seed", "7", "--out", result)
    result.write_text(result.read_text("utf-8").replace('"未录取"', '"录取"', 1), "utf-8")

    proof = run("verify", result, "--list-hash", list_hash, "--seed", "7")

    assert proof.exit_code == 1
    assert "核验不通过" in proof.output
    assert "重算为" in proof.output


def test_names_are_in_neither_list_nor_result(published: tuple[Path, str], tmp_path: Path) -> None:
    run("draw", published[0], "--seed", "7", "--out", tmp_path / "结果.json")

    assert "仿真" not in published[0].read_text("utf-8")
    assert "仿真" not in (tmp_path / "结果.json").read_text("utf-8")


def test_the_template_is_read_once_it_is_filled_in(tmp_path: Path) -> None:
    run("template", tmp_path)
    book = load_workbook(tmp_path / "摇号报名名单.xlsx")
    book.worksheets[0].append(["B1", None, None])
    book.save(tmp_path / "填好.xlsx")

    done = run("list", tmp_path / "填好.xlsx", "--school", "甲", "--places", "1", "--out", tmp_path / "名单.txt")

    assert "全部录取" in done.output


def test_faults_of_the_list_are_named_by_their_cells(tmp_path: Path) -> None:
    (tmp_path / "报名.csv").write_text("报名号,姓名\nB1,甲\n,乙\nB1,丙\n", "utf-8")

    done = run("list", tmp_path / "报名.csv", "--school", "甲", "--places", "1", "--out", tmp_path / "名单.txt")

    assert isinstance(done.exception, UserError)
    assert "A3 报名号：没有填写" in str(done.exception)
    assert "第 4 行与" in str(done.exception)
