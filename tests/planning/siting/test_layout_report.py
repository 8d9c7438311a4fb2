"""The layout as a page and a workbook, and the command from the tables a county hands in."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner
from siting_cases import county, point, school

from junheng.cli.plan_command import command_of
from junheng.planners.siting import SITING
from junheng.planning.siting.solve import solve
from junheng.planning.siting.tables import OPTIONAL, POINTS, PUPILS, REQUIRED, SITES
from junheng.reports.plans.blank_tables import write_filled_table
from junheng.reports.plans.siting import siting_report, write_siting


@pytest.fixture
def handed_in(tmp_path: Path) -> Path:
    """A town with two villages, one of whose schools has room for both in a few years."""
    folder = tmp_path / "试验县"
    folder.mkdir()
    write_filled_table(folder, POINTS, [
        {"code": "P1", "name": "东村", "lon": 123.40, "lat": 41.80, "place": "乡村"}, {"code": "P2", "name": "西村", "lon": 123.41, "lat": 41.80, "place": "乡村"},
    ])  # fmt: skip
    write_filled_table(folder, PUPILS, [
        {"point": code, "school_year": year, "lower": 30, "upper": 30, "junior": 0} for code in ("P1", "P2") for year in (2026, 2029)
    ])
    write_filled_table(folder, SITES, [
        {"code": code, "name": name, "lon": lon, "lat": 41.80, "status": "现有", "place": "乡村", "now_lower": "是", "now_upper": "是", "rooms": 6, "pupils": 60}
        for code, name, lon in (("S1", "东村小学", 123.40), ("S2", "西村小学", 123.41))
    ])  # fmt: skip
    return folder


def test_the_command_reads_the_tables_and_writes_page_and_workbook(handed_in: Path, tmp_path: Path) -> None:
    done = CliRunner().invoke(command_of(SITING), [str(handed_in), "--out", str(tmp_path / "out"), "--seconds", "10"], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    assert "试验县" in done.output
    page = (tmp_path / "out" / "index.html").read_text("utf-8")
    assert "东村小学" in page
    assert "http://" not in page.replace("http://www.w3.org", "")
    book = openpyxl.load_workbook(tmp_path / "out" / "布局方案.xlsx")
    assert book.sheetnames[:2] == ["逐校决定", "各期费用"]
    pupils = [row for row in book["怎样上学"].iter_rows(values_only=True) if row[1] in ("东村", "西村")]
    assert sum(row[3] for row in pupils) == 2 * 2 * 60


def test_with_choices_asked_for_the_page_and_the_workbook_hold_them_and_every_decision_has_its_opposite(handed_in: Path, tmp_path: Path) -> None:
    done = CliRunner().invoke(command_of(SITING), [str(handed_in), "--out", str(tmp_path / "out"), "--seconds", "6", "--sweep"], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    page = (tmp_path / "out" / "index.html").read_text("utf-8")
    assert "为什么是这样，不是那样" in page
    assert "还有哪些方案可选" in page
    book = openpyxl.load_workbook(tmp_path / "out" / "布局方案.xlsx")
    assert {"东村小学", "西村小学"} <= {row[0] for row in book["为什么不是那样"].iter_rows(values_only=True)}
    assert any("本方案" in str(row[0]) for row in book["可选方案"].iter_rows(values_only=True))


def test_the_template_is_a_workbook_per_table(tmp_path: Path) -> None:
    done = CliRunner().invoke(command_of(SITING), ["--out", str(tmp_path), "--template"], catch_exceptions=False)
    assert done.exit_code == 0
    assert {path.stem for path in tmp_path.glob("*.xlsx")} == {table.label for table in (*REQUIRED, *OPTIONAL)}


def test_without_a_folder_the_command_says_what_is_missing(tmp_path: Path) -> None:
    done = CliRunner().invoke(command_of(SITING), ["--out", str(tmp_path / "out")])
    assert done.exit_code == 2
    assert "缺少文件夹" in done.output


def test_a_school_that_goes_is_named_with_where_its_children_go(tmp_path: Path) -> None:
    made = county([point("A", 40, 4), point("B", 40, 30)], [school("S0", 4, 6, rural=False), school("S1", 2, 2, rural=False)], [[1.5, 1.0], [1.0, 1.5]])
    plan = solve(made, seconds=10)
    report = siting_report(plan)
    decided = {row[1]: row[2] for row in report.sections[0].rows}
    assert set(decided) <= {"S0", "S1"}
    assert len(decided) == 2
    write_siting(tmp_path, plan)
    assert (tmp_path / "布局方案.xlsx").is_file()
    assert f"{plan.gap:.2%}" in report.proof
