"""One small case for every planner: the county's facts, the tables it hands in, the values it asks with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from admission_cases import a_county
from staffing_tables import write_county

from junheng.planners.model import Planner, Value
from junheng.planning.admission import tables as admission
from junheng.planning.siting.tables import PIN_TABLE, POINTS, PUPILS, SITES
from junheng.planning.zoning.tables import BLOCKS, SCHOOLS
from junheng.reports.plans.blank_tables import write_filled_table
from junheng.synth.province import synthesise
from junheng.synth.write import checked, write_release

Tables = dict[str, Path]


@dataclass(frozen=True)
class Case:
    """tables: written into a folder; values: beside the defaults."""

    tables: Callable[[Path], Tables] = lambda _: {}
    values: Mapping[str, Value] = field(default_factory=dict)


def release(folder: Path) -> Path:
    """A county some of whose schools are short of area and equipment, frozen."""
    made = synthesise(1, seed=4, scale=0.12)[0]
    for row in made.facts.school[::3]:
        row["teach_aux_area_m2"] = round(float(str(row["teach_aux_area_m2"])) * 0.6, 1)
        row["equipment_value_yuan"] = round(float(str(row["equipment_value_yuan"])) * 0.5, 1)
    return Path(write_release(checked(made), folder / "releases").path)


def siting_tables(folder: Path) -> Tables:
    """A town with two villages, one of whose schools has room for both in a few years."""
    years = (2026, 2029)
    return {
        POINTS.name: write_filled_table(folder, POINTS, [
            {"code": code, "name": name, "lon": lon, "lat": 41.80, "place": "乡村"} for code, name, lon in (("P1", "东村", 123.40), ("P2", "西村", 123.41))
        ]),
        PUPILS.name: write_filled_table(folder, PUPILS, [
            {"point": code, "school_year": year, "lower": 30, "upper": 30, "junior": 0} for code in ("P1", "P2") for year in years
        ]),
        SITES.name: write_filled_table(folder, SITES, [
            {"code": code, "name": name, "lon": lon, "lat": 41.80, "status": "现有", "place": "乡村", "now_lower": "是", "now_upper": "是", "rooms": 6, "pupils": 60}
            for code, name, lon in (("S1", "东村小学", 123.40), ("S2", "西村小学", 123.41))
        ]),
    }  # fmt: skip


def siting_without_a_way_out(folder: Path) -> Tables:
    """The same with both schools unsafe."""
    pins = write_filled_table(folder, PIN_TABLE, [{"code": code, "kind": "必须停办", "reason": "危房"} for code in ("S1", "S2")])
    return siting_tables(folder) | {PIN_TABLE.name: pins}


def zone_tables(folder: Path) -> Tables:
    """Twelve villages in a row of squares, two schools."""
    return {
        "blocks": write_filled_table(folder, BLOCKS, [
            {"id": f"B{at}", "name": f"{at}村", "children": 10 + at, "longitude": 123 + at * 0.01, "latitude": 41.0,
             "neighbours": f"B{at + 1}" if at < 11 else None, "last_school": "S1" if at < 8 else "S2"}
            for at in range(12)
        ]),
        "schools": write_filled_table(folder, SCHOOLS, [
            {"code": code, "name": name, "places": 100, "longitude": 123 + at * 0.01, "latitude": 41.0, "block": f"B{at}"}
            for code, name, at in (("S1", "一小", 2), ("S2", "二小", 9))
        ]),
    }  # fmt: skip


def admission_tables(folder: Path) -> Tables:
    schools, children = a_county(5, children=80, places=0.95)
    words = {True: "是", False: "否"}
    return {
        "schools": write_filled_table(folder, admission.SCHOOLS, [vars(each) | {"is_private": words[each.is_private]} for each in schools]),
        "children": write_filled_table(folder, admission.CHILDREN, [
            vars(each) | {"household": words[each.household], "residence": words[each.residence], "zone_schools": "、".join(each.zone_schools)} for each in children
        ]),
    }  # fmt: skip


def lottery_tables(folder: Path) -> Tables:
    return {"applicants": write_filled_table(folder, admission.LOTTERY_APPLICANTS, [
        {"number": f"B{at:03d}", "name": "仿真甲", "siblings": "双" if at < 2 else None} for at in range(20)
    ])}  # fmt: skip


def class_tables(folder: Path) -> Tables:
    return {"pupils": write_filled_table(folder, admission.PUPILS, [
        {"number": f"B{at:03d}", "name": "仿真甲", "sex": "男" if at % 2 else "女", "needs": "是" if at % 20 == 0 else "否"} for at in range(61)
    ])}  # fmt: skip


def staff_tables(folder: Path, *names: str) -> Tables:
    made = write_county(folder)
    return {name: made[name] for name in names}


CASES: Mapping[str, Case] = {
    "forecast": Case(values={"years": 3}),
    "siting": Case(siting_tables, {"seconds": 4.0, "name": "试验县"}),
    "zones": Case(zone_tables, {"seconds": 5.0}),
    "admission": Case(admission_tables, {"seed": "7"}),
    "lottery": Case(lottery_tables, {"school": "光明学校", "places": 5, "seed": "7"}),
    "classes": Case(class_tables, {"classes": 4, "seed": "7"}),
    "staffing": Case(lambda folder: staff_tables(folder, "posts", "classes", "teachers"), {"school_year": 2025}),
    "rotation": Case(lambda folder: staff_tables(folder, "schools", "classes", "teachers"), {"school_year": 2026}),
    "improvement": Case(values={"seconds": 15.0}),
}


def options(planner: Planner, tables: Tables, values: Mapping[str, Value]) -> list[str]:
    """The same at the command line."""
    out: list[str] = []
    for each in planner.inputs:
        given = tables.get(each.id) if each in planner.tables else values.get(each.id)
        if each.option and given not in (None, False):
            out += [each.option] if given is True else [each.option, str(given)]
    return out
