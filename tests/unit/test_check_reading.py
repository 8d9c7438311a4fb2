"""How checks read what is missing: a part that was not reported is not nought, and silence breaks no rule."""

from __future__ import annotations

from junheng.intake.checks import run_checks
from junheng.intake.model import Facts, Row
from junheng.tables import table


def found(**reported: object) -> list[str]:
    row: Row = {column.name: None for column in table("school").columns}
    row |= {"county_code": "210102", "school_code": "2121000001", "school_type": "211"} | reported
    return [finding.rule for finding in run_checks(Facts(2025, school=[row]))]


DEGREES: dict[str, object] = {
    "junior_college_teachers_primary": 5, "bachelor_teachers_primary": 20, "master_teachers_primary": 1,
    "doctor_teachers_primary": 0,
}  # fmt: skip


def test_a_school_that_reported_nothing_breaks_no_rule() -> None:
    assert found() == []


def test_without_the_line_for_senior_secondary_the_degrees_may_be_fewer_than_the_teachers() -> None:
    assert found(full_time_teachers=30, **DEGREES) == []


def test_without_that_line_they_may_still_not_be_more() -> None:
    assert found(full_time_teachers=25, **DEGREES) == ["E-qualifications-differ-from-teachers"]


def test_with_that_line_they_must_be_equal() -> None:
    assert found(full_time_teachers=30, below_college_teachers_primary=3, **DEGREES) == [
        "E-qualifications-differ-from-teachers"
    ]
    assert found(full_time_teachers=29, below_college_teachers_primary=3, **DEGREES) == []


def test_a_stage_the_type_has_not_is_no_missing_part() -> None:
    assert found(full_time_teachers=29, below_college_teachers_primary=3, school_type="312", **DEGREES) == []
    assert found(full_time_teachers=28, below_college_teachers_primary=3, school_type="312", **DEGREES) == [
        "E-qualifications-differ-from-teachers"
    ]


def test_a_blank_band_lets_the_classes_be_more_but_not_fewer() -> None:
    assert found(classes=6, classes_41_45=4) == []
    assert found(classes=3, classes_41_45=4) == ["E-class-bands-differ-from-classes"]


def test_a_missing_stage_leaves_the_pupils_unknown() -> None:
    assert found(school_type="312", students_primary=100, boarders=140) == []
    assert found(school_type="312", students_primary=100, students_junior=30, boarders=140) == ["E-boarders-exceed-pupils"]


def test_five_primary_grades_are_complete_when_the_school_says_it_has_five() -> None:
    grades = {f"grade{grade}_pupils": 20 for grade in range(1, 6)}
    assert found(students_primary=101, **grades) == []
    assert found(students_primary=101, grades=5, **grades) == ["E-grades-differ-from-pupils"]


def test_areas_that_differ_only_by_rounding_agree() -> None:
    parts = {"teach_aux_area_m2": 1000.33, "office_area_m2": 200.33, "living_area_m2": 300.33, "other_area_m2": 50.0}
    assert found(building_area_m2=1551.0, **parts) == []
    assert found(building_area_m2=1551.1, **parts) == ["E-building-parts-differ-from-total"]


def test_money_that_adds_up_in_the_units_of_the_form_agrees() -> None:
    stages = {"equipment_value_yuan_primary": 100000, "equipment_value_yuan_junior": 200000}
    assert found(school_type="312", equipment_value_yuan=300100, **stages) == []
    assert found(school_type="312", equipment_value_yuan=301000, **stages) == ["E-stage-lines-differ-from-school"]


def test_classes_of_a_school_with_senior_pupils_may_or_may_not_include_theirs() -> None:
    bands = {column.name: 0 for column in table("school").columns if column.base == "" and column.name.startswith("classes_")}
    junior_only = bands | {"classes_46_50": 4}
    assert found(school_type="341", students_junior=196, students_senior=500, **junior_only) == []
    assert found(school_type="341", students_junior=260, students_senior=500, **junior_only) == [
        "W-class-bands-cannot-hold-pupils"
    ]
