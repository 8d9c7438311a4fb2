"""A county of three schools whose figures can be bent: what its frozen releases are made of."""

from __future__ import annotations

from hashlib import sha256

from junheng.common.findings import Place
from junheng.intake.model import Facts, Intake, Row, SourceCell, SourceFile, SourceKind, school_key
from junheng.tables import table

COUNTY, GOOD, SMALL, JUNIOR = "210102", "2121001719", "2121001721", "3121001720"
"""和平区 and its schools; SMALL does not stand in the tree of units."""


def county(**of_good: object) -> Intake:
    """of_good: figures of the school GOOD. As it is, GOOD falls short in sport area alone, and so does nobody else."""
    schools = [
        _school(GOOD, "和平区第一小学", "211", "primary", 500, **of_good),
        _school(SMALL, "和平区第三小学", "211", "primary", 480, sport_field_area_m2=480 * 9.0),
        _school(JUNIOR, "和平区第一中学", "311", "junior", 600, sport_field_area_m2=600 * 12.0),
    ]
    facts = Facts(2025, school=schools)
    facts.county = [_row("county", county_code=COUNTY, county_name="和平区", school_year=2025)]
    for each in schools:
        facts.cells["school", school_key(each), "sport_field_area_m2"] = SourceCell(Place(f"{each['school_name']}.xlsx", "学校填报数据", "E21"), "")
    text = repr(sorted((name, str(value)) for each in schools for name, value in each.items()))
    return Intake(facts, [], [SourceFile("和平区.xlsx", sha256(text.encode()).hexdigest(), 10, SourceKind.SCHOOL_FORM)], [])


def _row(name: str, **values: object) -> Row:
    return {column.name: values.get(column.name) for column in table(name).columns}


def _school(code: str, name: str, kind: str, stage: str, pupils: int, **given: object) -> Row:
    full: dict[str, object] = {
        "county_code": COUNTY, "school_code": code, "school_name": name, "campus": "", "school_type": kind, "sponsor": "7", "urban_rural": "111",
        "is_boarding": False, "founded_year": 1990, "built_by_2010": True, "built_by_2016": True, "is_dense_urban_core": False,
        "is_small_rural_50_99": False, "is_small_rural_class_under_30": False, "classes": 14, "classes_36_40": 14,
        f"students_{stage}": pupils, f"junior_college_teachers_{stage}": 0, f"bachelor_teachers_{stage}": 40, f"master_teachers_{stage}": 2,
        f"doctor_teachers_{stage}": 0, "backbone_teachers": 8, "pe_teachers": 3, "music_teachers": 2, "fine_art_teachers": 2, "art_teachers": 0,
        "teach_aux_area_m2": pupils * 8.0, "indoor_pe_area_m2": pupils * 0.5, "gym_area_m2": 0.0, "sport_field_area_m2": pupils * 6.0,
        "equipment_value_yuan": pupils * 3000.0, "multimedia_rooms": 16,
    }  # fmt: skip
    return _row("school", **(full | given))
