"""教师三项：L1 高于规定学历教师、L2 骨干教师、L3 体育艺术教师

分子按学段在校生每百人计。按学段填报的用填报值；只有全校数的，按拆分比例折算并标注“学段折算”。
"""

from __future__ import annotations

from collections.abc import Callable

Spec = Callable[..., None]


def test_assertion_04_primary_counts_junior_college_and_junior_counts_bachelor(spec: Spec) -> None:
    """高于规定学历：小学为专科及以上，初中为本科及以上。同一所九年一贯制学校，专科教师只计入小学。"""
    spec("""
        学校代码 | 学校类型 | 小学学生人数 | 初中学生人数 | 专科学历教师人数（小学） | 本科学历教师人数（小学） | 硕士学历教师人数（小学） | 博士研究生学历教师人数（小学） | 专科学历教师人数（初中） | 本科学历教师人数（初中） | 硕士学历教师人数（初中） | 博士研究生学历教师人数（初中）
        1 | 九年一贯制学校 | 500 | 400 | 10 | 8 | 2 | 1 | 7 | 20 | 3 | 1
    """, "higher_degree_teachers_per100", {"1 小学": 4.2, "1 初中": 6.0})


def test_a_missing_degree_leaves_only_a_lower_bound(spec: Spec) -> None:
    """本科一栏未报：已报的 12 人是下限，上限无界。未报不作 0。"""
    spec("""
        学校类型 | 小学学生人数 | 专科学历教师人数（小学） | 本科学历教师人数（小学） | 硕士学历教师人数（小学） | 博士研究生学历教师人数（小学）
        小学 | 500 | 10 |  | 2 | 0
    """, "higher_degree_teachers_per100", {"1 小学": "1200~∞/500"})


def test_backbone_teachers_reported_for_the_whole_school_are_converted(spec: Spec) -> None:
    """九年一贯制学校只报全校骨干教师 10 人：按 1:1.1 折算，小学 10×100/(100+1.1×200)=3.125 人，初中 6.875 人。"""
    spec("""
        学校类型 | 小学学生人数 | 初中学生人数 | 县级及以上骨干教师数
        九年一贯制学校 | 100 | 200 | 10
    """, "backbone_teachers_per100", {"1 小学": 3.125, "1 初中": 3.4375})


def test_backbone_teachers_reported_by_stage_are_not_converted(spec: Spec) -> None:
    """分学段填报时用填报值；只填了一个学段的，另一学段为未报，不再用全校数折算。"""
    spec("""
        学校代码 | 学校类型 | 小学学生人数 | 初中学生人数 | 县级及以上骨干教师数 | 县级及以上骨干教师数（小学） | 县级及以上骨干教师数（初中）
        1 | 九年一贯制学校 | 100 | 200 | 10 | 4 | 6
        2 | 九年一贯制学校 | 100 | 200 | 10 | 4 |
    """, "backbone_teachers_per100", {"1 小学": 4.0, "1 初中": 3.0, "2 小学": 4.0, "2 初中": "0~∞/200"})


def test_pe_music_fine_art_and_art_teachers_are_added(spec: Spec) -> None:
    """体育、音乐、美术、艺术专任教师之和：4+2+1+2=9 人，在校生 1000 人，每百名 0.9 人。"""
    spec("""
        学校类型 | 小学学生人数 | 体育专任教师人数 | 音乐专任教师人数 | 美术专任教师人数 | 艺术专任教师人数
        小学 | 1000 | 4 | 2 | 1 | 2
    """, "pe_art_teachers_per100", {"1 小学": 0.9})


def test_assertion_06_small_rural_schools_count_visiting_teachers_from_50_to_99_pupils(spec: Spec) -> None:
    """50—99 人乡村小规模学校填“是”：体育艺术教师可加到校交流、兼职、走教的教师。100 人的不加；49 人的不加；填“否”的不加。"""
    spec("""
        学校代码 | 学校类型 | 小学学生人数 | is_small_rural_50_99 | 体育专任教师人数 | 音乐专任教师人数 | 美术专任教师人数 | 艺术专任教师人数 | visiting_pe_teachers | visiting_music_teachers
        50 | 小学教学点 | 50 | 是 | 0 | 0 | 0 | 0 | 1 |
        99 | 小学 | 99 | 是 | 1 | 0 | 0 | 0 | 1 | 1
        100 | 小学 | 100 | 是 | 1 | 0 | 0 | 0 | 1 | 1
        49 | 小学 | 49 | 是 | 1 | 0 | 0 | 0 | 1 | 1
        60 | 小学 | 60 | 否 | 1 | 0 | 0 | 0 | 1 | 1
    """, "pe_art_teachers_per100", {"50 小学": 2.0, "99 小学": "300/99", "100 小学": 1.0, "49 小学": "100/49", "60 小学": "100/60"})


def test_an_unanswered_exception_leaves_both_cases_open(spec: Spec) -> None:
    """是否小规模学校未填：走教的 2 人可能计入，也可能不计入。已报城区的学校不可能是乡村小规模学校。"""
    spec("""
        学校代码 | 学校类型 | 小学学生人数 | is_small_rural_50_99 | 城乡分类 | 体育专任教师人数 | 音乐专任教师人数 | 美术专任教师人数 | 艺术专任教师人数 | visiting_pe_teachers
        1 | 小学 | 80 |  |  | 1 | 0 | 0 | 0 | 2
        2 | 小学 | 80 |  | 主城区 | 1 | 0 | 0 | 0 | 2
    """, "pe_art_teachers_per100", {"1 小学": "100~300/80", "2 小学": "100/80"})
