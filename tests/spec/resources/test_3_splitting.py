"""拆分：一贯制学校、完全中学、附设班与校区

九年一贯制 1:1.1，完全中学初:高 1:1.2，十二年一贯制 1:1.1:1.32；附设班同样处理。某校区只有一个学段的学生时不拆分。
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest

Spec = Callable[..., None]


def test_assertion_05_nine_year_split_gives_9711_and_13514(spec: Spec) -> None:
    """A=166、B=210、全校 23226 ㎡：小学部 166/(166+1.1×210)，即 9711.63 ㎡；初中部 13514.37 ㎡，合计仍为 23226 ㎡。"""
    primary = Fraction(23226 * 166, 397)
    junior = 23226 - primary
    assert (round(float(primary), 2), round(float(junior), 2)) == (9711.63, 13514.37)
    spec("""
        学校类型 | 小学学生人数 | 初中学生人数 | 教学及辅助用房总面积 | 室内体育用房面积
        九年一贯制学校 | 166 | 210 | 23226 | 0
    """, "teach_area_per_pupil", {"1 小学": float(primary / 166), "1 初中": float(junior / 210)})


def test_complete_middle_and_twelve_year_schools_are_split_with_their_senior_pupils(spec: Spec) -> None:
    """完全中学 300 名初中生、500 名高中生：初中部 300/(300+1.2×500)=1/3。十二年一贯制 100、100、100 人：1 : 1.1 : 1.32。"""
    spec("""
        学校代码 | 学校类型 | 小学学生人数 | 初中学生人数 | 高中学生人数 | 教学仪器设备资产值（账面原值）
        1 | 完全中学 |  | 300 | 500 | 90万元
        2 | 十二年一贯制学校 | 100 | 100 | 100 | 34.2万元
    """, "equipment_value_per_pupil", {"1 初中": 1000.0, "1 小学": None, "2 小学": 1000.0, "2 初中": 1100.0})


def test_a_campus_with_one_stage_is_not_split(spec: Spec) -> None:
    """九年一贯制学校的东校区只有小学生（初中填 0）：全部计入小学；西校区两个学段都有，才拆分。"""
    spec("""
        学校代码 | 校区名称 | 学校类型 | 小学学生人数 | 初中学生人数 | 网络多媒体教室间数
        1 | 东校区 | 九年一贯制学校 | 500 | 0 | 12
        1 | 西校区 | 九年一贯制学校 | 110 | 100 | 22
    """, "multimedia_rooms_per100", {"1东校区 小学": 2.4, "1东校区 初中": None, "1西校区 小学": 10.0, "1西校区 初中": 11.0})


def test_an_attached_class_is_split_like_a_combined_school(spec: Spec) -> None:
    """小学附设初中班：小学填报了初中学生 100 人，即有初中学段，按 1:1.1 拆分。"""
    spec("""
        学校类型 | 小学学生人数 | 初中学生人数 | 网络多媒体教室间数
        小学 | 110 | 100 | 22
    """, "multimedia_rooms_per100", {"1 小学": 10.0, "1 初中": 11.0})


def test_a_blank_count_of_a_stage_the_school_has_leaves_the_split_open(spec: Spec) -> None:
    """九年一贯制学校未报初中人数：小学部的份额在 0 与全部之间，初中部的人数与份额都未知。填 0 才算单学段。"""
    spec("""
        学校类型 | 小学学生人数 | 初中学生人数 | 网络多媒体教室间数
        九年一贯制学校 | 100 |  | 20
    """, "multimedia_rooms_per100", {"1 小学": "0~2000/100", "1 初中": "0~2000/0~∞"})


def test_reported_stage_lines_are_never_split_again(spec: Spec) -> None:
    """已分学段填报面积的用填报值，全校数不再参与。"""
    spec("""
        学校类型 | 小学学生人数 | 初中学生人数 | 学校体育馆面积 | 校内体育场面积 | 校内体育场面积（小学） | 校内体育场面积（初中）
        九年一贯制学校 | 110 | 100 | 2200 | 9999 | 1100 | 1000
    """, "sport_area_per_pupil", {"1 小学": 20.0, "1 初中": 21.0})


@pytest.mark.parametrize(("pupils", "included"), [(49, 0.0), (50, 1.0)])
def test_assertion_06_a_teaching_point_of_49_pupils_is_left_out_and_one_of_50_counts(spec, pupils: int, included: float) -> None:  # type: ignore[no-untyped-def]
    """不足 50 人的教学点不参加七项指标和差异系数的评估，50 人的参加。"""
    rows = spec.rows(f"""
        学校类型 | 小学学生人数
        小学教学点 | {pupils}
    """)
    assert rows.included.tolist() == [included]
    assert rows.exclusion.tolist() == ["" if included else "teaching_point_under_50"]
