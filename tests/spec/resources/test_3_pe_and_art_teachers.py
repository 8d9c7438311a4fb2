"""L3 每百名学生拥有体育、艺术（美术、音乐）专任教师数

体育、音乐、美术、艺术四类专任教师之和。走教教师只在例外中计入，见 3.2。
"""

from __future__ import annotations

from drawn import Spec

L3 = "pe_art_teachers_per100"


def test_pe_music_fine_art_and_art_teachers_are_added(spec: Spec) -> None:
    """4+2+1+2=9 人，在校生 1000 人，每百名 0.9 人。"""
    spec("""
        学校类型 | 小学学生人数 | 体育专任教师人数 | 音乐专任教师人数 | 美术专任教师人数 | 艺术专任教师人数
        小学 | 1000 | 4 | 2 | 1 | 2
    """, L3, {"甲校 小学": 0.9})


def test_one_missing_subject_leaves_a_lower_bound(spec: Spec) -> None:
    """艺术一栏没有填：已报的 7 人是下限。学校没有单设艺术教师的，要填 0。"""
    spec("""
        学校 | 学校类型 | 初中学生人数 | 体育专任教师人数 | 音乐专任教师人数 | 美术专任教师人数 | 艺术专任教师人数
        甲校 | 初级中学 | 1000 | 4 | 2 | 1 |
        乙校 | 初级中学 | 1000 | 4 | 2 | 1 | 0
    """, L3, {"甲校 初中": "700~∞/1000", "乙校 初中": 0.7})


def test_visiting_teachers_are_not_counted_without_the_exception(spec: Spec) -> None:
    """没有例外的学校，走教教师填了也不计入：体育专任 1 人，走教 3 人，按 1 人算。"""
    spec("""
        学校类型 | 小学学生人数 | 体育专任教师人数 | 音乐专任教师人数 | 美术专任教师人数 | 艺术专任教师人数 | 体育交流轮岗/兼职/走教教师人数
        小学 | 200 | 1 | 0 | 0 | 0 | 3
    """, L3, {"甲校 小学": 0.5})
