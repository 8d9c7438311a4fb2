"""Counting pupils out of what schools reported, and writing tables down."""

from __future__ import annotations

import csv
import io

import polars as pl

from junheng.opendata.changes import changes_between
from junheng.opendata.count_table import TOTAL
from junheng.opendata.datasets import DATASETS, RESULTS
from junheng.opendata.formats import as_csv, as_json, as_parquet
from junheng.opendata.pupils import counted, pupils_of


def _school(**values: object) -> dict[str, object]:
    return {"school_type": "211", "urban_rural": "111", "students_primary": 100, "migrant_pupils": 20} | values


def _counted(*schools: dict[str, object]) -> dict[tuple[str, str], int | None]:
    return counted({"210102": schools}, {"210100": ["210102"]}).values


def test_a_school_counts_where_it_lies_and_special_areas_count_as_towns():
    found = _counted(_school(), _school(urban_rural="123"), _school(urban_rural="220", migrant_pupils=0))
    assert (found["210102", "城区随迁子女"], found["210102", "镇区其他学生"], found["210102", "乡村随迁子女"]) == (20, 80, 0)
    assert found[TOTAL, TOTAL] == 300


def test_a_school_that_does_not_say_where_it_lies_leaves_the_county_open():
    found = _counted(_school(), _school(urban_rural=None))
    assert found["210102", "城区随迁子女"] is None
    assert found["210102", "乡村其他学生"] is None
    assert found[TOTAL, TOTAL] is None


def test_more_migrants_than_pupils_is_no_number():
    assert _counted(_school(migrant_pupils=101))["210102", "城区其他学生"] is None


def test_a_whole_is_its_stages_when_every_stage_of_the_school_is_reported():
    nine_years = {"school_type": "312", "students_primary": 60, "students_junior": 40}
    assert pupils_of(nine_years, "students") == 100
    assert pupils_of(nine_years | {"students_junior": None}, "students") is None
    assert pupils_of({"school_type": "211", "students_primary": 60, "students_junior": None}, "students") == 60


_ROW = {column.name: None for column in RESULTS.table.columns} | {"county": "=HYPERLINK(1)", "announcement": 1, "school_year": 2025, "conclusion": "通过"}


def test_a_name_that_a_spreadsheet_would_run_stays_a_text():
    line = next(csv.DictReader(io.StringIO(as_csv(RESULTS, [_ROW]).decode("utf-8-sig"))))
    assert line["县（市、区）"] == "'=HYPERLINK(1)"


def test_the_same_rows_give_the_same_bytes_and_types_without_rows_too():
    for write in (as_csv, as_json, as_parquet):
        assert write(RESULTS, [_ROW]) == write(RESULTS, [_ROW])
    for dataset in DATASETS:
        empty = pl.read_parquet(io.BytesIO(as_parquet(dataset, [])))
        assert empty.columns == [column.name for column in dataset.table.columns]


def test_a_change_of_one_word_is_told_and_no_change_is_nothing():
    before = {"results": [_ROW], "criteria": [], "balance": [], "pupils": []}
    assert changes_between(before, before) == []
    assert changes_between(before, before | {"results": [_ROW | {"conclusion": "未通过"}]}) == ["改动 1 个县的结论：=HYPERLINK(1)（未通过）。"]
