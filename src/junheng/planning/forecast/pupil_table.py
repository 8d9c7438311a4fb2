"""学校预测表: what the forecast hands on to the other planners, school by school, with its interval."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from junheng.common.codes import CodeList
from junheng.common.stages import COMPULSORY_STAGES, Stage
from junheng.common.units import PERSON, YEAR
from junheng.intake.plain_table import read_plain_table
from junheng.tables import Column, Kind, Table

CASES: Mapping[str, str] = {"central": "预测", "low": "下限", "high": "上限"}
_STAGES = CodeList("学段", {str(stage): stage.label for stage in COMPULSORY_STAGES}, {}, "本系统")
PUPIL_FORECAST = Table(
    "pupil_forecast", "学校预测表", "一行一校一学段一学年", ("school_code", "campus", "stage", "school_year"),
    (
        Column("school_code", "学校标识码", Kind.ID, required=True), Column("campus", "校区", Kind.TEXT, null_means="无校区之分"),
        Column("stage", "学段", Kind.CODE, codes=_STAGES, required=True), Column("school_year", "学年", Kind.YEAR, YEAR, required=True),
        *(Column(name, label, Kind.COUNT, PERSON, required=True) for name, label in CASES.items()),
    ),
)  # fmt: skip


@dataclass(frozen=True)
class PupilsAhead:
    """pupils: case ("central", "low", "high") → pupils of the stage in that school year."""

    school_code: str
    campus: str
    stage: Stage
    school_year: int
    pupils: Mapping[str, int]


def read_pupil_forecast(path: Path) -> list[PupilsAhead]:
    return [
        PupilsAhead(str(v["school_code"]), str(v["campus"] or ""), Stage(str(v["stage"])), int(str(v["school_year"])), {case: int(str(v[case])) for case in CASES})
        for v in (line.values for line in read_plain_table(path, PUPIL_FORECAST))
    ]  # fmt: skip
