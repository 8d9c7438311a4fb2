"""The rules over registers: a failing and a passing register for each, and no message that shows a person's number."""

from __future__ import annotations

import polars as pl
import pytest

from junheng.intake.checks import REGISTER_CHECKS, run_register_checks

INVALID_ID, VALID_ID = "990102201209050017", "990102201209050016"
"""Made up: no province has the code 99; the first has a wrong check character."""


def teachers(*rows: tuple[str, str, str]) -> pl.DataFrame:
    schema = ["teacher_id", "school_code", "campus"]
    return pl.DataFrame(rows, schema=schema, orient="row").with_columns(county_code=pl.lit("210102"))


def pupils(*rows: tuple[str, str]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=["pupil_id", "school_code"], orient="row").with_columns(
        county_code=pl.lit("210102"), campus=pl.lit(None, dtype=pl.String), stage=pl.lit("primary"), class_id=pl.lit("0101")
    )


def classes(*sizes: int | None) -> pl.DataFrame:
    frame = pl.DataFrame({"class_size": sizes}, schema={"class_size": pl.Int64})
    return frame.with_columns(
        county_code=pl.lit("210102"), school_code=pl.lit("2121000001"), campus=pl.lit(""), stage=pl.lit("primary")
    )


THREE_PUPILS = pupils(("P1", "2121000001"), ("P2", "2121000001"), ("P3", "2121000001"))

FAILING: dict[str, dict[str, pl.DataFrame]] = {
    "E-teacher-counted-twice": {"teacher": teachers(("T0000012345", "2121000001", ""), ("T0000012345", "2121000002", ""))},
    "E-identity-number-invalid": {"pupil": pupils(("G" + INVALID_ID, "2121000001"))},
    "E-class-sizes-differ-from-pupils": {"class": classes(2, 2), "pupil": THREE_PUPILS},
}
PASSING: dict[str, dict[str, pl.DataFrame]] = {
    "E-teacher-counted-twice": {"teacher": teachers(("T0000012345", "2121000001", ""), ("T0000012346", "2121000002", ""))},
    "E-identity-number-invalid": {"pupil": pupils(("G" + VALID_ID, "2121000001")), "teacher": teachers((VALID_ID, "1", ""))},
    "E-class-sizes-differ-from-pupils": {"class": classes(1, 2), "pupil": THREE_PUPILS},
}


def test_every_register_rule_has_its_failing_and_its_passing_register() -> None:
    assert set(FAILING) == set(PASSING) == {check.id for check in REGISTER_CHECKS}


@pytest.mark.parametrize("rule", FAILING)
def test_the_failing_register_breaks_its_rule_alone(rule: str) -> None:
    files = {table: f"{table}.parquet" for table in FAILING[rule]}
    (finding,) = run_register_checks(FAILING[rule], files)
    assert finding.rule == rule
    assert finding.place.file in files.values()


@pytest.mark.parametrize("rule", PASSING)
def test_the_passing_register_breaks_no_rule(rule: str) -> None:
    assert run_register_checks(PASSING[rule]) == []


def test_no_message_shows_a_number_of_a_person() -> None:
    for frames in FAILING.values():
        for finding in run_register_checks(frames):
            assert "T0000012345" not in finding.text
            assert INVALID_ID not in finding.text


def test_a_teacher_on_two_campuses_is_counted_twice_too() -> None:
    frame = teachers(("T0000012345", "2121000001", "东校区"), ("T0000012345", "2121000001", "西校区"))
    (finding,) = run_register_checks({"teacher": frame})
    assert "2121000001（东校区）、2121000001（西校区）" in finding.message


def test_a_line_entered_twice_in_one_school_is_not_a_second_school() -> None:
    frame = teachers(("T0000012345", "2121000001", ""), ("T0000012345", "2121000001", ""))
    assert run_register_checks({"teacher": frame}) == []


def test_classes_without_a_size_are_not_compared() -> None:
    assert run_register_checks({"class": classes(5, None), "pupil": THREE_PUPILS}) == []
