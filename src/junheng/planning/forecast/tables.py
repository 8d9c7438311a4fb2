"""预测用表: births, ages and past pupils as counties hand them in, declared and read."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

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
BIRTHS = Table(
    "births", "出生人数表", "一行一县一年", ("area_code", "year"),
    (_AREA, Column("year", "年份", Kind.YEAR, YEAR, required=True, note="公历年"), Column("births", "出生人数", Kind.COUNT, PERSON, required=True)),
)  # fmt: skip
AGES = Table(
    "ages", "分年龄人口表", "一行一县一个年龄或年龄组", ("area_code", "year", "first_age"),
    (
        _AREA, Column("year", "年份", Kind.YEAR, YEAR, required=True, note="当年 9 月 1 日的周岁"),
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
TABLES = (BIRTHS, AGES, PAST_PUPILS, TOWNSHIPS)


def _whole(value: object) -> int:
    assert isinstance(value, int)
    return value


def read_population(births: Path | None, ages: Path | None) -> dict[str, AreaPopulation]:
    """What the two tables say, by county code; of ages the latest year."""
    born: dict[str, dict[int, float]] = {}
    for line in read_plain_table(births, BIRTHS) if births else ():
        born.setdefault(str(line.values["area_code"]), {})[_whole(line.values["year"])] = float(_whole(line.values["births"]))
    counted: dict[str, dict[int, list[Mapping[str, object]]]] = {}
    for line in read_plain_table(ages, AGES) if ages else ():
        counted.setdefault(str(line.values["area_code"]), {}).setdefault(_whole(line.values["year"]), []).append(line.values)
    out = {}
    for code in sorted({*born, *counted}):
        year = max(counted.get(code, {0: []}))
        lines = sorted(counted.get(code, {}).get(year, []), key=lambda values: _whole(values["first_age"]))
        out[code] = AreaPopulation(
            year, tuple(_group(values, "persons") for values in lines),
            tuple(_group(values, "women") for values in lines) if lines and all(values["women"] is not None for values in lines) else (),
            born.get(code, {}),
        )  # fmt: skip
    return out


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
