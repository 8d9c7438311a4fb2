"""What is counted in each person-level register, and which rows leave a count open."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import narwhals as nw

from junheng.common.stages import Stage
from junheng.tables.school import ART_ROOM_BANDS, CLASS_SIZE_BANDS, MUSIC_ROOM_BANDS, SCHOOL

Frame = nw.LazyFrame[Any]
KEY = SCHOOL.key
_MALE, _FEMALE = "1", "2"


@dataclass(frozen=True)
class Count:
    """A count of rows. name: school-table column, or its name without the stage; of: an aggregate, None = every row;
    doubt: what must be known of every row for the count to stand (the name of an entry of Register.doubts);
    of_kinds: counts different values, so that the counts of two groups do not add up."""

    name: str
    of: nw.Expr | None = None
    doubt: str = ""
    of_kinds: bool = False


@dataclass(frozen=True)
class Register:
    """A register and what is counted in it. doubts: name → condition of rows that may or may not count."""

    name: str
    rows: Frame
    counts: Sequence[Count]
    doubts: Mapping[str, nw.Expr]
    staged: bool = True


def rows_where(condition: nw.Expr) -> nw.Expr:
    """The number of rows of a group that meet the condition; null does not meet it."""
    return nw.when(condition).then(nw.lit(1)).count()


def names_of(frame: Frame) -> list[str]:
    return frame.collect_schema().names()


def keyed(frame: Frame) -> Frame:
    """campus "" where there is none, so that keys can be joined."""
    campus = nw.col("campus").cast(nw.String).fill_null("") if "campus" in names_of(frame) else nw.lit("")
    return frame.with_columns(campus.alias("campus"))


def _flagged(name: str, flag: str) -> Count:
    return Count(name, rows_where(nw.col(flag)), flag)


def _null_doubts(columns: Collection[str]) -> dict[str, nw.Expr]:
    return {name: nw.col(name).is_null() for name in columns}


def pupils(rows: Frame) -> Register:
    columns = names_of(rows)
    counts = [Count("students")]
    counts += [
        _flagged(name, flag)
        for name, flag in (("boarders", "is_boarder"), ("migrant_pupils", "is_migrant"),
                           ("left_behind_pupils", "is_left_behind"), ("catchment_pupils", "in_catchment"))
        if flag in columns
    ]  # fmt: skip
    doubts = _null_doubts(columns)
    if "sex" in columns:
        sex = nw.col("sex")
        doubts["sex"] = sex.is_null() | ~sex.is_in([_MALE, _FEMALE])
        counts += [Count("male_pupils", rows_where(sex == _MALE), "sex"), Count("female_pupils", rows_where(sex == _FEMALE), "sex")]
    if "grade" in columns:
        grade, stage = nw.col("grade"), nw.col("stage")
        compulsory = stage.is_null() | (stage != str(Stage.SENIOR))
        # 年级 1 to 9 run through both stages; a junior grade under 6 was counted anew from 1 and tells nothing.
        doubts["grade_of_9"] = compulsory & (grade.is_null() | ((stage == str(Stage.JUNIOR)) & (grade < 6)))
        counts += [
            Count(f"grade{each}_pupils", rows_where(compulsory & (grade == each)), "grade_of_9") for each in range(1, 10)
        ]
        doubts["grade"] = grade.is_null() | stage.is_null()
        counts.append(Count("grades", grade.n_unique(), "grade", of_kinds=True))
    return Register("pupil", rows, counts, doubts)


def teachers(rows: Frame) -> Register:
    columns = names_of(rows)
    counts = [Count("full_time_teachers")]
    for column, codes in (("qualification", ("doctor", "master", "bachelor", "junior_college", "below_college")),
                          ("subject", ("pe", "music", "fine_art", "art"))):  # fmt: skip
        if column in columns:
            counts += [Count(f"{code}_teachers", rows_where(nw.col(column) == code), column) for code in codes]
    counts += [
        _flagged(name, flag)
        for name, flag in (("backbone_teachers", "is_backbone"), ("certified_teachers", "is_certified"),
                           ("trained_360h_teachers", "trained_360h"))
        if flag in columns
    ]  # fmt: skip
    return Register("teacher", rows, counts, _null_doubts(columns))


def classes(rows: Frame) -> Register:
    size = nw.col("class_size")
    counts = [Count("classes", doubt="class_id")]
    for name, smallest, largest in CLASS_SIZE_BANDS:
        in_band = size >= smallest if largest is None else (size >= smallest) & (size <= largest)
        counts.append(Count(name, rows_where(in_band), "class_size"))
    return Register("class", rows, counts, _null_doubts(("class_id", "class_size")))


def rooms(rows: Frame) -> Register:
    columns, kind = names_of(rows), nw.col("kind")
    counts, doubts = [Count("classrooms")], _null_doubts(columns)
    if "has_multimedia" in columns:
        counts.append(_flagged("multimedia_rooms", "has_multimedia"))
    for name, code, bands in (("music_rooms", "music", MUSIC_ROOM_BANDS), ("art_rooms", "fine_art", ART_ROOM_BANDS)):
        counts.append(Count(name, rows_where(kind == code), "kind"))
        if "area_m2" not in columns:
            continue
        doubts[f"{code}_area"] = kind.is_null() | ((kind == code) & nw.col("area_m2").is_null())
        upper = None
        for band, smallest in bands:
            in_band = (kind == code) & (nw.col("area_m2") >= smallest)
            counts.append(Count(band, rows_where(in_band if upper is None else in_band & (nw.col("area_m2") < upper)), f"{code}_area"))
            upper = smallest
    return Register("room", rows, counts, doubts, staged=False)


def sized_classes(class_rows: Frame | None, pupil_rows: Frame | None) -> Frame | None:
    """One row per class with its size: the register's 班额, else its pupils counted; null when neither tells.

    Pupils are counted only for classes without 班额, so that a full class register never makes an engine group them.
    """
    if class_rows is None:
        return None if pupil_rows is None else _classes_of_pupils(pupil_rows)
    listed = keyed(class_rows)
    if "class_size" not in names_of(listed):
        listed = listed.with_columns(class_size=nw.lit(None, dtype=nw.Int64))
    of_class = [*KEY, "class_id"]
    listed = listed.select(*of_class, "stage", "class_size")
    if pupil_rows is None or "class_id" not in names_of(pupil_rows):
        return listed
    unsized = listed.filter(nw.col("class_size").is_null()).select(*of_class)
    seated = keyed(pupil_rows).select(*of_class)
    counted = seated.join(unsized, on=of_class, how="semi").group_by(of_class).agg(nw.len().alias("counted"))
    size = nw.coalesce(nw.col("class_size"), nw.col("counted")).cast(nw.Int64)
    return listed.join(counted, on=of_class, how="left").select(*of_class, "stage", size.alias("class_size"))


def _classes_of_pupils(pupil_rows: Frame) -> Frame | None:
    """The classes pupils sit in. Pupils without a class leave one row without class_id: classes are then unknown."""
    if "class_id" not in names_of(pupil_rows):
        return None
    grouped = keyed(pupil_rows).group_by([*KEY, "stage", "class_id"]).agg(nw.len().alias("size"))
    size = nw.when(~nw.col("class_id").is_null()).then(nw.col("size")).cast(nw.Int64)
    return grouped.select(*KEY, "class_id", "stage", size.alias("class_size"))
