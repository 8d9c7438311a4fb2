"""质量监测与一票否决

六个监测科目逐科判定学业水平和校际差异率；一票否决事项逐项判定。
"""

from __future__ import annotations

from drawn import Spec


def test_assertion_10_percent_and_fraction_are_the_same_number(spec: Spec) -> None:
    """差异率以小数记：填 0.149 和填 14.9% 是同一个数，小于 15%；填 15 读作 15%，不合格。"""
    for written in ("0.149", "14.9%"):
        spec.county(f"""
            语文校际差异率
            {written}
        """, "difference_chinese", 0.149)
    spec.county("""
        语文校际差异率
        15
    """, "difference_chinese", 0.15)


def test_six_subjects_are_judged_one_by_one(spec: Spec) -> None:
    """六科各有等级和差异率，不平均。等级写作“Ⅲ”“三级”“3”都一样；没有填的是未报，不能确定。"""
    levels = """
        语文学业水平等级 | 数学学业水平等级 | 科学学业水平等级 | 体育学业水平等级 | 艺术学业水平等级 | 德育学业水平等级
        Ⅲ | 三级 | 3 | Ⅳ | Ⅱ |
    """
    for subject, level in (("chinese", 3.0), ("mathematics", 3.0), ("science", 3.0), ("physical_education", 4.0), ("art", 2.0)):
        spec.county(levels, f"level_{subject}", level)
    spec.county(levels, "level_moral_education", "0~∞/1")
    differences = """
        语文校际差异率 | 数学校际差异率 | 科学校际差异率 | 体育校际差异率 | 艺术校际差异率 | 德育校际差异率
        10% | 11% | 12% | 13% | 14% |
    """
    for subject, difference in (("chinese", 0.1), ("mathematics", 0.11), ("science", 0.12), ("physical_education", 0.13), ("art", 0.14)):
        spec.county(differences, f"difference_{subject}", difference)
    spec.county(differences, "difference_moral_education", "0~∞/1")


def test_vetoes(spec: Spec) -> None:
    """一票否决事项逐项填“是”或“否”：“是”记 1，“否”记 0，一项为 1 就不通过；没有填的不能确定，不当作“否”。最后一项疑为地方增列，待核。"""
    drawn = """
        存在以考试方式招生 | 存在违规择校行为 | 存在重点学校或重点班 | 存在“有编不补”或长期聘用编外教师的情况 | 教育系统存在重大安全责任事故和严重违纪违规事件 | 有弄虚作假行为 | 规范治理校外培训机构及减轻中小学课外负担不力
        否 | 是 | 否 | 否 | 否 |  | 否
    """
    for item in ("entrance_exam", "key_schools", "unfilled_posts", "safety_discipline", "tutoring"):
        spec.county(drawn, f"veto_{item}", 0.0)
    spec.county(drawn, "veto_school_choice", 1.0)
    spec.county(drawn, "veto_falsification", "0~1/1")
