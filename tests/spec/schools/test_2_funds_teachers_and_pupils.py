"""经费、培训、持证、就近入学、巩固率"""

from __future__ import annotations

from collections.abc import Callable

import pytest

Spec = Callable[..., None]
QUOTAS = """
    规定的小学生均公用经费标准 | 规定的初中生均公用经费标准
    720 | 940
"""


def test_small_schools_are_funded_for_100_pupils(spec: Spec) -> None:
    """不足 100 人的学校按 100 人核定：小学 100×720 元；九年一贯制按各段人数加权定额，(40×720+40×940)÷80=830 元，100 人为 83000 元。100 人的学校不在此列。"""
    spec("""
        学校代码 | 学校类型 | 小学学生人数 | 初中学生人数 | 上一年度公用经费预算总额
        1 | 小学 | 99 |  | 7.2万元
        2 | 九年一贯制学校 | 40 | 40 | 8.3万元
        3 | 小学 | 100 |  | 1万元
    """, "small_school_funding", {"1": "72000/72000", "2": "83000/83000", "3": None}, county=QUOTAS)


def test_unknown_pupils_leave_open_whether_a_school_is_small(spec: Spec) -> None:
    """人数未报的学校是否小规模不能确定；已报的学段已满 100 人，就不是小规模学校。"""
    spec("""
        学校代码 | 学校类型 | 小学学生人数 | 初中学生人数 | 上一年度公用经费预算总额
        1 | 小学 |  |  | 7.2万元
        2 | 九年一贯制学校 | 120 |  | 7.2万元
    """, "small_school_funding", {"1": "?", "2": None}, county=QUOTAS)


def test_a_county_without_quotas_leaves_the_required_budget_unknown(spec: Spec) -> None:
    """区县未报生均公用经费标准：应有经费未知，不作 0。"""
    spec("""
        学校类型 | 小学学生人数 | 上一年度公用经费预算总额
        小学 | 60 | 7.2万元
    """, "small_school_funding", {"1": "72000/0~∞"})


@pytest.mark.parametrize(("indicator", "label"), [("training_hours", "近5年培训满360学时专任教师人数"), ("teacher_certificates", "持有教师资格证的专任教师人数")])
def test_training_hours_and_certificates_are_shares_of_full_time_teachers(spec: Spec, indicator: str, label: str) -> None:
    """分母是专任教师总人数；只按学段填报的，取各学段之和。"""
    spec(f"""
        学校代码 | 学校类型 | 小学学生人数 | 初中学生人数 | {label} | 专任教师总人数 | 专任教师总人数（小学） | 专任教师总人数（初中）
        1 | 小学 | 500 |  | 38 | 40 |  |
        2 | 九年一贯制学校 | 500 | 300 | 60 |  | 40 | 20
        3 | 九年一贯制学校 | 500 | 300 | 60 |  | 40 |
    """, indicator, {"1": 0.95, "2": 1.0, "3": "60/40~∞"})


def test_training_budget_is_a_share_of_the_running_budget(spec: Spec) -> None:
    """教师培训经费预算 ÷ 公用经费预算，逐校计算：5 万元 ÷ 100 万元 = 5%。"""
    spec("""
        学校类型 | 小学学生人数 | 上一年度公用经费预算总额 | 上一年度教师培训经费预算总额
        小学 | 500 | 100万元 | 5万元
    """, "training_budget_share", {"1": 0.05})


def test_nearby_enrolment_concerns_public_day_schools_in_cities_and_towns(spec: Spec) -> None:
    """就近划片入学只看城区、镇区的公办非寄宿制学校；城乡分类、举办者、是否寄宿有一项未报则不能确定，有一项不符则不在此列。"""
    spec("""
        学校代码 | 学校类型 | 小学学生人数 | catchment_pupils_primary | 城乡分类 | 举办者类型 | 是否寄宿制
        1 | 小学 | 500 | 490 | 主城区 | 县级教育部门 | 否
        2 | 小学 | 500 | 490 | 村庄 | 县级教育部门 | 否
        3 | 小学 | 500 | 490 | 主城区 | 民办 |
        4 | 小学 | 500 | 490 | 主城区 |  | 否
        5 | 小学 | 500 | 490 | 镇中心区 | 县级教育部门 | 是
    """, "nearby_enrolment", {"1 小学": 0.98, "2 小学": None, "3 小学": None, "4 小学": "?", "5 小学": None})


def test_assertion_11_both_formulas_of_retention(spec: Spec) -> None:
    """初一 200 人、转入 10、转出 15、死亡 1、毕业 190：口径一 (190−10+15)/(200−1)=97.99%，超过 100% 的另行提示。"""
    assert round(195 / 199 * 100, 2) == 97.99
    spec(RETENTION, "retention", {"1": 195 / 199, "2": None, "3": 210 / 200})


def test_assertion_11_the_second_formula_of_retention(spec: Spec) -> None:
    """口径二 190/(200+10−1−15)=97.94%，与口径一并列。"""
    assert round(190 / 194 * 100, 2) == 97.94
    spec(RETENTION, "retention_b", {"1": 190 / 194, "2": None})


RETENTION = """
    学校代码 | 学校类型 | 小学学生人数 | 初中学生人数 | 本届毕业学生人数 | grade7_pupils_3_years_ago | transfers_in_3_years | transfers_out_3_years | deaths_3_years
    1 | 初级中学 |  | 600 | 190 | 200 | 10 | 15 | 1
    2 | 小学 | 300 |  |  |  |  |  |
    3 | 初级中学 |  | 600 | 200 | 200 | 0 | 10 | 0
"""


def test_a_missing_transfer_leaves_retention_open_on_one_side(spec: Spec) -> None:
    """三年转入人数未报：分子可以任意小，只有上限 190 + 15 = 205 人。"""
    spec("""
        学校类型 | 初中学生人数 | 本届毕业学生人数 | grade7_pupils_3_years_ago | transfers_in_3_years | transfers_out_3_years | deaths_3_years
        初级中学 | 600 | 190 | 200 |  | 15 | 1
    """, "retention", {"1": "-∞~205/199"})


@pytest.mark.parametrize("written", ["0.149", "14.9%"])
def test_assertion_10_a_difference_of_14_9_percent_is_kept_as_a_fraction(spec: Spec, written: str) -> None:
    """校际差异率以小数计：0.149 与 14.9% 是同一个数，小于 0.15。"""
    spec("""
        学校类型 | 小学学生人数
        小学 | 100
    """, "difference_chinese", {"区县": 0.149}, county=f"""
        语文校际差异率
        {written}
    """)
