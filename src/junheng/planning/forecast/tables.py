"""预测用表: births, ages and past pupils as counties hand them in, declared and read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from junheng.common.errors import UserError
from junheng.common.units import PERSON, YEAR
from junheng.intake.model import Facts
from junheng.intake.plain_table import read_plain_table
from junheng.planning.forecast.ages import AgeGroup
from junheng.planning.forecast.history import PastPupils, SchoolKey
from junheng.planning.forecast.sources import AreaPopulation
from junheng.tables import Column, Kind, Table

_AREA = Column("area_code", "区划代码", Kind.ID, required=True, note="县（市、区）六位代码")
_SCHOOL = (
    Column("school_code", "学校标识码", Kind.ID, required=True), Column("campus", "校区", Kind.TEXT, null_means="无校区之分"),
)  # fmt: skip
_PART = Column("township", "乡镇（街道）", Kind.TEXT, null_means="全县合计", note="分乡镇填报的写名称，与《学校所属乡镇表》一致")
BIRTHS = Table(
    "births", "出生人数表", "一行一县（或一乡镇）一年", ("area_code", "township", "year"),
    (_AREA, _PART, Column("year", "年份", Kind.YEAR, YEAR, required=True, note="公历年"), Column("births", "出生人数", Kind.COUNT, PERSON, required=True)),
)  # fmt: skip
AGES = Table(
    "ages", "分年龄人口表", "一行一县（或一乡镇）一个年龄或年龄组", ("area_code", "township", "year", "first_age"),
    (
        _AREA, _PART, Column("year", "年份", Kind.YEAR, YEAR, required=True, note="当年 9 月 1 日的周岁"),
        Column("first_age", "年龄起", Kind.COUNT, required=True), Column("last_age", "年龄止", Kind.COUNT, required=True, note="单岁的与年龄起相同"),
        Column("persons", "人数", Kind.COUNT, PERSON, required=True),
        Column("women", "其中女", Kind.COUNT, PERSON, null_means="不用妇女人数推算出生", note="有 0–49 岁的女性人数才能推算今后的出生"),
    ),
)  # fmt: skip
PAST_PUPILS = Table(
    "past_pupils", "历年分年级学生数表", "一行一校一学年一年级", ("school_code", "campus", "school_year", "grade"),
    (
        *_SCHOOL, Column("school_year", "学年", Kind.YEAR, YEAR, required=True, note="学年起始年"),
        Column("grade", "年级", Kind.COUNT, required=True, note="1–9"), Column("pupils", "学生人数", Kind.COUNT, PERSON, required=True),
    ),
)  # fmt: skip
TOWNSHIPS = Table(
    "townships", "学校所属乡镇表", "一行一校", ("school_code", "campus"),
    (*_SCHOOL, Column("township", "乡镇（街道）", Kind.TEXT, required=True)),
)  # fmt: skip
MOVES = Table(
    "moves", "分年龄净迁移表", "一行一县一个年龄", ("area_code", "age"),
    (
        _AREA, Column("age", "年龄", Kind.COUNT, required=True, note="0–5 岁；6 岁以上的迁移已在升级率里"),
        Column("arrive_per_1000", "每千人每年迁入", Kind.AMOUNT, required=True), Column("leave_per_1000", "每千人每年迁出和死亡", Kind.AMOUNT, required=True),
    ),
)  # fmt: skip
TABLES = (BIRTHS, AGES, MOVES, PAST_PUPILS, TOWNSHIPS)


_K = TypeVar("_K")
_V = TypeVar("_V")


@dataclass(frozen=True)
class Population:
    """What counties handed in. townships: (county code, township) → the same of a part of the county."""

    counties: Mapping[str, AreaPopulation] = field(default_factory=dict)
    townships: Mapping[tuple[str, str], AreaPopulation] = field(default_factory=dict)


def _whole(value: object) -> int:
    assert isinstance(value, int)
    return value


def read_population(births: Path | None, ages: Path | None, moves: Path | None = None) -> Population:
    """What the tables say; of ages the latest year. A county that only its townships report is their sum. Raises UserError for a
    line given twice."""
    born: dict[tuple[str, str], dict[int, float]] = {}
    for line in read_plain_table(births, BIRTHS) if births else ():
        of = born.setdefault(_area(line.values), {})
        _once(of, _whole(line.values["year"]), float(_whole(line.values["births"])), line.place)
    counted: dict[tuple[str, str], dict[tuple[int, int], Mapping[str, object]]] = {}
    for line in read_plain_table(ages, AGES) if ages else ():
        _once(counted.setdefault(_area(line.values), {}), (_whole(line.values["year"]), _whole(line.values["first_age"])), line.values, line.place)
    moved: dict[str, dict[int, float]] = {}
    for line in read_plain_table(moves, MOVES) if moves else ():
        net = (float(str(line.values["arrive_per_1000"])) - float(str(line.values["leave_per_1000"]))) / 1000
        moved.setdefault(str(line.values["area_code"]), {})[_whole(line.values["age"])] = net
    areas = {area: _population(born.get(area, {}), counted.get(area, {}), moved.get(area[0], {})) for area in {*born, *counted}}
    for code in {code for code, _ in areas} | set(moved):
        if (code, "") not in areas:
            parts = [each for (county, _), each in areas.items() if county == code]
            areas[code, ""] = _sum(parts, moved.get(code, {}))
    return Population({code: each for (code, part), each in areas.items() if not part}, {area: each for area, each in areas.items() if area[1]})


def _area(values: Mapping[str, object]) -> tuple[str, str]:
    return str(values["area_code"]), str(values["township"] or "")


def _once(into: dict[_K, _V], key: _K, value: _V, place: str) -> None:
    if key in into:
        raise UserError("同一县（乡镇）同一年（年龄）填了两行", where=place, remedy="请删去多余的一行")
    into[key] = value


def _population(births: Mapping[int, float], lines: Mapping[tuple[int, int], Mapping[str, object]], moves: Mapping[int, float]) -> AreaPopulation:
    year = max((year for year, _ in lines), default=0)
    groups = [values for (of, _), values in sorted(lines.items()) if of == year]
    women = tuple(_group(values, "women") for values in groups) if groups and all(values["women"] is not None for values in groups) else ()
    return AreaPopulation(year, tuple(_group(values, "persons") for values in groups), women, births, moves)


def _sum(parts: Sequence[AreaPopulation], moves: Mapping[int, float]) -> AreaPopulation:
    """The county of its townships: births of the years that all report, ages where all report the same groups of one year."""
    years = set.intersection(*(set(each.births) for each in parts)) if parts else set()
    same = bool(parts) and len({(each.year, tuple((g.first, g.last) for g in each.persons)) for each in parts}) == 1
    persons = tuple(
        AgeGroup(group[0].first, group[0].last, sum(each.persons for each in group)) for group in zip(*(each.persons for each in parts), strict=True)
    ) if same else ()  # fmt: skip
    return AreaPopulation(parts[0].year if same else 0, persons, (), {year: sum(each.births[year] for each in parts) for year in sorted(years)}, moves)


def _group(values: Mapping[str, object], column: str) -> AgeGroup:
    return AgeGroup(_whole(values["first_age"]), _whole(values["last_age"]), float(_whole(values[column])))


def read_past(path: Path, facts: Facts) -> list[PastPupils]:
    """Lines of schools that are in the facts; others are closed and left out."""
    keys = _keys(facts)
    found = [(keys.get((str(line.values["school_code"]), str(line.values["campus"] or ""))), line.values) for line in read_plain_table(path, PAST_PUPILS)]
    return [PastPupils(key, _whole(values["school_year"]), _whole(values["grade"]), _whole(values["pupils"])) for key, values in found if key is not None]


def read_townships(path: Path, facts: Facts) -> dict[SchoolKey, str]:
    """School → township."""
    keys = _keys(facts)
    found = [(keys.get((str(line.values["school_code"]), str(line.values["campus"] or ""))), line.values) for line in read_plain_table(path, TOWNSHIPS)]
    return {key: str(values["township"]) for key, values in found if key is not None}


def _keys(facts: Facts) -> dict[tuple[str, str], SchoolKey]:
    return {
        (str(row["school_code"] or ""), str(row["campus"] or "")): (str(row["county_code"] or ""), str(row["school_code"] or ""), str(row["campus"] or ""))
        for row in facts.school
    }  # fmt: skip
