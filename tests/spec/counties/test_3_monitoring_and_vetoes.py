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


def test_levels_are_written_in_many_ways(spec: Spec) -> None:
    """监测等级写作“Ⅲ”或“三级”都是Ⅲ级。"""
    for written in ("Ⅲ", "三级"):
        spec.county(f"""
            数学学业水平等级
            {written}
        """, "level_mathematics", 3.0)


def test_a_subject_not_reported_is_open(spec: Spec) -> None:
    """没有填的科目是未报：差异率可以是任何数。"""
    spec.county("""
        科学校际差异率
        未报
    """, "difference_science", "0~∞/1")


def test_vetoes(spec: Spec) -> None:
    """一票否决事项逐项填“是”或“否”：“是”记 1，一项为 1 就不通过；没有填的不能确定，不当作“否”。"""
    drawn = """
        存在违规择校行为 | 存在重点学校或重点班 | 有弄虚作假行为
        是 | 否 |
    """
    spec.county(drawn, "veto_school_choice", 1.0)
    spec.county(drawn, "veto_key_schools", 0.0)
    spec.county(drawn, "veto_falsification", "0~1/1")
