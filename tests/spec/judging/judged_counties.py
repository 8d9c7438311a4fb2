"""A small county that passes everything, to be spoiled one figure at a time."""

from __future__ import annotations

from datetime import date
from functools import cache

from junheng.engine.measure import measure
from junheng.intake.model import Facts, Row
from junheng.judging.county import Judgement, judge
from junheng.judging.result import CountyVerdict
from junheng.policy import resolve
from junheng.policy.in_force import PolicyInForce
from junheng.tables import table
from junheng.tables.county import MONITORED_SUBJECTS, VETO_ITEMS
from junheng.tables.school import CLASS_SIZE_BANDS

COUNTY = "210202"
YEAR = 2025


@cache
def policy(pack: str = "quality_balance_2017", area: str = COUNTY) -> PolicyInForce:
    return resolve(pack, area, date(YEAR, 9, 1))


def school(code: str, stage: str = "primary", pupils: int = 1000, **figures: object) -> Row:
    """A single-stage school with twice what every per-school limit asks, and all else in order; `figures` replace."""
    row: Row = {column.name: None for column in table("school").columns}
    row |= {name: 0 for name, _, _ in CLASS_SIZE_BANDS}
    row |= {
        "county_code": COUNTY, "school_code": code, "school_name": f"学校{code}", "school_type": "211" if stage == "primary" else "311",
        "founded_year": 2018, "built_by_2010": False, "built_by_2016": False, "is_dense_urban_core": False, "is_small_rural_50_99": False,
        "is_small_rural_class_under_30": False, "sponsor": "7", "urban_rural": "111", "is_boarding": False,
        f"students_{stage}": pupils, f"catchment_pupils_{stage}": pupils, "classes": 24, "classes_41_45": 24, "full_time_teachers": 200,
        f"junior_college_teachers_{stage}": 0, f"bachelor_teachers_{stage}": pupils // 8, f"master_teachers_{stage}": 0,
        f"doctor_teachers_{stage}": 0, "backbone_teachers": pupils // 50, "certified_teachers": 200, "trained_360h_teachers": 200,
        "pe_teachers": pupils // 50, "music_teachers": 0, "fine_art_teachers": 0, "art_teachers": 0,
        "teach_aux_area_m2": 12.0 * pupils, "indoor_pe_area_m2": 0.0, "gym_area_m2": 0.0, "sport_field_area_m2": 21.0 * pupils,
        "equipment_value_yuan": 5000.0 * pupils, "multimedia_rooms": pupils // 20, "migrant_pupils": 0,
        "music_rooms": 3, "music_rooms_from_96_m2": 3, "music_rooms_73_to_96_m2": 0, "music_rooms_61_to_73_m2": 0,
        "art_rooms": 3, "art_rooms_from_90_m2": 3, "art_rooms_67_to_90_m2": 0, "art_rooms_61_to_67_m2": 0,
        "running_budget_yuan": 2000000.0, "running_spent_yuan": 2000000.0, "training_budget_yuan": 200000.0,
    }  # fmt: skip
    if stage == "junior":
        row |= {"graduates": 300, "grade7_pupils_3_years_ago": 300, "transfers_in_3_years": 0, "transfers_out_3_years": 0, "deaths_3_years": 0}
    return row | figures


def county(**figures: object) -> Row:
    """A county row in which every figure passes; `figures` replace."""
    row: Row = {column.name: None for column in table("county").columns}
    row |= {name: False for name, _, _ in VETO_ITEMS}
    for name, _ in MONITORED_SUBJECTS:
        row |= {f"level_{name}": 3, f"difference_{name}": 0.1}
    row |= {
        "county_code": COUNTY, "county_name": "中山区", "school_year": YEAR, "primary_quota_yuan": 1200.0, "junior_quota_yuan": 1400.0,
        "special_school_funds_yuan": 800000.0, "special_school_pupils": 100, "inclusive_funds_yuan": 80000.0, "inclusive_pupils": 10,
        "teacher_pay_yuan": 100000.0, "civil_servant_pay_yuan": 100000.0, "rotation_eligible": 100, "rotated_teachers": 10,
        "rotated_backbone_teachers": 2, "senior_high_places": 100, "senior_high_allocated": 50, "migrant_eligible": 100,
        "migrant_in_public": 80, "migrant_in_purchased": 5, "disabled_children": 100, "disabled_enrolled": 95,
        "questionnaires_valid": 1000, "questionnaires_satisfied": 900, "interviews": 100, "interviews_satisfied": 85,
    }  # fmt: skip
    return row | figures


def outcomes(code: str = COUNTY, **changed: str | None) -> list[Row]:
    """A 评定表 that says 达标 of whatever asks for evidence; `changed` replaces an outcome, None leaves it out."""
    said: dict[str, str | None] = {each.id: "pass" for each in policy().criteria if each.evidence} | changed
    blank: Row = {column.name: None for column in table("judgement").columns}
    return [blank | {"county_code": code, "criterion": id, "outcome": outcome} for id, outcome in said.items() if outcome]


def judged(schools: list[Row], county_row: Row | None = None, said: list[Row] | None = None, *,
           under: PolicyInForce | None = None) -> Judgement:  # fmt: skip
    facts = Facts(YEAR, schools, [county_row if county_row is not None else county()], outcomes() if said is None else said)
    asked = under or policy()
    return judge(measure(facts, asked, YEAR), lambda _: asked)


def verdict(schools: list[Row], county_row: Row | None = None, said: list[Row] | None = None) -> CountyVerdict:
    return judged(schools, county_row, said).county(COUNTY)


def two_stages(*primary: Row) -> list[Row]:
    """These primary schools and a junior school that passes."""
    return [*primary, school("9", "junior")]
