"""全县比例：交流轮岗、招生分配、随迁、残疾儿童、满意度

取自区县填报表，一县一个数；分子、分母都报了才有结果。
"""

from __future__ import annotations

from drawn import Spec


def test_rotation(spec: Spec) -> None:
    """交流轮岗：实际交流 10 人 ÷ 符合条件 100 人 = 10%；其中骨干 2 人 ÷ 10 人 = 20%。要求不低于 10%、20%，等于也算达到。"""
    drawn = """
        符合交流条件教师总数 | 实际交流轮岗教师数 | 实际交流骨干教师数量
        100 | 10 | 2
    """
    spec.county(drawn, "rotation_share", 0.1)
    spec.county(drawn, "rotation_backbone_share", 0.2)


def test_nobody_rotated(spec: Spec) -> None:
    """没有人交流：比例是 0；骨干所占比例的分母是 0，没有比例可言，判为待定。"""
    drawn = """
        符合交流条件教师总数 | 实际交流轮岗教师数 | 实际交流骨干教师数量
        100 | 0 | 0
    """
    spec.county(drawn, "rotation_share", 0.0)
    spec.county(drawn, "rotation_backbone_share", "0/0")


def test_places_at_good_senior_high_schools(spec: Spec) -> None:
    """优质高中名额分配：500 ÷ 1000 = 50%。向农村分配的另填，不加进分子。"""
    spec.county("""
        优质高中招生计划总人数 | 优质高中招生分配指标数 | 向农村学校分配指标数
        1000 | 500 | 200
    """, "senior_high_share", 0.5)


def test_migrant_children(spec: Spec) -> None:
    """随迁子女：公办 80 人加政府购买服务的民办 5 人，÷ 符合条件 100 人 = 85%。购买服务的没有填，就只知道下限 80 人。"""
    spec.county("""
        符合条件的随迁子女总人数 | 在县域内公办学校就读的随迁子女人数 | 在政府购买服务的民办学校就读随迁子女人数
        100 | 80 | 5
    """, "migrant_share", 0.85)
    spec.county("""
        符合条件的随迁子女总人数 | 在县域内公办学校就读的随迁子女人数 | 在政府购买服务的民办学校就读随迁子女人数
        100 | 80 |
    """, "migrant_share", "80~∞/100")


def test_disabled_children(spec: Spec) -> None:
    """残疾儿童少年入学率：190 ÷ 200 = 95%。入学含特殊教育学校、随班就读、特教班和送教上门。"""
    spec.county("""
        适龄残疾儿童少年总数 | 适龄残疾儿童少年入学总人数
        200 | 190
    """, "disabled_share", 0.95)


def test_satisfaction(spec: Spec) -> None:
    """社会认可度：满意问卷 ÷ 有效问卷（不是发放数），满意走访 ÷ 走访人数，分别计算。"""
    drawn = """
        问卷总数 | 回收有效问卷数 | 满意问卷数 | 实地走访人数 | 实地走访满意人数
        2000 | 1600 | 1400 | 100 | 85
    """
    spec.county(drawn, "questionnaire_satisfaction", 0.875)
    spec.county(drawn, "interview_satisfaction", 0.85)


def test_a_county_that_did_not_report(spec: Spec) -> None:
    """没有填的都是未报，不当作 0。"""
    spec.county("""
        符合交流条件教师总数 | 实际交流轮岗教师数
         |
    """, "rotation_share", "0~∞/0~∞")
