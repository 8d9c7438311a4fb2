"""全县经费与工资

取自区县填报表；表上的单位，经费标准是元，工资是万元。
"""

from __future__ import annotations

from drawn import Spec


def test_special_education_funding(spec: Spec) -> None:
    """特殊教育学校生均公用经费：80 万元 ÷ 100 人 = 8000 元，刚好达到。"""
    spec.county("""
        特殊教育学校经费总额 | 特殊教育学校学生人数
        80万元 | 100
    """, "special_education_funding", 8000.0)


def test_inclusive_education_funding(spec: Spec) -> None:
    """随班就读残疾学生同样 8000 元。县里没有填的，不判这个数，另要佐证材料。"""
    spec.county("""
        随班就读残疾学生公用经费总额 | 随班就读残疾学生人数
        79999元 | 10
    """, "inclusive_education_funding", 7999.9)


def test_teachers_pay_is_compared_with_civil_servants_pay(spec: Spec) -> None:
    """教师年平均工资 9.8 万元 ÷ 公务员 10 万元 = 98%，不达标。表上的单位是万元。"""
    spec.county("""
        上年度义务教育学校教师年平均工资收入水平（不含民办学校） | 当地公务员年平均工资收入
        9.8 | 10
    """, "teacher_pay", 0.98)


def test_quotas_of_running_costs(spec: Spec) -> None:
    """生均公用经费标准按元填报，与省、市标准比较。"""
    drawn = """
        规定的小学生均公用经费标准 | 规定的初中生均公用经费标准
        1150 | 1350
    """
    spec.county(drawn, "primary_quota", 1150.0)
    spec.county(drawn, "junior_quota", 1350.0)
