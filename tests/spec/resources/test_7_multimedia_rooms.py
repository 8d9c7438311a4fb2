"""L7 每百名学生拥有网络多媒体教室数

网络多媒体教室间数除以在校生再乘 100。
"""

from __future__ import annotations

from drawn import Spec

L7 = "multimedia_rooms_per100"


def test_multimedia_rooms_are_counted_per_100_pupils(spec: Spec) -> None:
    """23 间 ÷ 1000 人 × 100 = 2.3 间。"""
    spec("""
        学校类型 | 小学学生人数 | 网络多媒体教室间数
        小学 | 1000 | 23
    """, L7, {"甲校 小学": 2.3})


def test_rooms_of_combined_schools_are_split_into_parts_of_rooms(spec: Spec) -> None:
    """九年一贯制学校有 10 间：小学 100 人、初中 200 人，小学得 10×100/(100+220)=3.125 间，初中 6.875 间。拆出的间数不取整。"""
    spec("""
        学校类型 | 小学学生人数 | 初中学生人数 | 网络多媒体教室间数
        九年一贯制学校 | 100 | 200 | 10
    """, L7, {"甲校 小学": 3.125, "甲校 初中": 3.4375})


def test_rooms_not_reported_are_not_none(spec: Spec) -> None:
    """没有填的是未报；填 0 才是没有。"""
    spec("""
        学校 | 学校类型 | 初中学生人数 | 网络多媒体教室间数
        甲校 | 初级中学 | 500 |
        乙校 | 初级中学 | 500 | 0
    """, L7, {"甲校 初中": "0~∞/500", "乙校 初中": 0.0})
