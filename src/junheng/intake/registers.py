"""Person-level registers rolled up to the school table, in Narwhals lazy expressions alone.

The same code runs on DuckDB relations, Polars lazy frames and Spark frames; nothing is computed here, and an engine
that needs few columns prunes the rest. Every register is grouped once, by school and stage; what follows works on
some rows per school. People leave only as counts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import narwhals as nw

from junheng.common.errors import IntakeError
from junheng.common.stages import Stage
from junheng.tables.school import ART_ROOM_BANDS, CLASS_SIZE_BANDS, MUSIC_ROOM_BANDS, SCHOOL

Frame = nw.LazyFrame[Any]
KEY = SCHOOL.key
_SCHOOL_COLUMNS = {column.name: column for column in SCHOOL.columns}
_CLASS_COLUMNS = {
    name for name, column in _SCHOOL_COLUMNS.items() if (column.base or name) in {"classes", *(band[0] for band in CLASS_SIZE_BANDS)}
}
_MALE, _FEMALE = "1", "2"


@dataclass(frozen=True)
class RegisterFrames:
    """The registers of one or more counties, all on one engine; None = there is no such register.

    Names, codes and types are those of `tables` (stage "primary", flags Boolean); rows are unique by the table's key
    (`one_row_per_key` makes them so). Optional columns may be absent. school: attributes in school-table columns.
    """

    pupil: Frame | None = None
    teacher: Frame | None = None
    classes: Frame | None = None
    room: Frame | None = None
    school: Frame | None = None


@dataclass(frozen=True)
class _Count:
    """A count of rows. name: school-table column, or its name without the stage; of: an aggregate, None = every row;
    doubt: what must be known of every row for the count to stand (the name of an entry of _Register.doubts)."""

    name: str
    of: nw.Expr | None = None
    doubt: str = ""


@dataclass(frozen=True)
class _Register:
    """A register and what is counted in it. doubts: name → condition of rows that may or may not count."""

    name: str
    rows: Frame
    counts: Sequence[_Count]
    doubts: Mapping[str, nw.Expr]
    staged: bool = True


@dataclass(frozen=True)
class _Output:
    """A column to fill: a count of a register, for the whole school or for one stage."""

    column: str
    register: _Register
    count: _Count
    stage: Stage | None


def roll_up(frames: RegisterFrames, columns: Collection[str] | None = None) -> Frame:
    """One row per (county_code, school_code, campus) with every school-table column the registers can fill.

    A count is null where a flag it rests on is null in any row of the school, and where the school has no row at
    all in the register. A register's figure goes before the one reported in `frames.school`, which fills its gaps.
    campus is "" where there is none. columns: keep only these (and the key): a shorter plan for those who need few.
    """
    wanted = set(_SCHOOL_COLUMNS if columns is None else columns) - set(KEY)
    outputs = [each for register in _registers(frames, wanted) for each in _outputs(register) if each.column in wanted]
    counted = _spread(outputs)
    if frames.school is None:
        if counted is None:
            raise IntakeError("没有名册可以汇总", remedy="请提供学生、教师、班级或教室名册，或学校基本信息表")
        return counted
    school = _keyed(frames.school)
    reported = [name for name in _names(school) if name in wanted]
    school = school.select(*KEY, *(nw.col(name).alias(f"reported_{name}") for name in reported))
    return _with_reported(counted, school, reported, [each.column for each in outputs])


def filled_from(frames: RegisterFrames) -> dict[str, str]:
    """School-table column → the register that `roll_up` counts it from ("pupil", "teacher", "class" or "room")."""
    everything = set(_SCHOOL_COLUMNS)
    counted_in = {o.column: o.register.name for r in _registers(frames, everything) for o in _outputs(r)}
    return {column: "pupil" if name == "class" and frames.classes is None else name for column, name in counted_in.items()}


def one_row_per_key(register: Frame, key: Sequence[str]) -> Frame:
    """The register with repeated keys reduced to one row: a person with several titles counts once per school."""
    return register.unique(subset=list(key), keep="any")


def _registers(frames: RegisterFrames, wanted: set[str]) -> Iterator[_Register]:
    if frames.pupil is not None:
        yield _pupils(frames.pupil)
    if frames.teacher is not None:
        yield _teachers(frames.teacher)
    if wanted & _CLASS_COLUMNS and (classes := _sized_classes(frames)) is not None:
        yield _classes(classes)
    if frames.room is not None:
        yield _rooms(frames.room)


def _outputs(register: _Register) -> Iterator[_Output]:
    for count in register.counts:
        if count.name in _SCHOOL_COLUMNS:
            yield _Output(count.name, register, count, None)
        for stage in Stage if register.staged else ():
            if f"{count.name}_{stage}" in _SCHOOL_COLUMNS:
                yield _Output(f"{count.name}_{stage}", register, count, stage)


def _spread(outputs: Sequence[_Output]) -> Frame | None:
    """Group each register once by school and stage, lay the groups under one another, and spread them to columns."""
    registers = {each.register.name: each.register for each in outputs}
    if not registers:
        return None
    grouped = [_grouped(register, [o for o in outputs if o.register is register]) for register in registers.values()]
    tall = _keyed(nw.concat(grouped, how="diagonal") if len(grouped) > 1 else grouped[0])
    checks = {name: each for each in outputs for name in _check_names(each)}
    sums = tall.group_by(list(KEY)).agg(
        *(_sum(_value(each), each.stage).alias(each.column) for each in outputs),
        *(_check(each, name).alias(name) for name, each in checks.items()),
        *(nw.col(f"rows_{name}").count().alias(f"groups_{name}") for name in registers),
    )
    return sums.select(*KEY, *(_stands(each).alias(each.column) for each in outputs))


def _grouped(register: _Register, outputs: Sequence[_Output]) -> Frame:
    counts = {each.count.name: each.count for each in outputs}.values()
    doubts = {count.doubt: register.doubts[count.doubt] for count in counts if count.doubt}
    campus = ("campus",) if "campus" in _names(register.rows) else ()
    key = ["county_code", "school_code", *campus, *(("stage",) if register.staged else ())]
    return register.rows.group_by(key).agg(
        nw.len().alias(f"rows_{register.name}"),
        *(count.of.alias(f"of_{count.name}") for count in counts if count.of is not None),
        *(_where(rows).alias(f"doubt_{register.name}_{name}") for name, rows in doubts.items()),
    )


def _value(output: _Output) -> nw.Expr:
    return nw.col(f"rows_{output.register.name}" if output.count.of is None else f"of_{output.count.name}")


def _check_names(output: _Output) -> list[str]:
    names = [] if output.stage is None else [f"unstaged_{output.register.name}"]
    return [*names, f"{output.register.name}_{output.count.doubt}_{output.stage}"] if output.count.doubt else names


def _check(output: _Output, name: str) -> nw.Expr:
    """Number of rows that keep the output from standing: of an unknown stage, or doubtful themselves."""
    register = output.register.name
    if name == f"unstaged_{register}":
        return nw.when(nw.col("stage").is_null()).then(nw.col(f"rows_{register}")).sum()
    return _sum(nw.col(f"doubt_{register}_{output.count.doubt}"), output.stage)


def _stands(output: _Output) -> nw.Expr:
    """The figure, or null: a school without a row in the register, or with a row that tells too little."""
    stands = nw.col(f"groups_{output.register.name}") > 0
    for name in _check_names(output):
        stands = stands & (nw.col(name).fill_null(0) == 0)
    value = nw.col(output.column)  # a stage without a row sums to null in SQL
    return nw.when(stands).then(value.fill_null(0)).cast(nw.Int64)


def _sum(value: nw.Expr, stage: Stage | None) -> nw.Expr:
    return value.sum() if stage is None else nw.when(nw.col("stage") == str(stage)).then(value).sum()


def _where(condition: nw.Expr) -> nw.Expr:
    """The number of rows of a group that meet the condition; null does not meet it."""
    return nw.when(condition).then(nw.lit(1)).count()


def _names(frame: Frame) -> list[str]:
    return frame.collect_schema().names()


def _keyed(frame: Frame) -> Frame:
    """campus "" where there is none, so that keys can be joined."""
    campus = nw.col("campus").cast(nw.String).fill_null("") if "campus" in _names(frame) else nw.lit("")
    return frame.with_columns(campus.alias("campus"))


def _with_reported(counted: Frame | None, school: Frame, reported: Sequence[str], filled: Sequence[str]) -> Frame:
    """The figures of the registers, then what the school table itself reports. Schools of either side are kept."""
    order = [name for name in _SCHOOL_COLUMNS if name in reported or name in filled]
    if counted is None:
        return school.select(*KEY, *(nw.col(f"reported_{name}").alias(name) for name in order))
    joined = counted.join(school, on=list(KEY), how="full", suffix="_reported")

    def either(name: str) -> nw.Expr:
        own = [nw.col(name)] if name in filled else []
        return nw.coalesce(*own, *([nw.col(f"reported_{name}")] if name in reported else [])).alias(name)

    keys = (nw.coalesce(nw.col(name), nw.col(f"{name}_reported")).alias(name) for name in KEY)
    return joined.select(*keys, *map(either, order))


def _flagged(name: str, flag: str) -> _Count:
    return _Count(name, _where(nw.col(flag)), flag)


def _null_doubts(columns: Collection[str]) -> dict[str, nw.Expr]:
    return {name: nw.col(name).is_null() for name in columns}


def _pupils(rows: Frame) -> _Register:
    columns = _names(rows)
    counts = [_Count("students")]
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
        counts += [_Count("male_pupils", _where(sex == _MALE), "sex"), _Count("female_pupils", _where(sex == _FEMALE), "sex")]
    if "grade" in columns:
        grade, stage = nw.col("grade"), nw.col("stage")
        compulsory = stage.is_null() | (stage != str(Stage.SENIOR))
        # 年级 1 to 9 run through both stages; a junior grade under 6 was counted anew from 1 and tells nothing.
        doubts["grade_of_9"] = compulsory & (grade.is_null() | ((stage == str(Stage.JUNIOR)) & (grade < 6)))
        counts += [
            _Count(f"grade{each}_pupils", _where(compulsory & (grade == each)), "grade_of_9") for each in range(1, 10)
        ]
        doubts["grade"] = grade.is_null() | stage.is_null()
        counts.append(_Count("grades", grade.n_unique(), "grade"))
    return _Register("pupil", rows, counts, doubts)


def _teachers(rows: Frame) -> _Register:
    columns = _names(rows)
    counts = [_Count("full_time_teachers")]
    for column, codes in (("qualification", ("doctor", "master", "bachelor", "junior_college", "below_college")),
                          ("subject", ("pe", "music", "fine_art", "art"))):  # fmt: skip
        if column in columns:
            counts += [_Count(f"{code}_teachers", _where(nw.col(column) == code), column) for code in codes]
    counts += [
        _flagged(name, flag)
        for name, flag in (("backbone_teachers", "is_backbone"), ("certified_teachers", "is_certified"),
                           ("trained_360h_teachers", "trained_360h"))
        if flag in columns
    ]  # fmt: skip
    return _Register("teacher", rows, counts, _null_doubts(columns))


def _classes(rows: Frame) -> _Register:
    size = nw.col("class_size")
    counts = [_Count("classes", doubt="class_id")]
    for name, smallest, largest in CLASS_SIZE_BANDS:
        in_band = size >= smallest if largest is None else (size >= smallest) & (size <= largest)
        counts.append(_Count(name, _where(in_band), "class_size"))
    return _Register("class", rows, counts, _null_doubts(("class_id", "class_size")))


def _rooms(rows: Frame) -> _Register:
    columns, kind = _names(rows), nw.col("kind")
    counts, doubts = [_Count("classrooms")], _null_doubts(columns)
    if "has_multimedia" in columns:
        counts.append(_flagged("multimedia_rooms", "has_multimedia"))
    for name, code, bands in (("music_rooms", "music", MUSIC_ROOM_BANDS), ("art_rooms", "fine_art", ART_ROOM_BANDS)):
        counts.append(_Count(name, _where(kind == code), "kind"))
        if "area_m2" not in columns:
            continue
        doubts[f"{code}_area"] = kind.is_null() | ((kind == code) & nw.col("area_m2").is_null())
        upper = None
        for band, smallest in bands:
            in_band = (kind == code) & (nw.col("area_m2") >= smallest)
            counts.append(_Count(band, _where(in_band if upper is None else in_band & (nw.col("area_m2") < upper)), f"{code}_area"))
            upper = smallest
    return _Register("room", rows, counts, doubts, staged=False)


def _sized_classes(frames: RegisterFrames) -> Frame | None:
    """One row per class with its size: the register's 班额, else its pupils counted; null when neither tells.

    Pupils are counted only for classes without 班额, so that a full class register never makes an engine group them.
    """
    if frames.classes is None:
        return None if frames.pupil is None else _classes_of_pupils(frames.pupil)
    classes = _keyed(frames.classes)
    if "class_size" not in _names(classes):
        classes = classes.with_columns(class_size=nw.lit(None, dtype=nw.Int64))
    of_class = [*KEY, "class_id"]
    classes = classes.select(*of_class, "stage", "class_size")
    if frames.pupil is None or "class_id" not in _names(frames.pupil):
        return classes
    unsized = classes.filter(nw.col("class_size").is_null()).select(*of_class)
    pupils = _keyed(frames.pupil).select(*of_class)
    counted = pupils.join(unsized, on=of_class, how="semi").group_by(of_class).agg(nw.len().alias("counted"))
    size = nw.coalesce(nw.col("class_size"), nw.col("counted")).cast(nw.Int64)
    return classes.join(counted, on=of_class, how="left").select(*of_class, "stage", size.alias("class_size"))


def _classes_of_pupils(pupils: Frame) -> Frame | None:
    """The classes pupils sit in. Pupils without a class leave one row without class_id: classes are then unknown."""
    if "class_id" not in _names(pupils):
        return None
    grouped = _keyed(pupils).group_by([*KEY, "stage", "class_id"]).agg(nw.len().alias("size"))
    size = nw.when(~nw.col("class_id").is_null()).then(nw.col("size")).cast(nw.Int64)
    return grouped.select(*KEY, "class_id", "stage", size.alias("class_size"))
