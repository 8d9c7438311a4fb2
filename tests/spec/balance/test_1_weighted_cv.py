"""学生数加权、总体口径的差异系数

X̄ = Σx ÷ Σp，S = √(Σ(p/P)(X − X̄)²)，CV = S ÷ X̄，按学段、按指标各算一个，用未舍入的值。
"""

from __future__ import annotations

from typing import Any

FIVE_SCHOOLS = """
    学校代码 | 学校类型 | 小学学生人数 | 教学仪器设备资产值（账面原值）
    1 | 小学 | 45 | 279元
    2 | 小学 | 37 | 137元
    3 | 小学 | 89 | 935元
    4 | 小学 | 76 | 160元
    5 | 小学 | 55 | 402元
"""


def test_assertion_01_five_schools_have_a_weighted_cv_of_0_5153(spec: Any) -> None:
    """五校算例：X̄=6.3344、S=3.2639、CV=0.5153。不加权的 0.4888 会在 0.50 线上误判为达标，任何引擎都不得算出它。"""
    spec.balance(FIVE_SCHOOLS, "equipment_value_per_pupil", "primary", n=5, mean=6.3344, sd=3.2639, cv=0.5153, n_missing=0)


def test_assertion_17_a_missing_value_leaves_the_cv_undecided(spec: Any) -> None:
    """一所学校未报设备值：均值、标准差、差异系数都不给出；另列已报各校的差异系数，仅供参考，不作判定。"""
    spec.balance(FIVE_SCHOOLS.replace("402元", ""), "equipment_value_per_pupil", "primary",
                 n=5, mean=None, sd=None, cv=None, n_missing=1, known_mean=1511 / 247)  # fmt: skip


def test_a_single_school_has_a_cv_of_0_and_schools_without_any_have_none(spec: Any) -> None:
    """只有一所学校时差异系数为 0；各校都是 0 时均值为 0，差异系数没有定义。"""
    one = """
        学校类型 | 小学学生人数 | 教学仪器设备资产值（账面原值）
        小学 | 45 | 279元
    """
    spec.balance(one, "equipment_value_per_pupil", "primary", n=1, mean=6.2, cv=0.0)
    spec.balance(one.replace("279元", "0元"), "equipment_value_per_pupil", "primary", n=1, mean=0.0, cv=None)


def test_schools_left_out_do_not_enter_the_cv(spec: Any) -> None:
    """49 人的教学点和特殊教育学校不进入差异系数。"""
    spec.balance("""
        学校代码 | 学校类型 | 小学学生人数 | 初中学生人数 | 网络多媒体教室间数
        1 | 小学 | 100 |  | 2
        2 | 小学 | 300 |  | 12
        3 | 小学教学点 | 49 |  | 40
        4 | 特殊教育学校 | 80 | 0 | 30
    """, "multimedia_rooms_per100", "primary", n=2, mean=3.5, sd=0.8660, cv=0.2474)


def test_a_teaching_point_of_unknown_size_leaves_the_cv_undecided(spec: Any) -> None:
    """教学点未报人数：是否满 50 人不能确定，差异系数待定。"""
    spec.balance("""
        学校代码 | 学校类型 | 小学学生人数 | 网络多媒体教室间数
        1 | 小学 | 100 | 2
        2 | 小学教学点 |  | 1
    """, "multimedia_rooms_per100", "primary", n=1, mean=None, cv=None, known_mean=2.0)
