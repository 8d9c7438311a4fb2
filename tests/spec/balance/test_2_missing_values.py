"""缺报时的差异系数

任何一所纳入的学校缺这项指标，均值、标准差、差异系数都不给出，不用其余学校的数代替；已报学校的均值和差异系数另列，仅供参考，不作判定。
"""

from __future__ import annotations

from drawn import Spec

L6, L7 = "equipment_value_per_pupil", "multimedia_rooms_per100"


def test_assertion_17_a_missing_value_leaves_the_cv_undecided(spec: Spec) -> None:
    """戊校没有填设备值：全县差异系数不给出；另列其余四校的均值 1511÷247 元。"""
    spec.balance("""
        学校 | 学校类型 | 小学学生人数 | 教学仪器设备资产值（账面原值）
        甲校 | 小学 | 45 | 279元
        乙校 | 小学 | 37 | 137元
        丙校 | 小学 | 89 | 935元
        丁校 | 小学 | 76 | 160元
        戊校 | 小学 | 55 |
    """, L6, "primary",
        {"学校数": 5, "缺报学校数": 1, "均值": None, "标准差": None, "差异系数": None, "已报学校均值": 1511 / 247, "已报学校差异系数": "0.5841"})


def test_missing_pupils_leave_the_cv_undecided(spec: Spec) -> None:
    """乙校没有填学生数：没有权重可用，差异系数不给出，全县学生数也不给出。"""
    spec.balance("""
        学校 | 学校类型 | 小学学生人数 | 网络多媒体教室间数
        甲校 | 小学 | 100 | 2
        乙校 | 小学 |  | 12
    """, L7, "primary", {"学校数": 2, "学生数": None, "缺报学校数": 1, "差异系数": None, "已报学校均值": 2.0})


def test_a_teaching_point_of_unknown_size_leaves_the_cv_undecided(spec: Spec) -> None:
    """教学点没有填人数：是否满 50 人、要不要纳入都不能确定，差异系数不给出。"""
    spec.balance("""
        学校 | 学校类型 | 小学学生人数 | 网络多媒体教室间数
        甲校 | 小学 | 100 | 2
        乙校 | 小学教学点 |  | 1
    """, L7, "primary", {"学校数": 1, "差异系数": None, "已报学校均值": 2.0})


def test_a_missing_split_leaves_both_stages_undecided(spec: Spec) -> None:
    """九年一贯制学校没有填初中人数：小学部的份额不能确定，小学的差异系数也就不给出。"""
    spec.balance("""
        学校 | 学校类型 | 小学学生人数 | 初中学生人数 | 网络多媒体教室间数
        甲校 | 小学 | 100 |  | 2
        乙校 | 九年一贯制学校 | 100 |  | 8
    """, L7, "primary", {"学校数": 2, "学生数": 200, "缺报学校数": 1, "差异系数": None})


def test_an_unanswered_exception_leaves_the_cv_undecided(spec: Spec) -> None:
    """例外没有填“是”或“否”，走教教师计不计入不能确定，差异系数不给出。"""
    spec.balance("""
        学校 | 学校类型 | 小学学生人数 | 是否50人及以上但不足100人的乡村小规模学校和教学点 | 体育专任教师人数 | 音乐专任教师人数 | 美术专任教师人数 | 艺术专任教师人数 | 体育交流轮岗/兼职/走教教师人数
        甲校 | 小学 | 500 | 否 | 5 | 0 | 0 | 0 |
        乙校 | 小学 | 80 |  | 1 | 0 | 0 | 0 | 2
    """, "pe_art_teachers_per100", "primary", {"缺报学校数": 1, "差异系数": None, "已报学校均值": 1.0})
