"""教师培训、持证、培训经费

教师 5 年 360 学时培训完成率、持证上岗率全县合计判定；教师培训经费逐校判定。
"""

from __future__ import annotations

from drawn import Spec


def test_training_hours_are_a_share_of_full_time_teachers(spec: Spec) -> None:
    """近 5 年满 360 学时的 38 人 ÷ 专任教师 40 人 = 95%。"""
    spec("""
        学校类型 | 小学学生人数 | 近5年培训满360学时专任教师人数 | 专任教师总人数
        小学 | 500 | 38 | 40
    """, "training_hours", {"甲校": 0.95})


def test_certificates_are_a_share_of_full_time_teachers(spec: Spec) -> None:
    """持证 60 人 ÷ 专任教师 60 人。专任教师只分学段填了的，取各学段之和；少填一个学段，就只知道下限。"""
    spec("""
        学校 | 学校类型 | 小学学生人数 | 初中学生人数 | 持有教师资格证的专任教师人数 | 专任教师总人数（小学） | 专任教师总人数（初中）
        甲校 | 九年一贯制学校 | 500 | 300 | 60 | 40 | 20
        乙校 | 九年一贯制学校 | 500 | 300 | 60 | 40 |
    """, "teacher_certificates", {"甲校": 1.0, "乙校": "60/40~∞"})


def test_training_budget_is_a_share_of_the_running_budget(spec: Spec) -> None:
    """分子是教师培训经费预算，分母是公用经费预算总额：5 万元 ÷ 100 万元 = 5%，刚好达到；4.9 万元不够。"""
    spec("""
        学校 | 学校类型 | 小学学生人数 | 上一年度公用经费预算总额 | 上一年度教师培训经费预算总额
        甲校 | 小学 | 500 | 100万元 | 5万元
        乙校 | 小学 | 500 | 100万元 | 4.9万元
        丙校 | 小学 | 500 | 100万元 |
    """, "training_budget_share", {"甲校": 0.05, "乙校": 0.049, "丙校": "0~∞/1000000"})
