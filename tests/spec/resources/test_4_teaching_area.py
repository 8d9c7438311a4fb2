"""L4 生均教学及辅助用房面积

教学及辅助用房总面积减去室内体育用房面积，除以在校生。
"""

from __future__ import annotations

from drawn import Spec

L4 = "teach_area_per_pupil"


def test_assertion_04_indoor_sport_rooms_are_taken_from_teaching_area(spec: Spec) -> None:
    """(5000 − 500) ÷ 1000 = 4.5 ㎡。室内体育用房只在这里扣，不加到 L5。"""
    spec("""
        学校类型 | 小学学生人数 | 教学及辅助用房总面积 | 室内体育用房面积
        小学 | 1000 | 5000 | 500
    """, L4, {"甲校 小学": 4.5})


def test_a_missing_deduction_leaves_no_lower_bound(spec: Spec) -> None:
    """室内体育用房面积未报：要扣多少不知道，只有上限 5 ㎡。没有室内体育用房的，要填 0。"""
    spec("""
        学校 | 学校类型 | 小学学生人数 | 教学及辅助用房总面积 | 室内体育用房面积
        甲校 | 小学 | 1000 | 5000 |
        乙校 | 小学 | 1000 | 5000 | 0
    """, L4, {"甲校 小学": "-∞~5000/1000", "乙校 小学": 5.0})


def test_a_missing_total_leaves_no_upper_bound(spec: Spec) -> None:
    """教学及辅助用房总面积未报：没有上限。"""
    spec("""
        学校类型 | 初中学生人数 | 教学及辅助用房总面积 | 室内体育用房面积
        初级中学 | 1000 |  | 500
    """, L4, {"甲校 初中": "-500~∞/1000"})


def test_other_units_are_converted(spec: Spec) -> None:
    """表头写明别的单位就换算：0.58 万平方米就是 5800 ㎡。"""
    spec("""
        学校类型 | 初中学生人数 | 教学及辅助用房总面积（万平方米） | 室内体育用房面积（㎡）
        初级中学 | 1000 | 0.58 | 0
    """, L4, {"甲校 初中": 5.8})
