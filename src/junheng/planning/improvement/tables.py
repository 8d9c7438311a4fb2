"""单价表和约束表: the two tables officials hand in, read from .xlsx, .xls or .csv by their Chinese headings."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from junheng.common.errors import UserError
from junheng.common.stages import COMPULSORY_STAGES
from junheng.intake.model import Facts
from junheng.planning.improvement.levers import LEVERS
from junheng.planning.improvement.pins import Pin, Pins
from junheng.planning.improvement.unit_costs import UnitCost, built_in_costs, costs_from
from junheng.planning.records import number_of, records

COST_HEADINGS: Mapping[str, str] = {
    "措施": "title", "单位": "unit", "低（元）": "low_yuan", "常用（元）": "usual_yuan", "高（元）": "high_yuan", "每年支付": "yearly",
    "全县上限": "county_most", "来源": "source", "待核原因": "unverified",
}  # fmt: skip
PIN_HEADINGS: Mapping[str, str] = {
    "学校标识码": "school_code", "校区": "campus", "学段": "stage", "措施": "measure", "调出": "leaving", "最少": "least", "最多": "most",
    "固定": "fixed", "优先次序": "first", "说明": "reason",
}  # fmt: skip
_STAGES = {stage.label: str(stage) for stage in COMPULSORY_STAGES}
_MEASURES = {**{lever.title: lever.id for lever in LEVERS}, **{lever.id: lever.id for lever in LEVERS}}


@dataclass(frozen=True)
class Wishes:
    """What the table of pins says. first: schools (positions in the facts) that go before others, in their order."""

    pins: Pins
    first: tuple[int, ...]


def read_costs(path: Path) -> Mapping[str, UnitCost]:
    """A unit-cost table. Measures that are not in it are not offered. Raises UserError for an unknown measure."""
    known = {each.title: name for name, each in built_in_costs().items()} | {name: name for name in built_in_costs()}
    found = []
    for place, record in records(path, COST_HEADINGS, ("措施", "低（元）", "常用（元）", "高（元）")):
        if not record.keys() & {"low_yuan", "usual_yuan", "high_yuan"}:
            continue  # the notes below the template
        title = str(record.get("title") or "")
        if title not in known:
            raise UserError(f"单价表里有不认识的措施“{title}”", where=place, why=f"可用的有：{'、'.join(each.title for each in built_in_costs().values())}",
                            remedy="请从模板（--template）复制措施名称")  # fmt: skip
        measure = known[title]
        unit = str(record.get("unit") or built_in_costs()[measure].unit)
        if unit != built_in_costs()[measure].unit:
            raise UserError(f"“{title}”的单位是“{unit}”", where=place, why=f"本措施按“{built_in_costs()[measure].unit}”计价", remedy="请换算单价后填写")
        found.append({**record, "measure": measure, "title": built_in_costs()[measure].title, "unit": unit})
    return costs_from(found, path.name)


def read_wishes(path: Path, facts: Facts) -> Wishes:
    """A table of pins. Raises UserError for a school, stage or measure that is not known, or bounds that exclude each other."""
    pins: list[Pin] = []
    first: list[tuple[float, int]] = []
    for place, record in records(path, PIN_HEADINGS, ("学校标识码",)):
        if not record.keys() & {"least", "most", "fixed", "first"}:
            continue  # a line without a number asks for nothing
        code, campus = str(record.get("school_code") or ""), str(record.get("campus") or "")
        here = [at for at, row in enumerate(facts.school) if str(row["school_code"]) == code and campus in ("", str(row["campus"] or ""))]
        if code and not here:
            raise UserError(f"约束表里的学校“{code}{campus}”不在数据里", where=place, remedy="请核对学校标识码和校区")
        rank = number_of(record.get("first"), place, "优先次序")
        if rank is not None:
            first += [(rank, at) for at in here]
        pin = _pin(record, code, campus, place)
        if pin is not None:
            pins.append(pin)
    return Wishes(Pins(tuple(pins)), tuple(at for _, at in sorted(first)))


def _pin(record: Mapping[str, object], code: str, campus: str, place: str) -> Pin | None:
    stage, measure = str(record.get("stage") or ""), str(record.get("measure") or "")
    if stage and stage not in _STAGES:
        raise UserError(f"约束表里的学段“{stage}”不认识", where=place, remedy="请填小学或初中，或留空")
    if measure and measure not in _MEASURES:
        raise UserError(f"约束表里有不认识的措施“{measure}”", where=place, why=f"可用的有：{'、'.join(lever.title for lever in LEVERS)}", remedy="请从模板（--template）复制措施名称")
    fixed, least, most = (number_of(record.get(name), place, label) for name, label in (("fixed", "固定"), ("least", "最少"), ("most", "最多")))
    if fixed is not None:
        least = most = fixed
    if least is None and most is None:
        return None
    low, high = least or 0.0, math.inf if most is None else most
    if low > high:
        raise UserError("约束表里的最少大于最多", where=place, why=f"最少 {low:g}，最多 {high:g}", remedy="请改正其中一个")
    return Pin(code, campus, _STAGES.get(stage, ""), _MEASURES.get(measure, ""), low, high,
               str(record.get("leaving") or "").strip() in ("是", "1", "True"), str(record.get("reason") or ""))  # fmt: skip
