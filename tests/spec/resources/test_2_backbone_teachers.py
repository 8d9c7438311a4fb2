"""L2 每百名学生拥有县级以上骨干教师数

县级及以上骨干教师，一人有几个称号只算一次。
"""

from __future__ import annotations

from drawn import Spec

L2 = "backbone_teachers_per100"


def test_backbone_teachers_are_counted_per_100_pupils(spec: Spec) -> None:
    """骨干教师 7 人 ÷ 在校生 700 人 × 100 = 1 人。小学与初中算法相同。"""
    spec("""
        学校 | 学校类型 | 小学学生人数 | 初中学生人数 | 县级及以上骨干教师数
        甲校 | 小学 | 700 |  | 7
        乙校 | 初级中学 |  | 600 | 9
    """, L2, {"甲校 小学": 1.0, "乙校 初中": 1.5})


def test_none_is_a_figure_and_blank_is_not(spec: Spec) -> None:
    """填 0 就是 0 人；没有填是未报，可以是任何人数。"""
    spec("""
        学校 | 学校类型 | 小学学生人数 | 县级及以上骨干教师数
        甲校 | 小学 | 700 | 0
        乙校 | 小学 | 700 |
    """, L2, {"甲校 小学": 0.0, "乙校 小学": "0~∞/700"})


def test_the_figure_is_not_rounded(spec: Spec) -> None:
    """10 人 ÷ 1001 人 × 100 = 0.999…，低于 1。显示时写作 1.00，判定用没有舍入的数。"""
    spec("""
        学校类型 | 小学学生人数 | 县级及以上骨干教师数
        小学 | 1001 | 10
    """, L2, {"甲校 小学": "1000/1001"})
