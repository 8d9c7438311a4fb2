"""Rolling up registers equals counting people one at a time, on every engine."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import duckdb
import narwhals as nw
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from register_cases import PUPILS, REGISTERS, Registers, counted, key_of, typed

from junheng.intake.registers import RegisterFrames, one_row_per_key, roll_up

NAMES = ("pupil", "teacher", "class", "room")


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as opened:
        yield opened


def _polars(registers: Registers, **more: pl.DataFrame) -> RegisterFrames:
    frames = {name: typed(name, registers[name]) for name in NAMES if name in registers} | more
    lazy = {name: nw.from_native(frame.lazy()) for name, frame in frames.items()}
    return RegisterFrames(lazy.get("pupil"), lazy.get("teacher"), lazy.get("class"), lazy.get("room"), lazy.get("school"))


def _on_polars(registers: Registers) -> list[dict[str, object]]:
    return roll_up(_polars(registers)).collect("polars").to_native().to_dicts()


def _on_duckdb(registers: Registers, connection: duckdb.DuckDBPyConnection) -> list[dict[str, object]]:
    lazy = {}
    for name in NAMES:
        frame = typed(name, registers[name])
        types = {pl.Int64: "BIGINT", pl.Float64: "DOUBLE", pl.Boolean: "BOOLEAN", pl.String: "VARCHAR"}
        columns = ", ".join(f'"{column}" {types[type(dtype)]}' for column, dtype in frame.schema.items())
        connection.execute(f'create or replace table "{name}" ({columns})')
        if len(frame):
            connection.executemany(f'insert into "{name}" values ({", ".join("?" * frame.width)})', frame.rows())
        lazy[name] = nw.from_native(connection.table(name))
    relation = roll_up(RegisterFrames(*(lazy[name] for name in NAMES))).to_native()
    return [dict(zip(relation.columns, row, strict=True)) for row in relation.fetchall()]


def _check(rows: list[dict[str, object]], registers: Registers) -> None:
    expected = counted(registers)
    assert sorted(map(key_of, rows)) == sorted(expected)
    for row in rows:
        figures = expected[key_of(row)]
        assert {name: value for name, value in row.items() if name not in ("county_code", "school_code", "campus")} == {
            name: figures.get(name) for name in row if name not in ("county_code", "school_code", "campus")
        }
        assert set(figures) <= set(row)


@settings(max_examples=25, deadline=None)
@given(REGISTERS)
def test_polars_counts_as_a_person_would(registers: Registers) -> None:
    _check(_on_polars(registers), registers)


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(registers=REGISTERS)
def test_duckdb_counts_as_a_person_would(registers: Registers, connection: duckdb.DuckDBPyConnection) -> None:
    _check(_on_duckdb(registers, connection), registers)


@settings(max_examples=20, deadline=None)
@given(PUPILS)
def test_without_a_class_register_pupils_make_the_classes(pupils: list[dict[str, object]]) -> None:
    rows = roll_up(_polars({"pupil": pupils}), ["classes", "classes_to_25"]).collect("polars").to_native().to_dicts()
    for row in rows:
        own = [pupil for pupil in pupils if key_of(pupil) == key_of(row)]
        told = all(pupil["class_id"] is not None for pupil in own)
        classes = {(pupil["stage"], pupil["class_id"]) for pupil in own}
        assert row["classes"] == (len(classes) if told else None)
        assert row["classes_to_25"] == (len(classes) if told else None)


def test_a_school_missing_from_a_register_is_not_reported_and_never_zero() -> None:
    registers: Registers = {"pupil": [_pupil("1")], "teacher": [_teacher("2")]}
    rows = {row["school_code"]: row for row in _on(registers)}
    assert (rows["1"]["students_primary"], rows["1"]["full_time_teachers"]) == (1, None)
    assert (rows["2"]["students_primary"], rows["2"]["full_time_teachers"]) == (None, 1)
    assert rows["1"]["students_junior"] == 0


def test_the_register_goes_before_the_school_table_which_fills_its_gaps() -> None:
    school = pl.DataFrame({"county_code": "210102", "school_code": ["1", "9"], "school_name": ["甲", "乙"], "boarders": [7, 8],
                           "students_primary": [99, 50]})  # fmt: skip
    registers: Registers = {"pupil": [_pupil("1", is_boarder=None)]}
    rows = {row["school_code"]: row for row in roll_up(_polars(registers, school=school)).collect("polars").to_native().to_dicts()}
    assert (rows["1"]["students_primary"], rows["1"]["boarders"], rows["1"]["school_name"]) == (1, 7, "甲")
    assert (rows["9"]["students_primary"], rows["9"]["boarders"], rows["9"]["campus"]) == (50, 8, "")


def test_a_person_with_several_titles_counts_once_per_school() -> None:
    twice = [_teacher("1", teacher_id="7", is_backbone=True), _teacher("1", teacher_id="7", is_backbone=True),
             _teacher("2", teacher_id="7", is_backbone=True)]  # fmt: skip
    frame = nw.from_native(typed("teacher", twice).lazy())
    once = one_row_per_key(frame, ("teacher_id", "county_code", "school_code", "campus"))
    rows = roll_up(RegisterFrames(teacher=once)).collect("polars").to_native()
    assert rows["backbone_teachers"].to_list() == [1, 1]


def test_only_the_columns_asked_for_are_planned() -> None:
    rows = roll_up(_polars({"pupil": [_pupil("1")], "teacher": [_teacher("1")]}), ["students_primary"])
    assert rows.collect_schema().names() == ["county_code", "school_code", "campus", "students_primary"]


def _pupil(school: str, **values: object) -> dict[str, object]:
    return {"pupil_id": "x", "county_code": "210102", "school_code": school, "campus": None, "stage": "primary", "grade": 1,
            "class_id": "a", "sex": "1", "is_boarder": False, "is_migrant": False, "is_left_behind": False,
            "in_catchment": True, **values}  # fmt: skip


def _teacher(school: str, **values: object) -> dict[str, object]:
    return {"teacher_id": "x", "county_code": "210102", "school_code": school, "campus": None, "stage": "primary",
            "qualification": "bachelor", "subject": "other", "is_backbone": False, "is_certified": True, "trained_360h": True,
            **values}  # fmt: skip


def _on(registers: Registers) -> list[dict[str, object]]:
    return roll_up(_polars(registers)).collect("polars").to_native().to_dicts()


@pytest.mark.skipif(shutil.which("java") is None, reason="Spark needs a Java runtime")
def test_spark_counts_as_polars_does(tmp_path_factory: pytest.TempPathFactory) -> None:
    pyspark = pytest.importorskip("pyspark.sql", reason="the spark extra is not installed")
    registers: Registers = {
        "pupil": [_pupil("1", class_id=each, pupil_id=each) for each in "aab"] + [_pupil("2", stage="junior", is_migrant=None)],
        "teacher": [_teacher("1", is_backbone=True, campus="北校区"), _teacher("2", stage="junior", qualification="master")],
        "class": [{"county_code": "210102", "school_code": "1", "campus": None, "class_id": each, "stage": "primary",
                   "class_size": size} for each, size in (("a", None), ("b", 51))],
        "room": [{"room_id": "1", "county_code": "210102", "school_code": "1", "campus": "", "kind": "music", "area_m2": 73.0,
                  "has_multimedia": True}],
    }  # fmt: skip
    builder = pyspark.SparkSession.builder.master("local[1]").config("spark.ui.enabled", False)
    spark = builder.config("spark.sql.shuffle.partitions", 1).config(
        "spark.sql.warehouse.dir", str(tmp_path_factory.mktemp("warehouse"))
    ).getOrCreate()  # fmt: skip
    types = {pl.Int64: "bigint", pl.Float64: "double", pl.Boolean: "boolean", pl.String: "string"}
    lazy = []
    for name in NAMES:
        frame = typed(name, registers[name])
        schema = ", ".join(f"`{column}` {types[type(dtype)]}" for column, dtype in frame.schema.items())
        lazy.append(nw.from_native(spark.createDataFrame(frame.rows(), schema)))
    few = ["students_primary", "migrant_pupils", "male_pupils", "grade1_pupils", "backbone_teachers", "master_teachers_junior",
           "classes_to_25_primary", "classes_51_55", "music_rooms", "music_rooms_73_to_96_m2", "multimedia_rooms"]  # fmt: skip
    found = [row.asDict() for row in roll_up(RegisterFrames(*lazy), few).to_native().collect()]
    expected = roll_up(_polars(registers), few).collect("polars").to_native().to_dicts()
    assert sorted(found, key=key_of) == sorted(expected, key=key_of)
