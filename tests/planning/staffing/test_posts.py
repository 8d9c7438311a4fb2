"""Posts: counted by county, shared out whole, never wrong by a school's rounding, open where something is missing."""

from __future__ import annotations

from fractions import Fraction
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from junheng.common.errors import UserError
from junheng.common.stages import Stage
from junheng.planning.parameters import built_in
from junheng.planning.staffing.posts import StaffRow, plan_posts, share_out

PARAMETERS = built_in("staffing")


def row(pupils: int | None, stage: Stage = Stage.PRIMARY, classes: int | None = None, **more: int | bool | None) -> StaffRow:
    return StaffRow("S", f"{pupils} 人学校", stage, pupils, classes, **more)  # type: ignore[arg-type]


def test_a_county_is_added_up_before_it_is_rounded() -> None:
    """Three primary schools of 390 pupils: 20.53 posts each, 61.58 together: 62, where rounding every school up gives 63."""
    plan = plan_posts([row(390), row(390), row(390)], PARAMETERS)

    assert plan.due == {Stage.PRIMARY: 62}
    assert sorted(each.share or 0 for each in plan.rows) == [20, 21, 21]


def test_junior_schools_have_a_post_for_thirteen_and_a_half_pupils() -> None:
    assert plan_posts([row(1350, Stage.JUNIOR)], PARAMETERS).due[Stage.JUNIOR] == 100
    assert plan_posts([row(1351, Stage.JUNIOR)], PARAMETERS).due[Stage.JUNIOR] == 101


def test_small_schools_are_counted_by_classes_where_that_gives_more() -> None:
    plan = plan_posts([row(60, classes=6), row(199, classes=1), row(200, classes=60), row(300, classes=6, is_teaching_point=True)], PARAMETERS)

    assert [each.exact for each in plan.rows] == [Fraction("10.2"), Fraction(199, 19), Fraction(200, 19), Fraction(300, 19)]
    assert plan.rows[0].method == "班师比（小规模学校）"


def test_a_school_that_did_not_report_leaves_the_county_open_and_is_not_nought() -> None:
    plan = plan_posts([row(380), row(None), row(380, Stage.JUNIOR)], PARAMETERS)

    assert plan.due == {Stage.PRIMARY: None, Stage.JUNIOR: 29}
    assert plan.known_only[Stage.PRIMARY] == 20
    assert plan.total is None
    assert [each.share for each in plan.rows] == [None, None, None]
    assert "县应核编制待定：None 人学校（小学）" in plan.notes[0]


def test_a_small_school_without_classes_is_open() -> None:
    assert plan_posts([row(60)], PARAMETERS).due[Stage.PRIMARY] is None


@given(st.lists(st.fractions(0, 200, max_denominator=27), min_size=1, max_size=30))
def test_shares_add_up_and_differ_from_the_exact_share_by_less_than_one(exact: list[Fraction]) -> None:
    total = ceil(sum(exact))
    shares = share_out(exact, total)

    assert sum(shares) == (total if sum(exact) else 0)
    assert all(abs(share - each * total / sum(exact)) < 1 for share, each in zip(shares, exact, strict=True) if sum(exact))


def test_vacant_posts_beside_people_outside_the_quota_are_a_veto_risk() -> None:
    plan = plan_posts([row(380, quota=20, on_quota=18, off_quota=3), row(380, quota=20, on_quota=18, off_quota=0), row(380, quota=20, on_quota=20, off_quota=5),
                       row(380, quota=20, on_quota=None, off_quota=5)], PARAMETERS)  # fmt: skip

    assert [each.unfilled for each in plan.rows] == [True, False, False, False]
    assert [each.vacant for each in plan.rows] == [2, 2, 0, None]
    assert any("有编不补风险" in note for note in plan.notes)


def test_a_vacancy_here_and_people_outside_the_quota_there_are_a_risk_of_the_county() -> None:
    apart = [row(380, quota=20, on_quota=18, off_quota=0), row(380, quota=20, on_quota=20, off_quota=3)]
    assert any("全县空编 2 名，同时有在岗不在编 3 人" in note for note in plan_posts(apart, PARAMETERS).notes)
    assert not any("有编不补" in note for note in plan_posts(apart[1:], PARAMETERS).notes)


def test_what_was_not_reported_rules_nothing_out() -> None:
    notes = plan_posts([row(380, quota=20, on_quota=20), row(380, quota=20, on_quota=20, off_quota=0)], PARAMETERS).notes
    assert "1 个学校学段未报核定编制、在编或在岗不在编，不能排除有编不补。" in notes


def test_the_county_is_compared_with_the_quota_it_has() -> None:
    assert "县应核编制 20 名，核定 18 名，缺 2 名，须报县委编办（机构编制委员会）。" in plan_posts([row(380, quota=18)], PARAMETERS).notes
    assert "县应核编制 20 名，核定 20 名，达到国家标准。" in plan_posts([row(380, quota=20)], PARAMETERS).notes
    assert "县应核编制 20 名；有学校未报核定编制，是否达到国家标准待定。" in plan_posts([row(380)], PARAMETERS).notes


def test_too_many_who_do_not_teach_are_named() -> None:
    notes = plan_posts([row(380, on_quota=20, non_teaching=2), row(380, on_quota=20, non_teaching=1)], PARAMETERS).notes
    assert sum("非教学人员 2 人，占在编 10.0%，超过 9%" in note for note in notes) == 1


def test_unverified_parameters_are_printed_with_every_plan() -> None:
    notes = plan_posts([row(380)], PARAMETERS).notes
    assert any(note.startswith("参数待核：小规模学校班师比：每班教职工 1.7人") for note in notes)


def test_a_county_puts_its_own_parameters_and_unknown_ones_are_refused() -> None:
    own = PARAMETERS.with_overrides([{"id": "posts_per_class_small", "value": 2.0, "source": "辽编办发〔2099〕1号", "unverified": None}])

    assert own["posts_per_class_small"].value == 2
    assert own["posts_per_class_small"].unverified == ""
    assert plan_posts([row(60, classes=6)], own).rows[0].exact == 12
    with pytest.raises(UserError, match="不认识的参数“x”"):
        PARAMETERS.with_overrides([{"id": "x", "value": 1.0, "source": None, "unverified": None}])


def test_a_value_that_is_not_changed_keeps_its_source_and_its_doubt() -> None:
    same = PARAMETERS.with_overrides([{"id": "posts_per_class_small", "value": 1.7, "source": None, "unverified": None}])
    assert same["posts_per_class_small"] == PARAMETERS["posts_per_class_small"]
