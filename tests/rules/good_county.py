"""A small made-up county in which nothing is wrong: one school of every shape, every line of the contract filled."""

from __future__ import annotations

from copy import deepcopy

from junheng.intake.model import Row

COUNTY_CODE = "210102"
SCHOOL_YEAR = 2025

_BANDS = (
    "to_25", "26_30", "31_35", "36_40", "41_45", "46_50", "51_55", "56_60", "61_65", "from_66",
)  # fmt: skip


def _bands(*counts: int, stage: str = "") -> Row:
    return {f"classes_{band}{stage}": count for band, count in zip(_BANDS, (*counts, *[0] * 10), strict=False)}


def _numbered(pattern: str, names: tuple[object, ...], values: tuple[int, ...]) -> Row:
    return {pattern.format(name): value for name, value in zip(names, values, strict=True)}


def _grades(first: int, *values: int) -> Row:
    return _numbered("grade{}_pupils", tuple(range(first, first + len(values))), values)


_TITLES = ("full_senior_title", "senior_title", "middle_title", "assistant_title", "junior_title", "no_title")
_AGES = ("to_24", "25_29", "30_34", "35_39", "40_44", "45_49", "50_54", "55_59", "from_60")
_DEGREES = ("below_college", "junior_college", "bachelor", "master", "doctor")


def _teachers(stage: str, degrees: tuple[int, ...]) -> Row:
    return _numbered("{}_teachers_" + stage, _DEGREES, degrees)


def _people(titles: tuple[int, ...], ages: tuple[int, ...]) -> Row:
    return _numbered("{}_teachers", _TITLES, titles) | _numbered("teachers_age_{}", _AGES, ages)


_FLAGS: Row = {
    "built_by_2010": False, "built_by_2016": True, "is_dense_urban_core": False, "is_small_rural_50_99": False,
    "is_small_rural_class_under_30": False, "is_boarding": False,
}  # fmt: skip

_PRIMARY: Row = {
    **_FLAGS, "school_name": "甲小学", "school_type": "211", "school_code": "2121000001", "county_code": COUNTY_CODE,
    "founded_year": 2012, "sponsor": "7", "urban_rural": "111", "grades": 6, "uscc": "12210100MB1234567C",
    "students_primary": 612, **_grades(1, 100, 104, 101, 103, 99, 105), "male_pupils": 315, "female_pupils": 297,
    "boarders": 0, "migrant_pupils": 55, "left_behind_pupils": 8, "inclusive_pupils": 3, "catchment_pupils_primary": 598,
    "classes": 15, **_bands(0, 0, 0, 7, 8), "full_time_teachers": 40, **_teachers("primary", (0, 6, 30, 4, 0)),
    **_people((1, 8, 16, 12, 2, 1), (2, 5, 6, 7, 8, 6, 4, 2, 0)), "staff": 46, "certified_teachers": 40,
    "trained_360h_teachers": 40, "backbone_teachers": 8, "pe_teachers": 4, "music_teachers": 2, "fine_art_teachers": 2,
    "art_teachers": 0, "posts_filled": 42, "posts_filled_on_duty": 41, "posts_filled_off_duty": 1,
    "teach_aux_area_m2": 3520.5, "indoor_pe_area_m2": 221, "office_area_m2": 611, "living_area_m2": 890.25,
    "other_area_m2": 214, "building_area_m2": 5235.75, "dormitory_area_m2": 0, "dilapidated_area_m2": 0,
    "gym_area_m2": 483.5, "sport_field_area_m2": 5261, "land_area_m2": 14803, "equipment_value_yuan": 1563000,
    "fixed_assets_yuan": 9872000, "multimedia_rooms": 21, "classrooms": 24, "computers": 141, "books": 19352,
    "music_rooms": 2, "music_rooms_from_96_m2": 1, "music_rooms_73_to_96_m2": 1, "music_rooms_61_to_73_m2": 0,
    "art_rooms": 2, "art_rooms_from_90_m2": 1, "art_rooms_67_to_90_m2": 0, "art_rooms_61_to_67_m2": 0,
    "running_budget_yuan": 715500, "running_spent_yuan": 701200, "training_budget_yuan": 58300,
}  # fmt: skip

_NINE_YEAR: Row = {
    **_FLAGS, "school_name": "乙九年一贯制学校", "school_type": "312", "school_code": "3121000002", "county_code": COUNTY_CODE,
    "founded_year": 2003, "built_by_2010": True, "sponsor": "7", "urban_rural": "121", "grades": 9,
    "is_boarding": True, "students_primary": 418, "students_junior": 275,
    **_grades(1, 68, 71, 70, 69, 72, 68, 91, 93, 91), "male_pupils": 360, "female_pupils": 333, "boarders": 194,
    "migrant_pupils": 31, "left_behind_pupils": 62, "inclusive_pupils": 4, "catchment_pupils_primary": 409,
    "catchment_pupils_junior": 268, "classes": 19, "classes_primary": 12, "classes_junior": 7,
    **_bands(0, 0, 4, 11, 4), **_bands(0, 0, 4, 8, 0, stage="_primary"), **_bands(0, 0, 0, 3, 4, stage="_junior"),
    "full_time_teachers": 61, "full_time_teachers_primary": 32, "full_time_teachers_junior": 29,
    **_teachers("primary", (1, 7, 22, 2, 0)), **_teachers("junior", (0, 1, 23, 5, 0)),
    **_people((0, 13, 25, 18, 3, 2), (3, 7, 9, 11, 12, 9, 6, 3, 1)), "staff": 70, "certified_teachers": 61,
    "trained_360h_teachers": 60, "backbone_teachers": 11, "backbone_teachers_primary": 6, "backbone_teachers_junior": 5,
    "pe_teachers": 5, "music_teachers": 3, "fine_art_teachers": 3, "art_teachers": 1, "posts_filled": 65,
    "posts_filled_on_duty": 64, "posts_filled_off_duty": 1, "teach_aux_area_m2": 4871.2, "indoor_pe_area_m2": 307,
    "office_area_m2": 702.5, "living_area_m2": 1913.3, "other_area_m2": 188, "building_area_m2": 7675,
    "dormitory_area_m2": 1102, "dilapidated_area_m2": 36, "gym_area_m2": 604, "sport_field_area_m2": 7428,
    "land_area_m2": 21340, "equipment_value_yuan": 2046500, "fixed_assets_yuan": 12308000, "multimedia_rooms": 26,
    "classrooms": 33, "computers": 172, "books": 24117, "music_rooms": 2, "music_rooms_from_96_m2": 1,
    "music_rooms_73_to_96_m2": 0, "music_rooms_61_to_73_m2": 1, "art_rooms": 3, "art_rooms_from_90_m2": 1,
    "art_rooms_67_to_90_m2": 1, "art_rooms_61_to_67_m2": 0, "running_budget_yuan": 859700, "running_spent_yuan": 848100,
    "training_budget_yuan": 63900, "graduates": 87, "grade7_pupils_3_years_ago": 90, "transfers_in_3_years": 2,
    "transfers_out_3_years": 3, "deaths_3_years": 1,
}  # fmt: skip

_MIDDLE: Row = {
    **_FLAGS, "school_name": "丙中学", "school_type": "341", "school_code": "3421000003", "county_code": COUNTY_CODE,
    "founded_year": 2014, "sponsor": "7", "urban_rural": "112", "grades": 6, "students_junior": 507,
    "students_senior": 633, "male_pupils": 584, "female_pupils": 556, "boarders": 87, "migrant_pupils": 44,
    "left_behind_pupils": 23, "inclusive_pupils": 2, "catchment_pupils_junior": 489, "classes": 25,
    **_bands(0, 0, 0, 0, 9, 16), "full_time_teachers": 98, **_teachers("junior", (0, 0, 38, 6, 0)),
    **_teachers("senior", (0, 0, 43, 10, 1)), **_people((2, 27, 39, 24, 4, 2), (4, 12, 15, 18, 19, 14, 10, 5, 1)),
    "staff": 113, "certified_teachers": 98, "trained_360h_teachers": 97, "backbone_teachers": 22, "pe_teachers": 7,
    "music_teachers": 3, "fine_art_teachers": 4, "art_teachers": 0, "posts_filled": 107, "posts_filled_on_duty": 105,
    "posts_filled_off_duty": 2, "teach_aux_area_m2": 8894.6, "indoor_pe_area_m2": 512, "office_area_m2": 1203,
    "living_area_m2": 2714.4, "other_area_m2": 351, "building_area_m2": 13163, "dormitory_area_m2": 947,
    "dilapidated_area_m2": 0, "gym_area_m2": 1108, "sport_field_area_m2": 13907, "land_area_m2": 38216,
    "equipment_value_yuan": 4287000, "fixed_assets_yuan": 31946000, "multimedia_rooms": 38, "classrooms": 46,
    "computers": 327, "books": 41683, "music_rooms": 3, "music_rooms_from_96_m2": 3, "music_rooms_73_to_96_m2": 0,
    "music_rooms_61_to_73_m2": 0, "art_rooms": 3, "art_rooms_from_90_m2": 2, "art_rooms_67_to_90_m2": 1,
    "art_rooms_61_to_67_m2": 0, "running_budget_yuan": 1687300, "running_spent_yuan": 1659800,
    "training_budget_yuan": 98600, "graduates": 166, "grade7_pupils_3_years_ago": 170, "transfers_in_3_years": 5,
    "transfers_out_3_years": 6, "deaths_3_years": 0,
}  # fmt: skip

_POINT: Row = {
    **_FLAGS, "school_name": "丁教学点", "school_type": "218", "school_code": "2121000004", "county_code": COUNTY_CODE,
    "founded_year": 1987, "built_by_2010": True, "is_small_rural_class_under_30": True, "sponsor": "7", "urban_rural": "220",
    "grades": 4, "students_primary": 43, **_grades(1, 12, 10, 11, 10), "male_pupils": 22, "female_pupils": 21,
    "boarders": 0, "migrant_pupils": 0, "left_behind_pupils": 14, "inclusive_pupils": 1, "catchment_pupils_primary": 43,
    "classes": 4, **_bands(4), "full_time_teachers": 6, **_teachers("primary", (1, 3, 2, 0, 0)),
    **_people((0, 1, 2, 2, 1, 0), (0, 1, 0, 1, 1, 1, 1, 1, 0)), "staff": 6, "certified_teachers": 6,
    "trained_360h_teachers": 6, "backbone_teachers": 1, "pe_teachers": 1, "music_teachers": 0, "fine_art_teachers": 0,
    "art_teachers": 1, "posts_filled": 6, "posts_filled_on_duty": 6, "posts_filled_off_duty": 0, "teach_aux_area_m2": 287,
    "indoor_pe_area_m2": 0, "office_area_m2": 46, "living_area_m2": 61, "other_area_m2": 12, "building_area_m2": 406,
    "dormitory_area_m2": 0, "dilapidated_area_m2": 0, "gym_area_m2": 0, "sport_field_area_m2": 1154,
    "land_area_m2": 3627, "equipment_value_yuan": 112400, "fixed_assets_yuan": 683000, "multimedia_rooms": 4,
    "classrooms": 5, "computers": 13, "books": 1509, "music_rooms": 1, "music_rooms_from_96_m2": 0,
    "music_rooms_73_to_96_m2": 0, "music_rooms_61_to_73_m2": 0, "art_rooms": 0, "art_rooms_from_90_m2": 0,
    "art_rooms_67_to_90_m2": 0, "art_rooms_61_to_67_m2": 0, "running_budget_yuan": 115300, "running_spent_yuan": 109900,
    "training_budget_yuan": 6700,
}  # fmt: skip


def _campus(name: str, students: int, teachers: int, classes: int, area: float, money: int) -> Row:
    """A campus that reports only what the official form asks for: what is not collected is not checked."""
    return {
        **_FLAGS, "school_name": "戊小学", "school_type": "211", "school_code": "2121000005", "campus": name,
        "county_code": COUNTY_CODE, "founded_year": 2015, "students_primary": students, "migrant_pupils": students // 9,
        "catchment_pupils_primary": students - 3, "classes": classes, **_bands(0, 0, 0, classes), "full_time_teachers": teachers,
        "junior_college_teachers_primary": teachers // 5, "bachelor_teachers_primary": teachers // 2,
        "master_teachers_primary": 1, "doctor_teachers_primary": 0, "backbone_teachers": teachers // 4,
        "certified_teachers": teachers, "trained_360h_teachers": teachers, "pe_teachers": 2, "music_teachers": 1,
        "fine_art_teachers": 1, "art_teachers": 0, "teach_aux_area_m2": area, "indoor_pe_area_m2": area // 20,
        "gym_area_m2": 0, "sport_field_area_m2": area * 2 + 7, "equipment_value_yuan": money, "multimedia_rooms": classes,
        "music_rooms": 1, "music_rooms_from_96_m2": 1, "music_rooms_73_to_96_m2": 0, "music_rooms_61_to_73_m2": 0,
        "art_rooms": 1, "art_rooms_from_90_m2": 1, "art_rooms_67_to_90_m2": 0, "art_rooms_61_to_67_m2": 0,
        "running_budget_yuan": money // 2, "running_spent_yuan": money // 2 - 3100, "training_budget_yuan": money // 30 // 100 * 100,
    }  # fmt: skip


_COUNTY: Row = {
    "county_name": "和平区", "county_code": COUNTY_CODE, "school_year": SCHOOL_YEAR, "primary_quota_yuan": 1150,
    "junior_quota_yuan": 1350, "special_school_funds_yuan": 864000, "special_school_pupils": 96,
    "inclusive_funds_yuan": 84000, "inclusive_pupils": 10, "teacher_pay_yuan": 98600, "civil_servant_pay_yuan": 97300,
    "rotation_eligible": 120, "rotated_teachers": 19, "rotated_backbone_teachers": 5, "senior_high_places": 400,
    "senior_high_allocated": 240, "senior_high_allocated_rural": 130, "migrant_eligible": 160, "migrant_in_public": 141,
    "migrant_in_purchased": 12, "disabled_children": 118, "disabled_enrolled": 115, "disabled_in_special_schools": 61,
    "resident_population": 183500, "rural_population": 27400, "teaching_points": 2, "teaching_points_from_50": 1,
    "questionnaires": 1200, "questionnaires_valid": 1164, "questionnaires_satisfied": 1058, "interviews": 150,
    "interviews_satisfied": 139, "parent_questionnaires": 800, "parent_questionnaires_valid": 781,
    "parent_questionnaires_satisfied": 702, "parent_interviews": 60, "parent_interviews_satisfied": 55,
}  # fmt: skip

_JUDGEMENT: Row = {
    "county_code": COUNTY_CODE, "criterion": "layout", "outcome": "pass", "evidence": "布局规划批复", "judged_by": "评估组",
    "judged_on": "2025-10-15",
}  # fmt: skip

_ROWS: dict[str, Row] = {
    "primary": _PRIMARY, "nine_year": _NINE_YEAR, "middle": _MIDDLE, "point": _POINT,
    "east": _campus("东校区", 351, 22, 9, 2014.5, 913000), "west": _campus("西校区", 389, 27, 10, 2377, 1034000),
    "county": _COUNTY, "judgement": _JUDGEMENT,
}  # fmt: skip


def good_rows() -> dict[str, Row]:
    """Fresh copies: name → row. "county" and "judgement" are those tables' rows, all others are schools."""
    return deepcopy(_ROWS)
