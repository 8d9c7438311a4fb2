"""Person-level registers that roll up to the planted facts: pupils, teachers, classes and rooms, as Polars frames.

Identifiers are running numbers with a letter in front: they cannot be mistaken for anybody's 学籍号 or identity number.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import polars as pl

from junheng.common.stages import COMPULSORY_STAGES, Stage
from junheng.intake.model import Row
from junheng.synth.plan import PlannedSchool
from junheng.synth.province import SyntheticCounty
from junheng.tables import Kind, Table
from junheng.tables.county import COUNTY
from junheng.tables.school import ART_ROOM_BANDS, MUSIC_ROOM_BANDS, SCHOOL

_DEGREES = ("doctor", "master", "bachelor", "junior_college")


def _count(row: Row, column: str) -> int:
    value = row.get(column)
    return int(value) if isinstance(value, int | float) else 0


def _class_frame(counties: Sequence[SyntheticCounty]) -> pl.DataFrame:
    """One row per class, with the numbers pupils are made from."""
    columns: dict[str, list[object]] = {name: [] for name in ("county_code", "school_code", "class_id", "stage", "grade", "class_size")}
    for county in counties:
        for school in county.plan.schools:
            for number, each in enumerate(school.classes, 1):
                for name, value in zip(columns, (county.population.code, school.code, f"{school.code}-{number:03d}",
                                                 str(each.stage), each.grade, each.size), strict=True):  # fmt: skip
                    columns[name].append(value)
    return pl.DataFrame(columns).with_columns(campus=pl.lit(None, pl.String))


def _pupils(classes: pl.DataFrame, counties: Sequence[SyntheticCounty]) -> pl.DataFrame:
    limits = pl.DataFrame(
        [
            {"school_code": str(row["school_code"]), "migrants": _count(row, "migrant_pupils"), "boarders": _count(row, "boarders"),
             "inside_primary": _count(row, "catchment_pupils_primary"), "inside_junior": _count(row, "catchment_pupils_junior")}
            for county in counties for row in county.facts.school
        ]
    )  # fmt: skip
    pupils = classes.join(limits, on="school_code", how="left", maintain_order="left")
    pupils = pupils.select(pl.exclude("class_size").repeat_by("class_size").explode()) if len(pupils) else pupils
    compulsory = pl.col("stage").is_in([str(stage) for stage in COMPULSORY_STAGES])
    in_school = compulsory.cast(pl.Int32).cum_sum().over("school_code")
    in_stage = pl.int_range(pl.len()).over("school_code", "stage")
    inside = pl.when(pl.col("stage") == "primary").then("inside_primary").otherwise("inside_junior")
    return pupils.select(
        pupil_id=pl.format("S{}", pl.int_range(pl.len())), county_code="county_code", school_code="school_code", campus="campus",
        stage="stage", grade="grade", class_id="class_id",
        sex=pl.when(pl.int_range(pl.len()) % 2 == 0).then(pl.lit("1")).otherwise(pl.lit("2")),
        is_boarder=compulsory & (in_school <= pl.col("boarders")), is_migrant=compulsory & (in_school <= pl.col("migrants")),
        is_left_behind=pl.lit(False), in_catchment=in_stage < inside,
    )  # fmt: skip


def _teachers(counties: Sequence[SyntheticCounty]) -> pl.DataFrame:
    parts: list[pl.DataFrame] = []
    for county in counties:
        for school, row in zip(county.plan.schools, county.facts.school, strict=True):
            parts.append(_school_teachers(school, row))
    frame = pl.concat(parts)
    return frame.with_columns(teacher_id=pl.format("T{}", pl.int_range(pl.len())))


def _school_teachers(school: PlannedSchool, row: Row) -> pl.DataFrame:
    stages: list[str] = []
    qualifications: list[str] = []
    for stage in school.stages:
        for degree in _DEGREES:
            number = _count(row, f"{degree}_teachers_{stage}")
            stages += [str(stage)] * number
            qualifications += [degree] * number
    total = _count(row, "full_time_teachers")
    fill = str(school.stages[-1]) if school.stages else str(Stage.PRIMARY)
    below = "below_college" if fill == Stage.PRIMARY else "junior_college"
    stages += [fill] * (total - len(stages))
    qualifications += [below] * (total - len(qualifications))
    subjects = (["pe"] * _count(row, "pe_teachers") + ["music"] * _count(row, "music_teachers")
                + ["fine_art"] * _count(row, "fine_art_teachers") + ["art"] * _count(row, "art_teachers"))  # fmt: skip
    # The stages are taken in turn, so that backbone, PE and art teachers are found in each of them.
    order = np.argsort(np.arange(len(stages)) % 7, kind="stable")
    return pl.DataFrame(
        {
            "county_code": str(row["county_code"]), "school_code": school.code, "campus": pl.Series([None] * len(stages), dtype=pl.String),
            "stage": np.array(stages, dtype=object)[order].tolist(), "qualification": np.array(qualifications, dtype=object)[order].tolist(),
            "subject": (subjects + ["other"] * len(stages))[: len(stages)],
            "is_backbone": [index < _count(row, "backbone_teachers") for index in range(len(stages))],
            "is_certified": [index < _count(row, "certified_teachers") for index in range(len(stages))],
            "trained_360h": [index < _count(row, "trained_360h_teachers") for index in range(len(stages))],
        }
    )  # fmt: skip


def _rooms(counties: Sequence[SyntheticCounty]) -> pl.DataFrame:
    return pl.DataFrame(
        [record for county in counties for row in county.facts.school for record in _school_rooms(row)],
        schema={"county_code": pl.String, "school_code": pl.String, "campus": pl.String, "room_id": pl.String, "kind": pl.String,
                "area_m2": pl.Float64, "has_multimedia": pl.Boolean},
    )  # fmt: skip


def _school_rooms(row: Row) -> Iterator[dict[str, object]]:
    multimedia = _count(row, "multimedia_rooms")
    wanted = [("music", float(area)) for name, area in MUSIC_ROOM_BANDS for _ in range(_count(row, name))]
    wanted += [("fine_art", float(area)) for name, area in ART_ROOM_BANDS for _ in range(_count(row, name))]
    wanted += [("classroom", 67.0)] * max(0, multimedia - len(wanted))
    for number, (kind, area) in enumerate(wanted, 1):
        yield {"county_code": row["county_code"], "school_code": row["school_code"], "campus": None, "room_id": f"R{number:03d}",
               "kind": kind, "area_m2": area, "has_multimedia": number <= multimedia}  # fmt: skip


_COUNTED_GROUPS = ("班级信息", "教师学历信息", "体育艺术教师", "音乐美术教室", "补充信息")
_COUNTED = ("students", "boarders", "migrant_pupils", "catchment_pupils", "multimedia_rooms")
_TYPES = {Kind.COUNT: pl.Int64, Kind.LEVEL: pl.Int64, Kind.YEAR: pl.Int64, Kind.AMOUNT: pl.Float64,
          Kind.FRACTION: pl.Float64, Kind.FLAG: pl.Boolean}  # fmt: skip


def _attributes(rows: Sequence[Row], table: Table) -> pl.DataFrame:
    """The columns of a table that no register counts."""
    kept = [
        column for column in table.columns
        if column.group not in _COUNTED_GROUPS and (column.base or column.name) not in _COUNTED
    ]  # fmt: skip
    schema = {column.name: _TYPES.get(column.kind, pl.String()) for column in kept}
    return pl.DataFrame([{name: row.get(name) for name in schema} for row in rows], schema=schema)


def write_registers(counties: Sequence[SyntheticCounty], folder: Path) -> list[Path]:
    """Write pupil, teacher, class, room, school and county as Parquet; returns their paths.

    school carries what no register counts: areas, money, flags, retention figures.
    """
    folder.mkdir(parents=True, exist_ok=True)
    classes = _class_frame(counties)
    frames = {
        "class": classes.select("county_code", "school_code", "campus", "class_id", "stage", "grade", "class_size"),
        "pupil": _pupils(classes, counties),
        "teacher": _teachers(counties),
        "room": _rooms(counties),
        "school": _attributes([row for county in counties for row in county.facts.school], SCHOOL),
        "county": _attributes([row for county in counties for row in county.facts.county], COUNTY),
    }
    paths = []
    for name, frame in frames.items():
        paths.append(folder / f"{name}.parquet")
        frame.write_parquet(paths[-1])
    return paths
