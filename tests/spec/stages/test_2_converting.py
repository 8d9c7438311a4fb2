"""折算：教师只报全校数时

教师应当按学段填报。一贯制学校、完全中学只填了全校的骨干教师、体育艺术教师时，按拆分比例折算到学段，结果标注“学段折算”；
分学段填报的，用填报值。学历教师（L1）本来就按学段填，从不折算。
"""

from __future__ import annotations

from drawn import Spec

L2, L3 = "backbone_teachers_per100", "pe_art_teachers_per100"


def test_backbone_teachers_reported_for_the_whole_school_are_converted(spec: Spec) -> None:
    """全校骨干教师 10 人：小学 100 人、初中 200 人，小学折 10×100÷(100+220)=3.125 人，初中 6.875 人。"""
    spec("""
        学校类型 | 小学学生人数 | 初中学生人数 | 县级及以上骨干教师数
        九年一贯制学校 | 100 | 200 | 10
    """, L2, {"甲校 小学": 3.125, "甲校 初中": 3.4375})


def test_backbone_teachers_reported_by_stage_are_not_converted(spec: Spec) -> None:
    """分学段填报时用填报值：小学 4 人、初中 6 人，不看全校的 10 人。"""
    spec("""
        学校类型 | 小学学生人数 | 初中学生人数 | 县级及以上骨干教师数 | 县级及以上骨干教师数（小学） | 县级及以上骨干教师数（初中）
        九年一贯制学校 | 100 | 200 | 10 | 4 | 6
    """, L2, {"甲校 小学": 4.0, "甲校 初中": 3.0})


def test_a_stage_without_its_line_is_missing_once_another_stage_has_one(spec: Spec) -> None:
    """只填了小学的：初中是未报，不再用全校数折算，也不用全校数去减。"""
    spec("""
        学校类型 | 小学学生人数 | 初中学生人数 | 县级及以上骨干教师数 | 县级及以上骨干教师数（小学） | 县级及以上骨干教师数（初中）
        九年一贯制学校 | 100 | 200 | 10 | 4 |
    """, L2, {"甲校 小学": 4.0, "甲校 初中": "0~∞/200"})


def test_each_subject_is_converted_by_itself(spec: Spec) -> None:
    """体育教师分学段填了（小学 2 人、初中 3 人），音乐、美术、艺术只有全校数：前者用填报值，后者折算。音乐 4 人，各得一半。"""
    spec("""
        学校类型 | 小学学生人数 | 初中学生人数 | 体育专任教师人数（小学） | 体育专任教师人数（初中） | 音乐专任教师人数 | 美术专任教师人数 | 艺术专任教师人数
        九年一贯制学校 | 110 | 100 | 2 | 3 | 4 | 0 | 0
    """, L3, {"甲校 小学": "400/110", "甲校 初中": "500/100"})


def test_a_single_stage_school_needs_no_conversion(spec: Spec) -> None:
    """只有一个学段的学校，全校数就是这个学段的数。"""
    spec("""
        学校类型 | 初中学生人数 | 县级及以上骨干教师数
        初级中学 | 500 | 6
    """, L2, {"甲校 初中": 1.2})
