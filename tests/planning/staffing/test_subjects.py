"""Teachers by subject, retirements, careers."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from junheng.judging.result import Verdict
from junheng.planning.parameters import built_in
from junheng.planning.staffing.careers import Career, check_career
from junheng.planning.staffing.named import PSYCHOLOGY, SPECIAL, plan_named
from junheng.planning.staffing.retirement import FEMALE, MALE, leaving, retirement_month
from junheng.planning.staffing.subjects import (
    Need,
    SchoolClasses,
    curriculum,
    plan_subjects,
    subject_of,
    weekly_periods,
)

PARAMETERS = built_in("staffing")
BY_ID = {each.id: each for each in curriculum()}


def need(plan_rows: object, school: str, subject: str) -> Need:
    return next(each for each in plan_rows if (each.school, each.subject) == (school, subject))  # type: ignore[attr-defined]


def test_the_periods_of_nine_years_are_shared_out_whole() -> None:
    """26·2 + 30·4 + 34·3 = 274 weekly periods; every subject's share of them, however few grades have it."""
    assert sum(weekly_periods().values()) == 274
    for subject in curriculum():
        assert sum(subject.periods(grade)[0] for grade in weekly_periods()) == pytest.approx(subject.low * 274)
        assert sum(subject.periods(grade)[1] for grade in weekly_periods()) == pytest.approx(subject.high * 274)
    assert sum(each.low for each in curriculum()) <= 1 <= sum(each.high for each in curriculum())


def test_foreign_language_begins_in_grade_three_and_history_in_grade_seven() -> None:
    assert BY_ID["foreign"].periods(2) == (0, 0)
    assert BY_ID["foreign"].periods(3)[0] == pytest.approx(0.06 * 274 * 30 / 222)
    assert BY_ID["history"].periods(6) == (0, 0)
    assert BY_ID["history"].periods(7)[0] == pytest.approx(0.03 * 274 / 3)


def test_pe_of_a_primary_school_by_hand() -> None:
    """One class a grade: 172 of 274 periods are primary; 10 % of 274 over nine years, by weight 172/274: 17.2 periods, 16 a teacher."""
    plan = plan_subjects([SchoolClasses("S", "甲", dict.fromkeys(range(1, 7), 1))], [("S", "体育"), ("S", "体育与健康")], PARAMETERS)
    pe = need(plan.schools, "S", "pe")

    assert pe.low == pytest.approx(17.2 / 16)
    assert pe.high == pytest.approx(0.11 * 172 / 16)
    assert pe.have == 2
    assert pe.short == 0
    assert pe.over == pytest.approx(2 - 0.11 * 172 / 16)
    assert need(plan.schools, "S", "chinese").to_find == 3  # 0.20·172/16 = 2.15


def test_two_schools_may_share_a_teacher_where_each_alone_is_short() -> None:
    schools = [SchoolClasses(code, code, {1: 3}) for code in ("A", "B")]
    plan = plan_subjects(schools, [("A", "体育"), ("B", "语文")], PARAMETERS)

    assert need(plan.schools, "A", "pe").short == 0
    assert need(plan.schools, "B", "pe").to_find == 1
    assert need(plan.county, "", "pe").to_find == 0


def test_missing_classes_and_missing_lists_leave_the_balance_open() -> None:
    plan = plan_subjects([SchoolClasses("A", "甲", {1: 2, 7: None}), SchoolClasses("B", "乙", {1: 1})], [("A", "语文")], PARAMETERS)

    assert need(plan.schools, "A", "chinese").low is None
    assert need(plan.schools, "A", "foreign").short is None
    assert need(plan.schools, "B", "chinese").have is None
    assert need(plan.county, "", "chinese").to_find is None
    assert any("没有教师名单的学校，余缺待定：乙" in note for note in plan.notes)


def test_a_grade_the_school_reports_as_none_only_opens_subjects_that_are_taught_there() -> None:
    plan = plan_subjects([SchoolClasses("A", "甲", {1: None, 7: 2})], [("A", "历史")], PARAMETERS)

    assert need(plan.schools, "A", "history").low == pytest.approx(2 * 0.03 * 274 / 3 / 12)
    assert need(plan.schools, "A", "moral").low is None


def test_teachers_without_a_subject_are_counted_nowhere_and_told() -> None:
    plan = plan_subjects([SchoolClasses("A", "甲", {1: 1})], [("A", ""), ("A", "心理健康"), ("A", "语文")], PARAMETERS)

    assert (plan.untold, plan.other) == (1, 1)
    assert any("1 名教师未填任教学科" in note for note in plan.notes)
    assert sum(each.have or 0 for each in plan.schools) == 1


@pytest.mark.parametrize(("taught", "subject"), [("英语", "foreign"), ("物理", "science"), ("美术", "art"), ("钓鱼", ""), ("", None)])
def test_what_a_teacher_teaches_is_found_in_the_curriculum(taught: str, subject: str | None) -> None:
    assert subject_of(taught) == subject


@pytest.mark.parametrize(("born", "sex", "retires"), [
    ("1964-12-31", MALE, "2024-12-01"),  # before the reform
    ("1965-01-15", MALE, "2025-02-01"), ("1965-04-01", MALE, "2025-05-01"), ("1965-05-01", MALE, "2025-07-01"), ("1976-09-01", MALE, "2039-09-01"),
    ("1990-01-01", MALE, "2053-01-01"), ("1970-01-01", FEMALE, "2025-02-01"), ("1981-09-01", FEMALE, "2039-09-01"), ("1990-06-01", FEMALE, "2048-06-01"),
])  # fmt: skip
def test_retirement_moves_one_month_every_four_up_to_three_years(born: str, sex: str, retires: str) -> None:
    assert retirement_month(date.fromisoformat(born), sex, PARAMETERS) == date.fromisoformat(retires)


@given(st.dates(date(1950, 1, 1), date(2005, 1, 1)), st.dates(date(1950, 1, 1), date(2005, 1, 1)), st.sampled_from([MALE, FEMALE]))
def test_who_is_older_never_retires_later(one: date, other: date, sex: str) -> None:
    first, second = sorted([one, other])
    assert retirement_month(first, sex, PARAMETERS) <= retirement_month(second, sex, PARAMETERS)  # type: ignore[operator]


def test_teachers_are_gone_in_the_school_year_after_they_retire() -> None:
    teachers = [(date(1966, 1, 1), MALE), (date(1966, 9, 1), MALE), (None, MALE), (date(1950, 1, 1), MALE), (date(1990, 1, 1), MALE)]
    found = leaving(teachers, 2025, 3, PARAMETERS)

    # Born January 1966: 60 in January 2026, 12 months on: 4 months late, May 2026. Born September: 60 in 2026-09, 6 late: 2027-03.
    # Who should have left long ago leaves next year.
    assert found.when == {2026: [0, 3], 2027: [1], 2028: []}
    assert found.unknown == 1


def test_one_year_for_the_senior_title_and_three_for_principals() -> None:
    def verdicts(years: str | None) -> tuple[Verdict | None, Verdict | None]:
        found = check_career(Career("T1", None if years is None else Decimal(years), True, True), PARAMETERS)
        return found.senior, found.priority

    assert verdicts("0.9") == (Verdict.FAIL, Verdict.FAIL)
    assert verdicts("1") == (Verdict.PASS, Verdict.FAIL)
    assert verdicts("3.0") == (Verdict.PASS, Verdict.PASS)
    assert verdicts(None) == (Verdict.INSUFFICIENT, Verdict.INSUFFICIENT)
    assert check_career(Career("T1", Decimal(2), False, False), PARAMETERS).senior is None
    assert check_career(Career("T1", Decimal("2.50"), True, True), PARAMETERS).why == "乡村或薄弱学校任教 2.5 年；申报高级职称须满 1 年：达标；选任校长满 3 年优先：不优先"


def test_psychology_is_wished_for_everywhere_and_special_education_where_pupils_are_included() -> None:
    found = plan_named([("A", "甲", 3), ("B", "乙", 0), ("C", "丙", None), ("D", "丁", 2)], [("A", "心理"), ("B", "语文"), ("C", "特教")], PARAMETERS)

    assert {(each.school, each.what): each.to_find for each in found} == {
        ("A", PSYCHOLOGY): 0, ("A", SPECIAL): 1, ("B", PSYCHOLOGY): 1, ("B", SPECIAL): 0, ("C", PSYCHOLOGY): 1, ("C", SPECIAL): None,
        ("D", PSYCHOLOGY): None, ("D", SPECIAL): None,
    }  # fmt: skip
