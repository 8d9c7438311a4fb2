"""`junheng plan forecast` from releases to a page and workbooks."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from junheng.cli.app import cli
from junheng.common.errors import UserError
from junheng.planning.forecast.ages import AgeGroup
from junheng.planning.forecast.tables import AGES, BIRTHS, MOVES, PAST_PUPILS, read_population
from junheng.reports.plans.blank_tables import write_filled_table
from junheng.synth.province import SyntheticCounty, synthesise
from junheng.synth.write import checked, write_release


@pytest.fixture(scope="module")
def counties() -> list[SyntheticCounty]:
    return synthesise(2, seed=4, scale=0.1)


@pytest.fixture(scope="module")
def store(counties: list[SyntheticCounty], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("assessed") / "releases"
    for county in counties:
        write_release(checked(county), folder)
    return folder


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, ["plan", "forecast", *map(str, arguments)], catch_exceptions=False, standalone_mode=False)


def cells(path: Path, sheet: str) -> list[list[object]]:
    return [[cell.value for cell in row] for row in openpyxl.load_workbook(path)[sheet].iter_rows()]


def test_counties_are_forecast_from_the_census_and_add_up(store: Path, tmp_path: Path) -> None:
    done = run(store, "--out", tmp_path / "预测", "--years", 5)

    assert "已预测 2 个县（市、区）" in done.output
    page = (tmp_path / "预测" / "index.html").read_text("utf-8")
    assert "今后 5 年有多少学生？" in page
    assert "第七次全国人口普查" in page
    rows = [row for row in cells(tmp_path / "预测" / "学龄人口预测.xlsx", "县市省预测") if row[3] == 2030 and row[2] == "小学"]
    of = {row[0]: int(str(row[4])) for row in rows}
    assert of["210100"] == of["210102"] + of["210103"] == of["210000"]
    schools = [row for row in cells(tmp_path / "预测" / "学校预测表.xlsx", "学校预测表") if row[2] == "小学" and row[3] == 2030]
    assert sum(int(str(row[4])) for row in schools) == of["210100"]


def test_births_and_past_years_are_read_and_back_tested(store: Path, tmp_path: Path, counties: list[SyntheticCounty]) -> None:
    births = write_filled_table(tmp_path, BIRTHS, [
        {"area_code": each.population.code, "year": year, "births": 700 - 20 * (year - 2008)} for each in counties for year in range(2008, 2025)
    ])  # fmt: skip
    past = write_filled_table(tmp_path, PAST_PUPILS, [
        {"school_code": row["school_code"], "school_year": year, "grade": grade, "pupils": 30 + grade}
        for each in counties for row in each.facts.school for year in range(2020, 2025)
        for stage, grades in (("primary", range(1, 7)), ("junior", range(7, 10))) if row[f"students_{stage}"] for grade in grades
    ])  # fmt: skip

    run(store, "--out", tmp_path / "预测", "--births", births, "--past", past, "--backtest", 2, "--years", 3, "--reconcile", "按误差")

    tested = [row for row in cells(tmp_path / "预测" / "学龄人口预测.xlsx", "回测") if row[0] in ("全县", "各校")]
    assert {(row[0], row[2]) for row in tested} == {("全县", 1), ("全县", 2), ("各校", 1), ("各校", 2)}
    sources = [row[3] for row in cells(tmp_path / "预测" / "学龄人口预测.xlsx", "率与资料") if row[2] == "资料来源"]
    assert any("出生数：2008—2024 年上报" in str(line) for line in sources)


def test_blank_tables_are_written(store: Path, tmp_path: Path) -> None:
    run(store, "--out", tmp_path / "表", "--template")

    assert {path.name for path in (tmp_path / "表").iterdir()} == {"出生人数表.xlsx", "分年龄人口表.xlsx", "分年龄净迁移表.xlsx", "历年分年级学生数表.xlsx", "学校所属乡镇表.xlsx"}


def test_townships_are_read_and_add_up_to_a_county_that_does_not_report_itself(tmp_path: Path) -> None:
    births = write_filled_table(tmp_path, BIRTHS, [
        {"area_code": "210102", "township": part, "year": year, "births": size} for part, size in (("东乡", 30), ("西乡", 50)) for year in (2022, 2023)
    ])  # fmt: skip
    ages = write_filled_table(tmp_path, AGES, [
        {"area_code": "210102", "township": part, "year": 2023, "first_age": first, "last_age": first + 4, "persons": size}
        for part, size in (("东乡", 100), ("西乡", 200)) for first in (0, 5)
    ])  # fmt: skip
    moves = write_filled_table(tmp_path, MOVES, [{"area_code": "210102", "age": 3, "arrive_per_1000": 30, "leave_per_1000": 50}])

    known = read_population(births, ages, moves)

    assert set(known.townships) == {("210102", "东乡"), ("210102", "西乡")}
    assert known.counties["210102"].births == {2022: 80, 2023: 80}
    assert known.counties["210102"].persons == (AgeGroup(0, 4, 300.0), AgeGroup(5, 9, 300.0))
    assert known.counties["210102"].moves == {3: pytest.approx(-0.02)}


def test_a_year_given_twice_is_refused(tmp_path: Path) -> None:
    table = write_filled_table(tmp_path, BIRTHS, [{"area_code": "210102", "year": 2022, "births": size} for size in (30, 40)])

    with pytest.raises(UserError, match="填了两行"):
        read_population(table, None)
