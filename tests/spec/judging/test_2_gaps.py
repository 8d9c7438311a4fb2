"""还差多少

使这一项达到限值，学校至少还要增加多少，按学校自己的口径说。
"""

from __future__ import annotations

import pytest

from judging.judged_counties import COUNTY, Row, county, judged, school, two_stages, verdict
from junheng.judging.gaps import gap_phrase, gap_sentence
from junheng.judging.result import IndicatorVerdict, SchoolVerdict


def nine_year(**figures: object) -> Row:
    """166 primary and 210 junior pupils: weights 166 / 397 and 231 / 397."""
    primary = {name: value for name, value in school("1", pupils=166).items() if name.endswith("_primary")}
    return school("1", "junior", pupils=210) | primary | {"school_type": "312"} | figures


def found(row: Row, stage: str, code: str) -> tuple[SchoolVerdict, IndicatorVerdict]:
    rows = [row, school("2"), school("9", "junior")]
    one = next(each for each in verdict(rows).stages[stage].schools if each.code == "1")
    return one, next(each for each in one.indicators if each.code == code)


def test_two_teachers_short_in_the_words_of_the_style_sheet() -> None:
    """742 人的小学有体育、艺术专任教师 5 名：“还差 2 名体育、艺术专任教师（现有 5 名，在校生 742 人，需 6.68 名，按 7 名计）。”教师和教室
    向上取整；达到 85% 还差 1 名，另列。"""
    one, pe_art = found(school("1", pupils=742, pe_teachers=3, music_teachers=2), "primary", "L3")
    assert pe_art.gap is not None
    assert (pe_art.gap.amount, pe_art.gap.amount_to_floor) == (2.0, 1.0)
    assert gap_phrase(pe_art.gap) == "还差体育、艺术专任教师 2 人"
    assert gap_sentence(one, pe_art) == "还差 2 名体育、艺术专任教师（现有 5 名，在校生 742 人，需 6.68 名，按 7 名计）。"


def test_areas_and_money_are_not_rounded() -> None:
    """面积和金额不取整：“还差 412 ㎡教学及辅助用房（现有 42.5 ㎡，在校生 101 人，需 454.5 ㎡）。”"""
    one, area = found(school("1", pupils=101, teach_aux_area_m2=42.5), "primary", "L4")
    assert area.gap is not None
    assert area.gap.amount == pytest.approx(101 * 4.5 - 42.5)
    assert gap_sentence(one, area) == "还差 412 ㎡教学及辅助用房（现有 42.5 ㎡，在校生 101 人，需 454.5 ㎡）。"


def test_a_figure_that_reaches_its_limit_lacks_nothing() -> None:
    """已经达到的，什么也不差。"""
    one, area = found(school("1"), "primary", "L4")
    assert area.gap is not None
    assert (area.gap.amount, area.gap.amount_to_floor, gap_phrase(area.gap), gap_sentence(one, area)) == (0.0, 0.0, "", "")


def test_what_a_combined_school_lacks_is_asked_of_the_whole_school() -> None:
    """一贯制学校差的按全校算：小学部得全校的 166÷397，小学部少 415 ㎡，全校要增加 415×397÷166 ㎡，才能让小学部达到。"""
    # Primary needs 166 × 4.5 = 747 ㎡ and gets 166/397 of what the school has.
    _, area = found(nine_year(teach_aux_area_m2=794.0), "primary", "L4")
    assert area.value == pytest.approx(2.0)
    assert area.gap is not None
    assert area.gap.amount == pytest.approx((747 - 332) * 397 / 166)
    # 3 rooms: primary 3 × 166/397 = 1.25 of the 3.818 it needs; (3.818 − 1.2544) × 397/166 = 6.13 rooms, hence 7.
    _, rooms = found(nine_year(multimedia_rooms=3), "primary", "L7")
    assert rooms.gap is not None
    assert rooms.gap.amount == 7.0


def test_teachers_reported_by_stage_are_added_to_the_stage() -> None:
    """骨干教师分学段填报的，差几名就是这个学段几名；折算来的，按全校反算，向上取整。"""
    whole = nine_year(backbone_teachers=3)
    _, converted = found(whole, "junior", "L2")
    assert converted.converted
    by_stage = nine_year(backbone_teachers=None, backbone_teachers_primary=2, backbone_teachers_junior=1)
    _, own = found(by_stage, "junior", "L2")
    assert not own.converted
    assert own.gap is not None
    assert own.gap.amount == 2.0  # 2.1 teachers are needed
    assert converted.gap is not None
    assert converted.gap.amount == 1.0  # 3 × 231/397 = 1.75 of 2.1; 0.35 × 397/231 = 0.61


def test_a_missing_figure_has_no_gap() -> None:
    """没有填的数，不说还差多少。"""
    one, area = found(school("1", teach_aux_area_m2=None), "primary", "L4")
    assert area.gap is None
    assert gap_sentence(one, area) == ""


def test_a_county_figure_says_how_many_it_lacks() -> None:
    """全县的条目同样说还差多少：符合交流条件 205 人，要交流 20.5 人，按 21 人计，现有 12 人，还差 9 人。"""
    rotation = judged(two_stages(school("1")), county(rotation_eligible=205, rotated_teachers=12, rotated_backbone_teachers=3)).county(COUNTY).criteria["rotation"]
    gap = rotation.demands[0].gap
    assert gap is not None
    assert (gap.amount, gap.unit, gap.what) == (9.0, "人", "交流轮岗教师")
    assert rotation.demands[1].gap is None


def test_failing_schools_lack_their_rooms_together() -> None:
    """逐校的条目，还差的是各校所差之和。"""
    rows = two_stages(school("1", classes=25), school("2", music_rooms=1, music_rooms_from_96_m2=1))
    rooms = verdict(rows).criteria["music_art_rooms"]
    assert rooms.failing == ("2",)
    assert rooms.demands[0].gap is not None
    assert rooms.demands[0].gap.amount == 1.0
