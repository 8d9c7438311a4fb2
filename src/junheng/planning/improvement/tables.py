"""单价表 and 约束表: the tables officials hand in for a plan, declared and read; and the county under a forecast."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from junheng.common.codes import CodeList
from junheng.common.errors import UserError
from junheng.common.stages import COMPULSORY_STAGES
from junheng.common.units import YUAN
from junheng.intake.model import Facts
from junheng.intake.plain_table import read_plain_table
from junheng.planning.forecast.pupil_table import CASES, PupilsAhead, read_pupil_forecast
from junheng.planning.improvement.levers import LEVERS
from junheng.planning.improvement.pins import Pin, Pins
from junheng.planning.improvement.preparing import Ceilings
from junheng.planning.improvement.situation import Scenario
from junheng.planning.improvement.unit_costs import UnitCost, built_in_costs
from junheng.tables import Column, Kind, Table

_STAGES = CodeList("学段", {str(stage): stage.label for stage in COMPULSORY_STAGES}, {}, "本系统")
_PRICED = CodeList("措施", {name: each.title for name, each in built_in_costs().items()}, {}, "本系统")
CEILING = "pupil_ceiling"
_CHOSEN = CodeList("措施", {**{lever.id: lever.title for lever in LEVERS}, CEILING: "学生上限"}, {}, "本系统")


def _yuan(name: str, label: str) -> Column:
    return Column(name, label, Kind.AMOUNT, YUAN, required=True)


def _amount(name: str, label: str, null: str, note: str = "") -> Column:
    return Column(name, label, Kind.AMOUNT, null_means=null, note=note)


UNIT_COSTS = Table(
    "unit_costs", "单价表", "一行一项措施", ("measure",),
    (
        Column("measure", "措施", Kind.CODE, codes=_PRICED, required=True, note="表里没有的措施，方案就不用"),
        _yuan("low_yuan", "低（元）"), _yuan("usual_yuan", "常用（元）"), _yuan("high_yuan", "高（元）"),
        Column("yearly", "每年支付", Kind.FLAG, required=True, note="工资、补助每年都要付，填“是”；一次付清的填“否”"),
        _amount("county_most", "全县上限", "不限", "例如空编数、财政可安排的间数"),
        Column("source", "来源", Kind.TEXT), Column("unverified", "待核原因", Kind.TEXT, null_means="已核定"),
    ),
)  # fmt: skip
PINS = Table(
    "pins", "约束表", "一行一条；没有数字的行不起作用", ("school_code", "campus", "stage", "measure", "leaving"),
    (
        Column("school_code", "学校标识码", Kind.ID, null_means="所有学校"), Column("campus", "校区", Kind.TEXT, null_means="所有校区"),
        Column("stage", "学段", Kind.CODE, codes=_STAGES, null_means="所有学段"), Column("measure", "措施", Kind.CODE, codes=_CHOSEN, null_means="所有措施",
               note="“学生上限”与“最多”同填：超出的学生分流到有空座的学校"),
        Column("leaving", "调出", Kind.FLAG, null_means="否", note="填“是”时，最少、最多说的是从这所学校调出的数量：教师不许动的学校填“调出=是，最多=0”"),
        _amount("least", "最少", "不限"), _amount("most", "最多", "不限"), _amount("fixed", "固定", "不固定", "等于最少和最多相同"),
        Column("first", "优先次序", Kind.COUNT, null_means="不优先", note="1、2、3……，数字小的学校先安排"), Column("reason", "说明", Kind.TEXT),
    ),
)  # fmt: skip

@dataclass(frozen=True)
class Wishes:
    """What the table of pins says. first: schools (positions in the facts) that go before others, in their order; ceilings: pupils
    they may have at most."""

    pins: Pins
    first: tuple[int, ...]
    ceilings: Ceilings


def read_costs(path: Path) -> Mapping[str, UnitCost]:
    """A unit-cost table. Measures that are not in it are not offered. Raises UserError for prices out of order."""
    out = {}
    for line in read_plain_table(path, UNIT_COSTS):
        measure, built_in = str(line.values["measure"]), built_in_costs()[str(line.values["measure"])]
        low, usual, high = (Decimal(repr(line.values[name])) for name in ("low_yuan", "usual_yuan", "high_yuan"))
        if not low <= usual <= high:
            raise UserError("单价的低、常用、高三档次序不对", where=line.place, why=f"{low}、{usual}、{high}", remedy="请使低 ≤ 常用 ≤ 高")
        most = line.values["county_most"]
        out[measure] = UnitCost(
            measure, built_in.title, built_in.unit, low, usual, high, bool(line.values["yearly"]), None if most is None else Decimal(repr(most)),
            str(line.values["source"] or ""), str(line.values["unverified"] or ""),
        )  # fmt: skip
    return out


def read_wishes(path: Path, facts: Facts) -> Wishes:
    """A table of pins. Raises UserError for a school that is not in the facts, or bounds that exclude each other."""
    pins: list[Pin] = []
    ceilings: dict[tuple[int, str], int] = {}
    first: list[tuple[int, int]] = []
    for line in read_plain_table(path, PINS):
        values = line.values
        code, campus = str(values["school_code"] or ""), str(values["campus"] or "")
        bounds = [values[name] for name in ("least", "most", "fixed")]
        if all(each is None for each in (*bounds, values["first"])):
            continue
        here = [at for at, row in enumerate(facts.school) if str(row["school_code"]) == code and campus in ("", str(row["campus"] or ""))]
        if code and not here:
            raise UserError(f"约束表里的学校“{code}{campus}”不在数据里", where=line.place, remedy="请核对学校标识码和校区")
        rank = values["first"]
        first += [(rank, at) for at in here if isinstance(rank, int)]
        if values["measure"] == CEILING:
            ceilings.update({(at, str(values["stage"] or "")): _ceiling(values, line.place) for at in here})
        elif any(each is not None for each in bounds):
            pins.append(_pin(values, code, campus, line.place))
    return Wishes(Pins(tuple(pins)), tuple(at for _, at in sorted(first)), ceilings)


def _ceiling(values: Mapping[str, object], place: str) -> int:
    most = values["fixed"] if values["most"] is None else values["most"]
    if not isinstance(most, int | float) or most != int(most):
        raise UserError("学生上限要填“最多”，而且是整数", where=place, remedy="请填写人数")
    return int(most)


def _pin(values: Mapping[str, object], code: str, campus: str, place: str) -> Pin:
    least, most, fixed = (None if values[name] is None else float(str(values[name])) for name in ("least", "most", "fixed"))
    if fixed is not None:
        least = most = fixed
    low, high = least or 0.0, math.inf if most is None else most
    if low > high:
        raise UserError("约束表里的最少大于最多", where=place, why=f"最少 {low:g}，最多 {high:g}", remedy="请改正其中一个")
    return Pin(code, campus, str(values["stage"] or ""), str(values["measure"] or ""), low, high, bool(values["leaving"]), str(values["reason"] or ""))


def read_scenarios(path: Path, facts: Facts, school_year: int) -> tuple[Scenario, ...]:
    """The county under the forecast of one school year: the number expected, the lower and the upper end. Schools that are not in
    the table keep their pupils. Raises UserError when the table has nothing of that year."""
    lines = [each for each in read_pupil_forecast(path) if each.school_year == school_year]
    if not lines:
        raise UserError(f"学校预测表里没有 {school_year} 学年", where=path.name, remedy="请核对 --forecast-year")
    return tuple(Scenario(f"{school_year} 年{label}", _with_pupils(facts, lines, case)) for case, label in CASES.items())


def _with_pupils(facts: Facts, lines: Sequence[PupilsAhead], case: str) -> Facts:
    found = {(each.school_code, each.campus, str(each.stage)): each.pupils[case] for each in lines}
    rows = []
    for row in facts.school:
        changed = dict(row)
        for stage in COMPULSORY_STAGES:
            pupils = found.get((str(row["school_code"] or ""), str(row["campus"] or ""), str(stage)))
            if pupils is not None and row[f"students_{stage}"] is not None:
                changed[f"students_{stage}"] = pupils
        rows.append(changed)
    return Facts(facts.school_year, rows, facts.county, facts.judgement)
