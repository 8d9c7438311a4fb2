"""学校规模

按义务教育阶段在校生计。2010 年及之前建成的，或随迁子女超过一半的，小学、初中按 2400 人，九年一贯制按 3000 人（例外）。
"""

from __future__ import annotations

from drawn import Spec

SIZE = "school_size"


def test_school_size_counts_compulsory_pupils_only(spec: Spec) -> None:
    """十二年一贯制学校、完全中学的高中生不计。"""
    spec("""
        学校 | 学校类型 | 小学学生人数 | 初中学生人数 | 高中学生人数
        甲校 | 十二年一贯制学校 | 1200 | 900 | 800
        乙校 | 完全中学 |  | 1600 | 1500
    """, SIZE, {"甲校": 2100.0, "乙校": 1600.0})


def test_a_missing_stage_leaves_a_lower_bound(spec: Spec) -> None:
    """九年一贯制学校没有填初中人数：至少 1200 人。"""
    spec("""
        学校类型 | 小学学生人数 | 初中学生人数
        九年一贯制学校 | 1200 |
    """, SIZE, {"甲校": "1200~∞/1"})


def test_each_campus_is_a_school_by_itself(spec: Spec) -> None:
    """分校区填报的，一个校区算一所学校。"""
    spec("""
        学校 | 校区名称 | 学校类型 | 小学学生人数 | 初中学生人数
        甲校 | 东校区 | 九年一贯制学校 | 1300 | 0
        甲校 | 西校区 | 九年一贯制学校 | 900 | 1100
    """, SIZE, {"甲校东校区": 1300.0, "甲校西校区": 2000.0})
