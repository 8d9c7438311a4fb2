"""Small made-up counties for the tests of 达标方案: primary schools (and combined ones), every needed line filled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from junheng.intake.model import Facts, Row
from junheng.planning.improvement.unit_costs import UnitCost, built_in_costs
from junheng.policy import resolve
from junheng.policy.in_force import PolicyInForce
from junheng.tables.county import COUNTY
from junheng.tables.school import SCHOOL

COUNTY_CODE, SCHOOL_YEAR = "990101", 2025
ENOUGH: Mapping[str, float] = {
    "bachelor": 6, "backbone": 2, "pe": 2, "area": 6, "sport": 9, "equipment": 2600, "rooms": 3,
}  # fmt: skip
"""Per 100 pupils (people, rooms) or per pupil (areas, money): above every limit of a primary school."""


def policy() -> PolicyInForce:
    return resolve("quality_balance_2017", COUNTY_CODE, date(SCHOOL_YEAR, 9, 1))


def primary_school(number: int, pupils: int, **levels: float) -> Row:
    """A primary school. levels: as in ENOUGH, for what differs."""
    level = {**ENOUGH, **levels}
    row: Row = dict.fromkeys(column.name for column in SCHOOL.columns)
    people = {name: round(level[name] * pupils / 100) for name in ("bachelor", "backbone", "pe", "rooms")}
    teachers = people["bachelor"] + 6
    row.update(
        school_code=f"21{number:08d}", school_name=f"第{number}小学", school_type="211", county_code=COUNTY_CODE, campus=None,
        founded_year=2000, sponsor="7", urban_rural="111", built_by_2010=True, built_by_2016=True, is_dense_urban_core=False,
        is_small_rural_50_99=False, is_small_rural_class_under_30=False, is_boarding=False,
        students_primary=pupils, junior_college_teachers_primary=0, bachelor_teachers_primary=people["bachelor"],
        master_teachers_primary=0, doctor_teachers_primary=0, full_time_teachers=teachers, certified_teachers=teachers,
        backbone_teachers=people["backbone"], pe_teachers=people["pe"], music_teachers=0, fine_art_teachers=0, art_teachers=0,
        teach_aux_area_m2=level["area"] * pupils, indoor_pe_area_m2=0.0, gym_area_m2=0.0, sport_field_area_m2=level["sport"] * pupils,
        equipment_value_yuan=level["equipment"] * pupils, multimedia_rooms=people["rooms"],
    )  # fmt: skip
    return row


def nine_year_school(number: int, primary: int, junior: int, **levels: float) -> Row:
    """A combined school that reports teachers' degrees by stage and everything else as a whole."""
    row = primary_school(number, primary + junior, **levels)
    level = {**ENOUGH, **levels}
    graduates = {stage: round(level["bachelor"] * pupils / 100) for stage, pupils in (("primary", primary), ("junior", junior))}
    row.update(
        school_name=f"第{number}九年一贯制学校", school_code=f"31{number:08d}", school_type="312", students_primary=primary, students_junior=junior,
        bachelor_teachers_primary=graduates["primary"], bachelor_teachers_junior=graduates["junior"],
        junior_college_teachers_junior=0, master_teachers_junior=0, doctor_teachers_junior=0,
    )  # fmt: skip
    return row


def county(schools: Sequence[Row]) -> Facts:
    row: Row = dict.fromkeys(column.name for column in COUNTY.columns)
    row.update(county_code=COUNTY_CODE, county_name="试验县", school_year=SCHOOL_YEAR)
    return Facts(SCHOOL_YEAR, list(schools), [row], [])


def costs(**yuan: int) -> Mapping[str, UnitCost]:
    """Only these measures, each at one price, due once."""
    built_in = built_in_costs()
    return {
        name: UnitCost(name, built_in[name].title, built_in[name].unit, Decimal(price), Decimal(price), Decimal(price), False, None, "试验", "")
        for name, price in yuan.items()
    }
