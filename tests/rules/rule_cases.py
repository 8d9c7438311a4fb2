"""For each rule: what to change in the good county so that this rule, and no other, is broken, and where it shows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from good_county import good_rows

from junheng.intake.model import Row

Rows = dict[str, Row]


@dataclass(frozen=True)
class Case:
    """at: (row, column) whose cell must be pointed at, None for a finding about the whole county; change: row → columns to set; last_year: the same, a year before;
    make: builds the rows where changing a few cells is not enough."""

    at: tuple[str, str] | None
    change: dict[str, Row] = field(default_factory=dict)
    last_year: dict[str, Row] | None = None
    make: Callable[[], Rows] = good_rows

    def rows(self) -> Rows:
        return changed(self.make(), self.change)

    def rows_of_last_year(self) -> Rows | None:
        return None if self.last_year is None else changed(self.make(), self.last_year)


def changed(rows: Rows, change: dict[str, Row]) -> Rows:
    for name, columns in change.items():
        rows[name] = rows.get(name, {}) | columns
    return rows


def _county(column: str, value: object) -> Case:
    return Case(("county", column), {"county": {column: value}})


def _primary(column: str, value: object) -> Case:
    return Case(("primary", column), {"primary": {column: value}})


def _whole_beside_campuses() -> Rows:
    rows = good_rows()
    whole = {name: value for name, value in rows["east"].items() if name != "campus"}
    rows["whole"] = whole | {
        "students_primary": 740, "catchment_pupils_primary": 731, "classes": 19, "classes_36_40": 19, "full_time_teachers": 49,
        "backbone_teachers": 13, "certified_teachers": 48, "trained_360h_teachers": 47, "migrant_pupils": 71,
        "teach_aux_area_m2": 4391.5, "indoor_pe_area_m2": 211, "sport_field_area_m2": 8802, "equipment_value_yuan": 1947000,
        "running_budget_yuan": 973500, "running_spent_yuan": 966400, "training_budget_yuan": 64500,
    }  # fmt: skip
    return rows


def _county_of_round_areas() -> Rows:
    """Fifty-two small schools whose sports fields all end in 5, and whose other numbers end in any digit."""
    rows = good_rows()
    for index in range(52):
        share = 101 + index * 7
        rows[f"school{index}"] = {
            "school_name": f"第{index}小学", "school_type": "211", "school_code": f"21210001{index:02}", "county_code": "210102",
            "founded_year": 2001, "students_primary": share, "full_time_teachers": 12, "teach_aux_area_m2": 1003 + index * 13,
            "sport_field_area_m2": 2005 + index * 10,
        }  # fmt: skip
    return rows


CASES: dict[str, Case] = {
    "E-qualifications-differ-from-teachers": Case(("primary", "full_time_teachers"), {"primary": {"bachelor_teachers_primary": 29}}),
    "E-titles-differ-from-teachers": Case(("primary", "full_time_teachers"), {"primary": {"middle_title_teachers": 15}}),
    "E-ages-differ-from-teachers": Case(("primary", "full_time_teachers"), {"primary": {"teachers_age_35_39": 9}}),
    "E-teachers-exceed-staff": Case(("primary", "full_time_teachers"), {"primary": {"staff": 39}}),
    "E-certified-exceed-teachers": _primary("certified_teachers", 41),
    "E-trained-exceed-teachers": _primary("trained_360h_teachers", 44),
    "E-backbone-exceed-teachers": Case(
        ("nine_year", "backbone_teachers_junior"),
        {"nine_year": {"backbone_teachers": 36, "backbone_teachers_junior": 30}},
    ),
    "E-pe-art-exceed-teachers": Case(("primary", "full_time_teachers"), {"primary": {"pe_teachers": 24, "art_teachers": 13}}),
    "E-migrant-left-behind-exceed-pupils": Case(("primary", "students_primary"), {"primary": {"left_behind_pupils": 570}}),
    "E-boarders-exceed-pupils": Case(("nine_year", "boarders"), {"nine_year": {"boarders": 694}}),
    "E-inclusive-exceed-pupils": Case(("point", "inclusive_pupils"), {"point": {"inclusive_pupils": 44}}),
    "E-catchment-exceed-pupils": Case(("nine_year", "catchment_pupils_junior"), {"nine_year": {"catchment_pupils_junior": 276}}),
    "E-sexes-differ-from-pupils": Case(("middle", "students_junior"), {"middle": {"male_pupils": 585}}),
    "E-grades-differ-from-pupils": Case(("primary", "students_primary"), {"primary": {"grade3_pupils": 111}}),
    "E-class-bands-differ-from-classes": Case(("primary", "classes"), {"primary": {"classes": 16}}),
    "W-class-bands-cannot-hold-pupils": Case(
        ("primary", "students_primary"), {"primary": {"classes_36_40": 15, "classes_41_45": 0}}
    ),
    "E-stage-lines-differ-from-school": Case(("nine_year", "backbone_teachers"), {"nine_year": {"backbone_teachers_primary": 7}}),
    "E-campus-counted-twice": Case(("whole", "students_primary"), make=_whole_beside_campuses),
    "E-indoor-pe-exceeds-teach-aux": _primary("indoor_pe_area_m2", 3521),
    "E-building-parts-differ-from-total": Case(("primary", "building_area_m2"), {"primary": {"office_area_m2": 612}}),
    "E-dilapidated-exceeds-buildings": _primary("dilapidated_area_m2", 5236),
    "E-dormitory-exceeds-living": _primary("dormitory_area_m2", 891),
    "E-sport-field-exceeds-land": _primary("sport_field_area_m2", 14804),
    "E-equipment-exceeds-fixed-assets": Case(("primary", "equipment_value_yuan"), {"primary": {"fixed_assets_yuan": 1562900}}),
    "E-multimedia-rooms-exceed-classrooms": _primary("multimedia_rooms", 25),
    "E-room-bands-exceed-total": Case(("primary", "music_rooms"), {"primary": {"music_rooms_61_to_73_m2": 1}}),
    "E-training-budget-exceeds-running-budget": _primary("training_budget_yuan", 715600),
    "E-posts-differ-from-filled": Case(("primary", "posts_filled"), {"primary": {"posts_filled_off_duty": 2}}),
    "E-graduates-exceed-cohort": Case(
        # No transfers out are reported, so there is no retention rate to warn of.
        ("middle", "graduates"), {"middle": {"graduates": 176, "transfers_out_3_years": None}},
    ),
    "E-leavers-exceed-cohort": Case(("middle", "transfers_out_3_years"), {"middle": {"transfers_out_3_years": 176}}),
    "E-founded-after-school-year": _primary("founded_year", 2026),
    "E-judged-in-future": Case(("judgement", "judged_on"), {"judgement": {"judged_on": "2999-01-01"}}),
    "E-division-malformed": Case(
        ("county", "county_code"),
        {name: {"county_code": "990102"} for name in good_rows()},
    ),
    "E-school-code-malformed": _primary("school_code", "21210000A1"),
    "E-credit-code-invalid": _primary("uscc", "12210100MB1234567D"),
    "E-rotated-backbone-exceed-rotated": _county("rotated_backbone_teachers", 20),
    "E-rotated-exceed-eligible": _county("rotated_teachers", 121),
    "E-migrant-places-exceed-eligible": Case(("county", "migrant_eligible"), {"county": {"migrant_in_purchased": 20}}),
    "E-rural-places-exceed-allocated": _county("senior_high_allocated_rural", 241),
    "E-allocated-exceed-places": _county("senior_high_allocated", 401),
    "E-disabled-enrolled-exceed-children": _county("disabled_enrolled", 119),
    "E-special-school-pupils-exceed-enrolled": _county("disabled_in_special_schools", 116),
    "E-rural-population-exceeds-population": _county("rural_population", 183600),
    "E-larger-points-exceed-points": _county("teaching_points_from_50", 3),
    "E-answers-out-of-chain": _county("questionnaires_satisfied", 1165),
    "E-parent-answers-exceed-all": Case(
        ("county", "parent_interviews"), {"county": {"parent_interviews": 151}}
    ),
    "W-year-on-year-change": Case(
        ("primary", "sport_field_area_m2"), last_year={"primary": {"sport_field_area_m2": 4040}}
    ),
    "W-implausible-jump": Case(("primary", "equipment_value_yuan"), last_year={"primary": {"equipment_value_yuan": 156300}}),
    "W-class-over-55": Case(
        ("primary", "classes_56_60"), {"primary": {"classes_36_40": 6, "classes_56_60": 1}}
    ),
    "W-many-pupils-per-teacher": Case(
        ("point", "full_time_teachers"),
        {"point": {
            "full_time_teachers": 1, "below_college_teachers_primary": 0, "junior_college_teachers_primary": 1,
            "bachelor_teachers_primary": 0, "certified_teachers": 1, "trained_360h_teachers": 1, "art_teachers": 0,
            "senior_title_teachers": 0, "middle_title_teachers": 0, "assistant_title_teachers": 1, "junior_title_teachers": 0,
            "teachers_age_25_29": 0, "teachers_age_35_39": 0, "teachers_age_40_44": 0, "teachers_age_45_49": 0,
            "teachers_age_50_54": 0,
        }},
    ),
    "W-retention-over-100": Case(("middle", "graduates"), {"middle": {"graduates": 170}}),
    "W-equipment-over-50000": Case(
        ("point", "equipment_value_yuan"), {"point": {"equipment_value_yuan": 2150100, "fixed_assets_yuan": 2830000}}
    ),
    "W-boarders-without-dormitory": Case(("middle", "dormitory_area_m2"), {"middle": {"dormitory_area_m2": 0}}),
    "W-large-teaching-point": Case(
        ("point", "students_primary"),
        {"point": {
            "students_primary": 201, "grade1_pupils": 50, "grade2_pupils": 51, "grade3_pupils": 49, "grade4_pupils": 51,
            "male_pupils": 101, "female_pupils": 100, "classes": 8, "classes_to_25": 4, "classes_26_30": 4,
        }},
    ),
    "W-built-flags-contradict": Case(("nine_year", "built_by_2016"), {"nine_year": {"built_by_2016": False}}),
    "W-urban-core-and-rural": Case(("point", "is_small_rural_class_under_30"), {"point": {"is_dense_urban_core": True}}),
    "W-boarding-flag-contradicts-boarders": _primary("is_boarding", True),
    "W-claim-without-flag": Case(("primary", "leased_sport_area_m2"), {"primary": {"leased_sport_area_m2": 800}}),
    "W-division-unknown": Case(("county", "county_code"), {name: {"county_code": "210197"} for name in good_rows()}),
    "W-division-name-differs": _county("county_name", "沈河区"),
    "W-last-digits-cluster": Case(None, make=_county_of_round_areas),
    "W-numbers-repeated-between-schools": Case(
        ("middle", "teach_aux_area_m2"),
        {"middle": {column: good_rows()["nine_year"][column] for column in (
            "teach_aux_area_m2", "indoor_pe_area_m2", "gym_area_m2", "sport_field_area_m2", "equipment_value_yuan", "books",
        )} | {"building_area_m2": 9139.6}},
    ),
}  # fmt: skip
