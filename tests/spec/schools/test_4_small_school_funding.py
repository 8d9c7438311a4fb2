"""小规模学校公用经费

全校学生不足 100 人的学校（含教学点），按 100 人核定公用经费：公用经费预算不少于 100 ×生均定额。定额用区县填报的标准；
跨学段的学校按各段人数加权。下面的结果是“公用经费预算 ÷ 应核定额”。
"""

from __future__ import annotations

from drawn import Spec

FUNDING = "small_school_funding"
QUOTAS = """
    规定的小学生均公用经费标准 | 规定的初中生均公用经费标准
    720 | 940
"""


def test_small_schools_are_funded_for_100_pupils(spec: Spec) -> None:
    """99 人的小学按 100 人核定：100×720=72000 元。只给 99 人的钱（71280 元），就是不足。100 人的学校不在此列。"""
    spec("""
        学校 | 学校类型 | 小学学生人数 | 上一年度公用经费预算总额
        甲校 | 小学 | 99 | 7.2万元
        乙校 | 小学教学点 | 99 | 71280元
        丙校 | 小学 | 100 | 1万元
    """, FUNDING, {"甲校": "72000/72000", "乙校": 0.99, "丙校": None}, county=QUOTAS)


def test_combined_schools_use_a_quota_weighted_by_pupils(spec: Spec) -> None:
    """九年一贯制小学 60 人、初中 20 人：(60×720+20×940)÷80=775 元，100 人为 77500 元。"""
    spec("""
        学校类型 | 小学学生人数 | 初中学生人数 | 上一年度公用经费预算总额
        九年一贯制学校 | 60 | 20 | 7.75万元
    """, FUNDING, {"甲校": "77500/77500"}, county=QUOTAS)


def test_senior_pupils_count_towards_100(spec: Spec) -> None:
    """人数按全校算：完全中学初中 60 人、高中 60 人，不是小规模学校。"""
    spec("""
        学校类型 | 初中学生人数 | 高中学生人数 | 上一年度公用经费预算总额
        完全中学 | 60 | 60 | 5万元
    """, FUNDING, {"甲校": None}, county=QUOTAS)


def test_unknown_pupils_leave_open_whether_a_school_is_small(spec: Spec) -> None:
    """学生数没有填，是不是小规模学校不能确定；已填的学段已满 100 人，就不是。"""
    spec("""
        学校 | 学校类型 | 小学学生人数 | 初中学生人数 | 上一年度公用经费预算总额
        甲校 | 小学 |  |  | 7.2万元
        乙校 | 九年一贯制学校 | 120 |  | 7.2万元
        丙校 | 九年一贯制学校 | 60 |  | 7.2万元
    """, FUNDING, {"甲校": "?", "乙校": None, "丙校": "?"}, county=QUOTAS)


def test_a_county_without_quotas_leaves_the_required_budget_unknown(spec: Spec) -> None:
    """区县没有填生均公用经费标准：应核多少不知道，不当作 0。"""
    spec("""
        学校类型 | 小学学生人数 | 上一年度公用经费预算总额
        小学 | 60 | 7.2万元
    """, FUNDING, {"甲校": "72000/0~∞"})


def test_an_unreported_budget_is_not_0(spec: Spec) -> None:
    """公用经费预算没有填：不知道够不够。"""
    spec("""
        学校类型 | 小学学生人数 | 上一年度公用经费预算总额
        小学 | 60 |
    """, FUNDING, {"甲校": "0~∞/72000"}, county=QUOTAS)
