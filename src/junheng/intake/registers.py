"""Person-level registers rolled up to the school table, in Narwhals lazy expressions alone.

The same code runs on DuckDB relations, Polars lazy frames and Spark frames; nothing is computed here, and an engine
that needs few columns prunes the rest. Every register is grouped once, by school and stage; what follows works on
some rows per school. People leave only as counts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce

import narwhals as nw

from junheng.common.errors import IntakeError
from junheng.common.stages import Stage
from junheng.intake.register_counts import (
    KEY,
    Count,
    Frame,
    Register,
    classes,
    keyed,
    names_of,
    pupils,
    rooms,
    rows_where,
    sized_classes,
    teachers,
)
from junheng.tables.school import CLASS_SIZE_BANDS, SCHOOL

_SCHOOL_COLUMNS = {column.name: column for column in SCHOOL.columns}
_CLASS_COLUMNS = {
    name for name, column in _SCHOOL_COLUMNS.items() if (column.base or name) in {"classes", *(band[0] for band in CLASS_SIZE_BANDS)}
}


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
class Output:
    """A column to fill: a count of a register, for the whole school or for one stage."""

    column: str
    register: Register
    count: Count
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
    school = keyed(frames.school)
    reported = [name for name in names_of(school) if name in wanted]
    school = school.select(*KEY, *(nw.col(name).alias(f"reported_{name}") for name in reported))
    return _with_reported(counted, school, reported, [each.column for each in outputs])


def grouped(frames: RegisterFrames, columns: Collection[str]) -> Iterator[tuple[Frame, list[Output]]]:
    """Each register grouped by school and stage, and the outputs it fills: for whoever spreads them to columns himself.

    Columns of a frame: the school's key (campus only where the register has it), stage where it has one, rows_<register>,
    of_<count> and doubt_<register>_<doubt>.
    """
    wanted = set(columns) - set(KEY)
    for register in _registers(frames, wanted):
        outputs = [each for each in _outputs(register) if each.column in wanted]
        if outputs:
            yield _grouped(register, outputs), outputs


def filled_from(frames: RegisterFrames) -> dict[str, str]:
    """School-table column → the register that `roll_up` counts it from ("pupil", "teacher", "class" or "room")."""
    everything = set(_SCHOOL_COLUMNS)
    counted_in = {o.column: o.register.name for r in _registers(frames, everything) for o in _outputs(r)}
    return {column: "pupil" if name == "class" and frames.classes is None else name for column, name in counted_in.items()}


def one_row_per_key(register: Frame, key: Sequence[str]) -> Frame:
    """The register with repeated keys reduced to one row: a person with several titles counts once per school."""
    return register.unique(subset=list(key), keep="any")


def _registers(frames: RegisterFrames, wanted: set[str]) -> Iterator[Register]:
    if frames.pupil is not None:
        yield pupils(frames.pupil)
    if frames.teacher is not None:
        yield teachers(frames.teacher)
    if wanted & _CLASS_COLUMNS and (sized := sized_classes(frames.classes, frames.pupil)) is not None:
        yield classes(sized)
    if frames.room is not None:
        yield rooms(frames.room)


def _outputs(register: Register) -> Iterator[Output]:
    for count in register.counts:
        if count.name in _SCHOOL_COLUMNS:
            yield Output(count.name, register, count, None)
        for stage in Stage if register.staged else ():
            if f"{count.name}_{stage}" in _SCHOOL_COLUMNS:
                yield Output(f"{count.name}_{stage}", register, count, stage)


def _spread(outputs: Sequence[Output]) -> Frame | None:
    """Group each register once by school and stage, spread its groups to columns, and join the registers by school."""
    registers = {each.register.name: each.register for each in outputs}
    spread = [_spread_register(register, [o for o in outputs if o.register is register]) for register in registers.values()]
    return reduce(_both, spread) if spread else None


def _spread_register(register: Register, outputs: Sequence[Output]) -> Frame:
    checks = {name: each for each in outputs for name in check_names(each)}
    sums = keyed(_grouped(register, outputs)).group_by(list(KEY)).agg(
        *(_sum(_value(each), each.stage).alias(each.column) for each in outputs),
        *(_check(each, name).alias(name) for name, each in checks.items()),
    )
    return sums.select(*KEY, *(_stands(each).alias(each.column) for each in outputs))


def _both(left: Frame, right: Frame) -> Frame:
    """Schools of either side, side by side."""
    figures = [name for name in (*names_of(left), *names_of(right)) if name not in KEY]
    joined = left.join(right, on=list(KEY), how="full", suffix="_other")
    return joined.select(*(nw.coalesce(nw.col(name), nw.col(f"{name}_other")).alias(name) for name in KEY), *figures)


def _grouped(register: Register, outputs: Sequence[Output]) -> Frame:
    counts = {each.count.name: each.count for each in outputs}.values()
    doubts = {count.doubt: register.doubts[count.doubt] for count in counts if count.doubt}
    campus = ("campus",) if "campus" in names_of(register.rows) else ()
    key = ["county_code", "school_code", *campus, *(("stage",) if register.staged else ())]
    # Blank and "" are one campus. Counts of rows can be added up afterwards, kinds of rows cannot.
    joined = campus and any(count.of_kinds for count in counts)
    return (keyed(register.rows) if joined else register.rows).group_by(key).agg(
        nw.len().alias(f"rows_{register.name}"),
        *(count.of.alias(f"of_{count.name}") for count in counts if count.of is not None),
        *(rows_where(rows).alias(f"doubt_{register.name}_{name}") for name, rows in doubts.items()),
    )


def _value(output: Output) -> nw.Expr:
    return _counted(f"rows_{output.register.name}" if output.count.of is None else f"of_{output.count.name}")


def _counted(name: str) -> nw.Expr:
    """A count to be summed, as a float: DuckDB sums whole numbers to 128 bits, at several times the time and memory."""
    return nw.col(name).cast(nw.Float64)


def check_names(output: Output) -> list[str]:
    """What an output is checked by: names shared by outputs that stand or fall together."""
    names = [] if output.stage is None else [f"unstaged_{output.register.name}"]
    return [*names, f"{output.register.name}_{output.count.doubt}_{output.stage}"] if output.count.doubt else names


def _check(output: Output, name: str) -> nw.Expr:
    """Number of rows that keep the output from standing: of an unknown stage, or doubtful themselves."""
    register = output.register.name
    if name == f"unstaged_{register}":
        return nw.when(nw.col("stage").is_null()).then(_counted(f"rows_{register}")).sum()
    return _sum(_counted(f"doubt_{register}_{output.count.doubt}"), output.stage)


def _stands(output: Output) -> nw.Expr:
    """The figure, or null where a row tells too little."""
    value = nw.col(output.column).fill_null(0)  # a stage without a row sums to null in SQL
    names = check_names(output)
    if not names:
        return value.cast(nw.Int64)
    stands = reduce(lambda a, b: a & b, (nw.col(name).fill_null(0) == 0 for name in names))
    return nw.when(stands).then(value).cast(nw.Int64)


def _sum(value: nw.Expr, stage: Stage | None) -> nw.Expr:
    return value.sum() if stage is None else nw.when(nw.col("stage") == str(stage)).then(value).sum()


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
