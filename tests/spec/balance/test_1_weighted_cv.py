"""学生数加权、总体口径

某学段学校 i 有学生 p 人、指标分子 x，X = x÷p，P 为全县该学段学生数。均值 X̄ = Σx÷P（总分子除以总学生，不是各校值的平均），
标准差 S = √(Σ(p÷P)×(X−X̄)²)，差异系数 CV = S÷X̄。每个学段、每项指标各算一个，用未舍入的值。
"""

from __future__ import annotations

from drawn import Spec

L2, L6, L7 = "backbone_teachers_per100", "equipment_value_per_pupil", "multimedia_rooms_per100"


def test_assertion_01_five_schools_have_a_weighted_cv_of_0_5153(spec: Spec) -> None:
    """五校算例：均值 6.3344，标准差 3.2639，差异系数 0.5153，超过 0.50。同样的数不按学生数加权会算出 0.4888，误判为达标；
    任何引擎都不得算出它。"""
    spec.balance("""
        学校 | 学校类型 | 举办者类型 | 小学学生人数 | 图书册数
        甲校 | 小学 | 县级教育部门 | 45 | 279
        乙校 | 小学 | 县级教育部门 | 37 | 137
        丙校 | 小学 | 县级教育部门 | 89 | 935
        丁校 | 小学 | 县级教育部门 | 76 | 160
        戊校 | 小学 | 县级教育部门 | 55 | 402
    """, "books_per_pupil", "primary",
        {"学校数": 5, "学生数": 302, "均值": "6.3344", "标准差": "3.2639", "差异系数": "0.5153", "缺报学校数": 0},
        pack="basic_balance_2012")  # fmt: skip


def test_a_large_school_weighs_more_than_a_small_one(spec: Spec) -> None:
    """甲校 900 人、每生 2000 元，乙校 100 人、每生 1000 元：均值 1900 元（不是 1500 元），标准差 300 元，差异系数 3/19。"""
    spec.balance("""
        学校 | 学校类型 | 小学学生人数 | 教学仪器设备资产值（账面原值）
        甲校 | 小学 | 900 | 180万元
        乙校 | 小学 | 100 | 10万元
    """, L6, "primary", {"均值": 1900.0, "标准差": 300.0, "差异系数": 3 / 19})


def test_equal_schools_have_no_spread(spec: Spec) -> None:
    """各校每百名学生都是 1 名骨干教师：差异系数为 0。"""
    spec.balance("""
        学校 | 学校类型 | 初中学生人数 | 县级及以上骨干教师数
        甲校 | 初级中学 | 300 | 3
        乙校 | 初级中学 | 700 | 7
    """, L2, "junior", {"均值": 1.0, "标准差": 0.0, "差异系数": 0.0})


def test_a_single_school_has_a_cv_of_0(spec: Spec) -> None:
    """全县这个学段只有一所学校：差异系数为 0，报告里注明“单校”。"""
    spec.balance("""
        学校类型 | 小学学生人数 | 教学仪器设备资产值（账面原值）
        小学 | 45 | 279元
    """, L6, "primary", {"学校数": 1, "均值": 6.2, "差异系数": 0.0})


def test_a_mean_of_0_has_no_cv(spec: Spec) -> None:
    """各校都是 0：均值为 0，差异系数没有定义，不能算通过。"""
    spec.balance("""
        学校 | 学校类型 | 小学学生人数 | 县级及以上骨干教师数
        甲校 | 小学 | 300 | 0
        乙校 | 小学 | 700 | 0
    """, L2, "primary", {"均值": 0.0, "差异系数": None})


def test_each_stage_of_a_combined_school_is_a_school_of_its_stage(spec: Spec) -> None:
    """九年一贯制学校拆分后，小学部与独立小学在一起算，初中部与独立初中在一起算。22 间拆成两个 11 间：小学部每百名 10 间，初中部 11 间。"""
    drawn = """
        学校 | 学校类型 | 小学学生人数 | 初中学生人数 | 网络多媒体教室间数
        甲校 | 九年一贯制学校 | 110 | 100 | 22
        乙校 | 小学 | 110 |  | 33
        丙校 | 初级中学 |  | 100 | 33
    """
    spec.balance(drawn, L7, "primary", {"学校数": 2, "均值": 20.0, "标准差": 10.0, "差异系数": 0.5})
    spec.balance(drawn, L7, "junior", {"学校数": 2, "均值": 22.0, "标准差": 11.0, "差异系数": 0.5})


def test_schools_left_out_do_not_enter_the_cv(spec: Spec) -> None:
    """49 人的教学点和特殊教育学校不进入差异系数。"""
    spec.balance("""
        学校 | 学校类型 | 小学学生人数 | 初中学生人数 | 网络多媒体教室间数
        甲校 | 小学 | 100 |  | 2
        乙校 | 小学 | 300 |  | 12
        丙校 | 小学教学点 | 49 |  | 40
        丁校 | 其他特殊教育学校 | 80 | 0 | 30
    """, L7, "primary", {"学校数": 2, "均值": 3.5, "标准差": "0.8660", "差异系数": "0.2474"})
