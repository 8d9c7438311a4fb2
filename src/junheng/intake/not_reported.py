"""未报: required items that nobody filled in, each with the cell where it should stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache

from junheng.common.codes import own_stages
from junheng.common.findings import Finding, Place
from junheng.common.stages import COMPULSORY_STAGES, Stage
from junheng.intake.model import SourceKind
from junheng.intake.reading_rules import finding
from junheng.intake.records import Record
from junheng.tables import Column, Kind, table

_WIDE = (SourceKind.WIDE_TABLE, SourceKind.STATISTICS_TABLE, SourceKind.REGISTER)


def stages_asked(values: Mapping[str, object]) -> tuple[Stage, ...]:
    """Stages a school answers for: those it must have, unless it reports 0 pupils there, and any with pupils."""
    must_have = _must_have(values)
    pupils = {stage: values.get(f"students_{stage}") for stage in Stage}
    return tuple(stage for stage in Stage if pupils[stage] != 0 and (stage in must_have or pupils[stage] is not None))


def _must_have(values: Mapping[str, object]) -> tuple[Stage, ...]:
    return own_stages(values.get("school_type"), lambda stage: values.get(f"students_{stage}"))


def missing_columns(record: Record) -> Iterator[Column]:
    """The required columns a record leaves open. A school without a compulsory stage is asked for none."""
    values = record.values
    stages = stages_asked(values)
    of_type = _must_have(values)
    if record.table == "school" and not set(stages) & set(COMPULSORY_STAGES):
        stages = tuple(stage for stage in of_type if stage in COMPULSORY_STAGES)
        if not stages:
            return
    for column in _required(record.table):
        if column.name in values or column.name in record.refused:
            continue
        asked = of_type if column.base == "students" else stages
        if column.asked_of and not set(column.asked_of) & set(asked):
            continue
        split = [table(record.table).column(name) for stage, name in _split(record.table, column.name).items() if stage in stages]
        if any(each.name in values for each in split):
            yield from (each for each in split if each.name not in values and each.name not in record.refused)
            continue
        yield column


@cache
def _required(table_name: str) -> tuple[Column, ...]:
    """Pupils are asked of every stage the school's type has, also of 高中, for which the official form has no line."""
    return tuple(column for column in table(table_name).columns
                 if (column.required or column.base == "students") and column.name not in table(table_name).key)  # fmt: skip


@cache
def _split(table_name: str, base: str) -> dict[Stage, str]:
    return {column.stage: column.name for column in table(table_name).columns if column.base == base and column.stage}


def _remedy(column: Column) -> str:
    return "请补报；确为零请填 0" if column.kind in (Kind.COUNT, Kind.AMOUNT) else "请补报"


def not_reported(records: Iterable[Record]) -> Iterator[Finding]:
    """One finding per open cell; a column a wide table does not have at all is one finding for the table."""
    absent: dict[tuple[str, str, str], list[Record]] = {}
    for record in records:
        for column in missing_columns(record):
            if record.kind in _WIDE and column.name not in record.lines:
                absent.setdefault((record.place.file, record.place.sheet, column.name), []).append(record)
                continue
            place = record.lines.get(column.name)
            message = f"“{column.label}”没有填报" if place else f"缺“{column.label}”一行"
            told = finding("W-not-reported", place or record.place, f"{message}，按未报处理" + ("，不当作 0" if column.kind.is_number else ""), _remedy(column), field=column.name)
            yield replace(told, school_code=record.text("school_code"), campus=record.text("campus"))
    for (_, _, name), records_without in absent.items():
        first = records_without[0]
        label = table(first.table).column(name).label
        yield finding("W-not-reported", Place(first.place.file, first.place.sheet),
                      f"表中没有“{label}”一列，{len(records_without)} 行均按未报处理，不当作 0", "请补充这一列", field=name)  # fmt: skip
