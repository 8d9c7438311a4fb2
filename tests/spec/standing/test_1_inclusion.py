"""纳入与剔除

七项资源配置指标和差异系数评估列入国家教育事业统计的义务教育学校，含民办学校；不含特殊教育学校、职业学校和不足 50 人的教学点。
剔除只对这七项和差异系数；其余条目照常计算。
"""

from __future__ import annotations

from drawn import Spec


def test_assertion_06_a_teaching_point_of_49_pupils_is_left_out_and_one_of_50_counts(spec: Spec) -> None:
    """教学点 49 人剔除，50 人纳入。只对教学点：49 人的小学仍然纳入。"""
    spec.standing("""
        学校 | 学校类型 | 小学学生人数
        甲校 | 小学教学点 | 49
        乙校 | 小学教学点 | 50
        丙校 | 小学 | 49
    """, {"甲校": "不足 50 人的教学点", "乙校": "纳入", "丙校": "纳入"})


def test_special_and_vocational_schools_are_left_out(spec: Spec) -> None:
    """特殊教育学校、职业初中剔除，人数多少都一样。民办学校纳入。只有高中的学校没有义务教育学段，不在其列。"""
    spec.standing("""
        学校 | 学校类型 | 举办者类型 | 小学学生人数 | 初中学生人数 | 高中学生人数
        甲校 | 培智学校 | 县级教育部门 | 120 | 60 |
        乙校 | 职业初中 | 县级教育部门 |  | 300 |
        丙校 | 小学 | 民办 | 300 |  |
        丁校 | 高级中学 | 县级教育部门 |  |  | 900
    """, {"甲校": "特殊教育学校", "乙校": "职业学校", "丙校": "纳入", "丁校": None})


def test_what_cannot_be_told_is_left_open(spec: Spec) -> None:
    """教学点没有填人数：是否满 50 人不能确定，待定。学校类型没有填：是否应剔除不能确定，待定。"""
    spec.standing("""
        学校 | 学校类型 | 小学学生人数
        甲校 | 小学教学点 |
        乙校 |  | 300
    """, {"甲校": "待定", "乙校": "待定"})


def test_other_items_still_count_the_schools_left_out(spec: Spec) -> None:
    """30 人的教学点不参加七项指标，但教师持证率照算。"""
    drawn = """
        学校类型 | 小学学生人数 | 专任教师总人数 | 持有教师资格证的专任教师人数
        小学教学点 | 30 | 5 | 4
    """
    spec.standing(drawn, {"甲校": "不足 50 人的教学点"})
    spec(drawn, "teacher_certificates", {"甲校": 0.8})
