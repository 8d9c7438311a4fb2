"""Random registers, and the plain counting that the roll-up must agree with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

import polars as pl
from hypothesis import strategies as st

from junheng.tables import Kind, table
from junheng.tables.school import ART_ROOM_BANDS, CLASS_SIZE_BANDS, MUSIC_ROOM_BANDS, SCHOOL

Record = dict[str, object]
Registers = dict[str, list[Record]]
STAGES = ("primary", "junior", "senior")
_TYPES = {Kind.COUNT: pl.Int64, Kind.AMOUNT: pl.Float64, Kind.FLAG: pl.Boolean}
_SCHOOL_COLUMNS = {column.name for column in SCHOOL.columns}

_flag = st.sampled_from([True, False, True, False, True, False, None])
_key = {
    "county_code": st.just("210102"), "school_code": st.sampled_from(["1", "2", "3"]),
    "campus": st.sampled_from([None, None, "", "北校区"]),
}  # fmt: skip
_stage = st.sampled_from([*STAGES, *STAGES, None])
_class_id = st.sampled_from(["a", "b", "c", "a", "b", None])


def _rows(size: int, **columns: st.SearchStrategy[object]) -> st.SearchStrategy[list[Record]]:
    return st.lists(st.fixed_dictionaries({**_key, **columns}), max_size=size)


def _numbered(rows: list[Record], name: str) -> list[Record]:
    return [{**row, name: str(number)} for number, row in enumerate(rows)]


PUPILS = _rows(
    12, stage=_stage, grade=st.none() | st.integers(1, 12), class_id=_class_id, sex=st.sampled_from(["1", "2", "1", "2", "0", None]),
    is_boarder=_flag, is_migrant=_flag, is_left_behind=_flag, in_catchment=_flag,
).map(lambda rows: _numbered(rows, "pupil_id"))  # fmt: skip
TEACHERS = _rows(
    12, stage=_stage, qualification=st.sampled_from(["doctor", "master", "bachelor", "junior_college", "below_college", None]),
    subject=st.sampled_from(["pe", "music", "fine_art", "art", "other", None]), is_backbone=_flag, is_certified=_flag,
    trained_360h=_flag,
).map(lambda rows: _numbered(rows, "teacher_id"))  # fmt: skip
CLASSES = st.lists(
    st.fixed_dictionaries({**_key, "class_id": st.sampled_from("abc"), "stage": _stage, "class_size": st.none() | st.integers(0, 70)}),
    max_size=8, unique_by=lambda row: (row["school_code"], row["campus"] or "", row["class_id"]),
)  # fmt: skip
ROOMS = _rows(
    10, kind=st.sampled_from(["classroom", "music", "fine_art", "laboratory", None]),
    area_m2=st.sampled_from([None, 50.0, 61.0, 66.9, 67.0, 72.99, 73.0, 90.0, 95.9, 96.0, 120.0]), has_multimedia=_flag,
).map(lambda rows: _numbered(rows, "room_id"))  # fmt: skip
REGISTERS = st.fixed_dictionaries({"pupil": PUPILS, "teacher": TEACHERS, "class": CLASSES, "room": ROOMS})


def typed(name: str, rows: Sequence[Record]) -> pl.DataFrame:
    """The rows as a frame in the types of the contract."""
    return pl.DataFrame(rows, schema={c.name: _TYPES.get(c.kind, pl.String) for c in table(name).columns})


def key_of(row: Mapping[str, object]) -> tuple[str, str, str]:
    return str(row["county_code"]), str(row["school_code"]), str(row["campus"] or "")


def counted(registers: Registers) -> dict[tuple[str, str, str], Record]:
    """School-table columns by key, counted one person at a time."""
    out: dict[tuple[str, str, str], Record] = {}
    for key in sorted({key_of(row) for rows in registers.values() for row in rows}):
        own = {name: [row for row in rows if key_of(row) == key] for name, rows in registers.items()}
        out[key] = {**_pupils(own["pupil"]), **_teachers(own["teacher"]), **_classes(own), **_rooms(own["room"])}
    return out


def _count(out: Record, name: str, rows: Sequence[Record], yes: Callable[[Record], bool],
           doubtful: Callable[[Record], bool] = lambda row: False) -> None:  # fmt: skip
    """Fill the school's column and its stage columns; None where a row leaves it open."""
    if not rows:
        return
    if name in _SCHOOL_COLUMNS:
        out[name] = None if any(map(doubtful, rows)) else sum(map(yes, rows))
    for stage in STAGES if "stage" in rows[0] else ():
        if f"{name}_{stage}" in _SCHOOL_COLUMNS:
            of_stage = [row for row in rows if row.get("stage") == stage]
            open_ = any(row.get("stage") is None for row in rows) or any(map(doubtful, of_stage))
            out[f"{name}_{stage}"] = None if open_ else sum(map(yes, of_stage))


def _is(column: str, value: object) -> Callable[[Record], bool]:
    return lambda row: row[column] == value


def _null(column: str) -> Callable[[Record], bool]:
    return lambda row: row[column] is None


def _pupils(rows: list[Record]) -> Record:
    out: Record = {}
    _count(out, "students", rows, lambda row: True)
    for name, flag in (("boarders", "is_boarder"), ("migrant_pupils", "is_migrant"), ("left_behind_pupils", "is_left_behind"),
                       ("catchment_pupils", "in_catchment")):  # fmt: skip
        _count(out, name, rows, _is(flag, True), _null(flag))
    for name, sex in (("male_pupils", "1"), ("female_pupils", "2")):
        _count(out, name, rows, _is("sex", sex), lambda row: row["sex"] not in ("1", "2"))
    below = [row for row in rows if row["stage"] != "senior"]
    told = all(r["grade"] is not None and (r["stage"] != "junior" or int(str(r["grade"])) >= 6) for r in below)
    for grade in range(1, 10):
        if rows:
            out[f"grade{grade}_pupils"] = sum(row["grade"] == grade for row in below) if told else None
    if rows:
        whole = all(row["grade"] is not None and row["stage"] is not None for row in rows)
        out["grades"] = len({(row["stage"], row["grade"]) for row in rows}) if whole else None
    return out


def _teachers(rows: list[Record]) -> Record:
    out: Record = {}
    _count(out, "full_time_teachers", rows, lambda row: True)
    for degree in ("doctor", "master", "bachelor", "junior_college", "below_college"):
        _count(out, f"{degree}_teachers", rows, _is("qualification", degree), _null("qualification"))
    for subject in ("pe", "music", "fine_art", "art"):
        _count(out, f"{subject}_teachers", rows, _is("subject", subject), _null("subject"))
    for name, flag in (("backbone_teachers", "is_backbone"), ("certified_teachers", "is_certified"),
                       ("trained_360h_teachers", "trained_360h")):  # fmt: skip
        _count(out, name, rows, _is(flag, True), _null(flag))
    return out


def _classes(own: Registers) -> Record:
    pupils = Counter(row["class_id"] for row in own["pupil"])
    rows = [{**row, "size": row["class_size"] if row["class_size"] is not None else pupils.get(row["class_id"])} for row in own["class"]]
    out: Record = {}
    _count(out, "classes", rows, lambda row: True)
    for name, smallest, largest in CLASS_SIZE_BANDS:
        _count(out, name, rows, lambda row, a=smallest, b=largest: a <= row["size"] <= (b or 999), _null("size"))  # type: ignore[misc]
    return out


def _rooms(rows: list[Record]) -> Record:
    out: Record = {}
    if not rows:
        return out
    out["classrooms"] = len(rows)
    _count(out, "multimedia_rooms", rows, _is("has_multimedia", True), _null("has_multimedia"))
    for name, kind, bands in (("music_rooms", "music", MUSIC_ROOM_BANDS), ("art_rooms", "fine_art", ART_ROOM_BANDS)):
        _count(out, name, rows, _is("kind", kind), _null("kind"))
        upper = 1e9
        for band, smallest in bands:
            inside = lambda row, k=kind, a=smallest, b=upper: row["kind"] == k and a <= row["area_m2"] < b  # noqa: E731
            _count(out, band, rows, inside, lambda row, k=kind: row["kind"] is None or (row["kind"] == k and row["area_m2"] is None))  # type: ignore[misc]
            upper = smallest
    return out
