"""`junheng plan improvement` from a release to a page, a workbook and a plan for a forecast."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from junheng.cli.app import cli
from junheng.common.errors import UserError
from junheng.planning.forecast.pupil_table import PUPIL_FORECAST
from junheng.reports.plans.blank_tables import write_filled_table
from junheng.synth.province import SyntheticCounty, synthesise
from junheng.synth.write import checked, write_release


@pytest.fixture(scope="module")
def county() -> SyntheticCounty:
    """Some schools short of area and equipment."""
    made = synthesise(1, seed=4, scale=0.12)[0]
    for row in made.facts.school[::3]:
        row["teach_aux_area_m2"] = round(float(str(row["teach_aux_area_m2"])) * 0.6, 1)
        row["equipment_value_yuan"] = round(float(str(row["equipment_value_yuan"])) * 0.5, 1)
    return made


@pytest.fixture(scope="module")
def store(county: SyntheticCounty, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("assessed") / "releases"
    write_release(checked(county), folder)
    return folder


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, ["plan", "improvement", *map(str, arguments)], catch_exceptions=False, standalone_mode=False)


def cells(path: Path, sheet: str) -> list[list[object]]:
    return [[cell.value for cell in row] for row in openpyxl.load_workbook(path)[sheet].iter_rows()]


def test_a_plan_is_written_as_page_and_workbook(store: Path, tmp_path: Path) -> None:
    done = run(store, "--out", tmp_path / "方案", "--seconds", 20)

    assert "实施后已复核达标" in done.output
    page = (tmp_path / "方案" / "index.html").read_text("utf-8")
    assert "怎样花最少的钱达标？" in page
    assert "单价待核" in page
    assert "http" not in page.replace("http-equiv", "")
    body = cells(tmp_path / "方案" / "达标方案.xlsx", "措施清单")
    measures = [row for row in body if isinstance(row[0], int)]
    total = next(row for row in body if row[0] == "合计")
    assert measures
    assert sum(float(str(row[11])) for row in measures) == pytest.approx(float(str(total[11])), abs=0.01)
    after = [row for row in cells(tmp_path / "方案" / "达标方案.xlsx", "逐校指标") if row[4] in ("● 达标", "▲ 未达标", "◇ 待定")]
    assert {row[4] for row in after} == {"● 达标"}
    assert "▲ 未达标" in {row[3] for row in after}


def test_the_tables_that_are_written_are_the_tables_that_are_read(store: Path, tmp_path: Path, county: SyntheticCounty) -> None:
    assert "单价表.xlsx" in run(store, "--out", tmp_path / "表", "--template").output
    book = openpyxl.load_workbook(tmp_path / "表" / "约束表.xlsx")
    sheet = book["约束表"]
    heads = {cell.value: cell.column for row in sheet.iter_rows(max_row=3) for cell in row}
    pinned = str(sheet.cell(3, heads["学校标识码"]).value)
    for title, value in (("措施", "建设网络多媒体教室"), ("固定", 3)):
        sheet.cell(3, heads[title]).value = value
    book.save(tmp_path / "表" / "约束表.xlsx")

    run(store, "--out", tmp_path / "方案", "--costs", tmp_path / "表" / "单价表.xlsx", "--pins", tmp_path / "表" / "约束表.xlsx", "--seconds", 20)

    rows = [row for row in cells(tmp_path / "方案" / "达标方案.xlsx", "措施清单") if row[1] == pinned and row[4] == "建设网络多媒体教室"]
    assert [row[5] for row in rows] == [3]


def test_a_small_budget_says_how_far_it_goes(store: Path, tmp_path: Path) -> None:
    done = run(store, "--out", tmp_path / "方案", "--budget", "1,2", "--years", 2, "--seconds", 20)

    assert "预算不够" in done.output
    years = [row for row in cells(tmp_path / "方案" / "达标方案.xlsx", "分年安排") if str(row[0]).startswith("第 ")]
    assert [float(str(row[4])) for row in years] == [10_000, 20_000]
    assert all(float(str(row[3])) <= float(str(row[4])) for row in years)


def test_a_plan_for_a_forecast_holds_in_all_three_cases(store: Path, tmp_path: Path, county: SyntheticCounty) -> None:
    lines = [
        {"school_code": row["school_code"], "stage": label, "school_year": 2030, "central": pupils, "low": pupils * 9 // 10, "high": pupils * 11 // 10}
        for row in county.facts.school for stage, label in (("primary", "小学"), ("junior", "初中"))
        if isinstance(pupils := row[f"students_{stage}"], int)
    ]  # fmt: skip
    table = write_filled_table(tmp_path, PUPIL_FORECAST, lines)

    run(store, "--out", tmp_path / "方案", "--forecast", table, "--forecast-year", 2030, "--seconds", 20)

    balance = [row for row in cells(tmp_path / "方案" / "达标方案.xlsx", "差异系数") if str(row[2]).startswith("L")]
    assert {row[0] for row in balance} == {"上报数", "2030 年预测", "2030 年下限", "2030 年上限"}
    assert {row[8] for row in balance} == {"● 达标"}


def test_an_unknown_measure_or_school_is_named(store: Path, tmp_path: Path) -> None:
    (tmp_path / "单价.csv").write_text("措施,低（元）,常用（元）,高（元）,每年支付\n盖楼,1,2,3,否\n", "utf-8")
    with pytest.raises(UserError, match="盖楼"):
        run(store, "--out", tmp_path / "a", "--costs", tmp_path / "单价.csv")
    (tmp_path / "约束.csv").write_text("学校标识码,校区,学段,措施,调出,最少,最多,固定,优先次序,说明\n2121999999,,,,是,,0,,,\n", "utf-8")
    with pytest.raises(UserError, match="2121999999"):
        run(store, "--out", tmp_path / "b", "--pins", tmp_path / "约束.csv")
    (tmp_path / "倒.csv").write_text("措施,低（元）,常用（元）,高（元）,每年支付\n购置教学仪器设备,3,2,1,否\n", "utf-8")
    with pytest.raises(UserError, match="次序不对"):
        run(store, "--out", tmp_path / "c", "--costs", tmp_path / "倒.csv")
