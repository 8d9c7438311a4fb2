"""L5 生均体育运动场馆面积

学校体育馆面积加校内体育场面积，除以在校生。校外租赁和校内其他场地只在例外中计入，见 3.2。
"""

from __future__ import annotations

from drawn import Spec

L5 = "sport_area_per_pupil"


def test_assertion_04_sport_area_is_gym_and_sports_ground(spec: Spec) -> None:
    """(800 + 6700) ÷ 1000 = 7.5 ㎡。室内体育用房 500 ㎡ 不加入。"""
    spec("""
        学校类型 | 小学学生人数 | 室内体育用房面积 | 学校体育馆面积 | 校内体育场面积
        小学 | 1000 | 500 | 800 | 6700
    """, L5, {"甲校 小学": 7.5})


def test_a_missing_gym_leaves_a_lower_bound(spec: Spec) -> None:
    """体育馆面积未报：运动场的 6700 ㎡ 是下限。没有体育馆的，要填 0。"""
    spec("""
        学校 | 学校类型 | 小学学生人数 | 学校体育馆面积 | 校内体育场面积
        甲校 | 小学 | 1000 |  | 6700
        乙校 | 小学 | 1000 | 0 | 6700
    """, L5, {"甲校 小学": "6700~∞/1000", "乙校 小学": 6.7})


def test_leased_grounds_are_not_counted_without_the_exception(spec: Spec) -> None:
    """没有例外的学校，校外租赁场馆填了也不计入。"""
    spec("""
        学校类型 | 初中学生人数 | 学校体育馆面积 | 校内体育场面积 | 校外租赁场馆面积 | 校内其他体育场面积
        初级中学 | 1000 | 200 | 8000 | 1500 | 500
    """, L5, {"甲校 初中": 8.2})
