"""The coming years of the staffing plan, beside a plain reading of its formulas."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import ceil

from hypothesis import given
from hypothesis import strategies as st

from junheng.common.stages import Stage
from junheng.planning.forecast.pupil_table import PupilsAhead
from junheng.planning.parameters import built_in
from junheng.planning.staffing.careers import Career
from junheng.planning.staffing.coming import Now, look_forward
from junheng.planning.staffing.posts import StaffRow
from junheng.planning.staffing.subjects import SchoolClasses, curriculum
from junheng.planning.staffing.tables import TeacherLine

PARAMETERS = built_in("staffing")
P = Stage.PRIMARY


def pupils(school: str, year: int, central: int, low: int | None = None, high: int | None = None) -> PupilsAhead:
    return PupilsAhead(school, "", P, year, {"central": central, "low": central if low is None else low, "high": central if high is None else high})


def teacher(number: str, school: str, subject: str, born: date | None) -> TeacherLine:
    return TeacherLine(number, "", school, P, subject, "1", born, 7.0, False, "", "", 0, Career(number, Decimal(0), False, False), None, None)


def school(code: str, each_grade: int) -> SchoolClasses:
    return SchoolClasses(code, code, dict.fromkeys(range(1, 7), each_grade))


def test_posts_follow_the_forecast_and_its_interval() -> None:
    now = Now([StaffRow("A", "甲", P, 1900, 48, quota=100), StaffRow("B", "乙", P, 950, 24, quota=50)], [], [], 2025)
    found = look_forward(now, [pupils("A", 2026, 1710, 1520, 1900), pupils("B", 2026, 760)], 1, PARAMETERS)

    due = {case: found.by[2026, case].posts.total for case in found.cases}  # type: ignore[union-attr]
    assert due == {"central": 130, "low": 120, "high": 140}
    assert [each.share for each in found.by[2026, "central"].posts.rows] == [90, 40]  # type: ignore[union-attr]


def test_classes_close_as_the_standard_would_close_them_and_grades_stay_open() -> None:
    # A: 4 classes more than 45 a class would need (1080/45 = 24) and keeps them; 900 need 20. B: one class a grade, down to 30 pupils.
    now = Now([StaffRow("A", "甲", P, 1080, 28), StaffRow("B", "乙", P, 150, 6), StaffRow("C", "丙", P, 90, 6)], [school("A", 4), school("B", 1), school("C", 1)], [], 2025)
    found = look_forward(now, [pupils("A", 2026, 900), pupils("B", 2026, 30), pupils("C", 2026, 0)], 1, PARAMETERS).by[2026, "central"]

    assert [each.row.classes for each in found.posts.rows] == [24, 6, 0]  # type: ignore[union-attr]
    needs = {(each.school, each.subject): each.low for each in found.schools}
    pe = next(each for each in curriculum() if each.id == "pe")
    assert needs["B", "pe"] == sum(pe.periods(grade)[0] for grade in range(1, 7)) / 16
    assert needs["C", "pe"] == 0


def test_retirements_and_shrinking_classes_meet_in_one_balance() -> None:
    now = Now([StaffRow("A", "甲", P, 270, 6)], [school("A", 1)],
              [teacher("T1", "A", "体育", date(1960, 1, 1)), teacher("T2", "A", "体育", date(1990, 1, 1)), teacher("T3", "A", "语文", None)], 2025)  # fmt: skip
    found = look_forward(now, [pupils("A", 2026, 270), pupils("A", 2027, 540)], 2, PARAMETERS)
    needs = {year: next(each for each in found.by[year, "central"].county if each.subject == "pe") for year in (2026, 2027)}

    assert [needs[year].have for year in (2026, 2027)] == [1, 1]
    assert needs[2027].low == 2 * needs[2026].low  # type: ignore[operator]
    assert found.retiring == {2026: {"pe": 1}, 2027: {}}
    assert found.unknown == 1


def test_what_is_not_forecast_is_open_and_named() -> None:
    now = Now([StaffRow("A", "甲", P, 190, 6), StaffRow("B", "乙", P, None, 6)], [school("A", 1), school("B", 1)], [], 2025)
    found = look_forward(now, [pupils("B", 2026, 100), pupils("X", 2026, 5)], 2, PARAMETERS)

    assert found.years == [2026]
    assert found.by[2026, "central"].posts.total is None  # type: ignore[union-attr]
    assert {each.low for each in found.by[2026, "central"].schools if (each.school, each.subject) == ("A", "chinese")} == {None}
    assert "\n".join(found.notes) == ("学校预测表没有 2027 学年，这些年没有推算。\n学校预测表里没有，今后的编制和学科待定：甲（小学）。\n"
                                      "学校预测表里有、学校编制表里没有，没有计入：X。")  # fmt: skip


def test_without_a_forecast_only_retirements_change_the_balance() -> None:
    now = Now([], [school("A", 2)], [teacher("T1", "A", "体育", date(1960, 1, 1)), teacher("T2", "A", "体育", date(1990, 1, 1))], 2025)
    found = look_forward(now, [], 3, PARAMETERS)

    assert found.cases == ("central",)
    assert [next(each.have for each in found.by[year, "central"].county if each.subject == "pe") for year in found.years] == [1, 1, 1]
    assert found.retired(2028) == 1


rows = st.lists(st.tuples(st.integers(200, 2500), st.integers(1, 12), st.integers(0, 2500)), min_size=1, max_size=6)


@given(rows)
def test_every_year_is_what_a_plain_reading_gives(county: list[tuple[int, int, int]]) -> None:
    now = Now([StaffRow(str(at), str(at), P, n, 6 * k) for at, (n, k, _) in enumerate(county)], [school(str(at), k) for at, (_, k, _) in enumerate(county)], [], 2025)
    year = look_forward(now, [pupils(str(at), 2026, later) for at, (_, _, later) in enumerate(county)], 1, PARAMETERS).by[2026, "central"]

    assert year.posts is not None
    exact = Fraction(0)
    for at, (n, k, later) in enumerate(county):
        classes = max(6, ceil(later / 45), 6 * k + ceil(later / 45) - ceil(n / 45)) if later else 0
        assert year.posts.rows[at].row.classes == classes
        exact += max(Fraction(later, 19), classes * Fraction(17, 10)) if later < 200 else Fraction(later, 19)
        needs = [each.low for each in year.schools if each.school == str(at) and each.subject == "chinese"]
        assert (needs == [0]) == (later == 0)
    assert year.posts.total == ceil(exact)
    assert sum(each.share or 0 for each in year.posts.rows) == year.posts.total
