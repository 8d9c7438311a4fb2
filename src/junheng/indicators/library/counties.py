"""县级指标: ratios of the county form, monitoring results and veto items (教督〔2017〕6号 第七至九条、一票否决)."""

from __future__ import annotations

from junheng.indicators.expression import One, Reported, Term
from junheng.indicators.model import Direction, Grain, Indicator, RatioUnit
from junheng.tables.county import MONITORED_SUBJECTS, VETO_ITEMS

_ONE = One()
_SHARE_OF_PEOPLE = RatioUnit("%", "person", "person")
_YUAN_PER_PUPIL = RatioUnit("元/生", "yuan", "person")


def _reported(column: str) -> Term:
    return Reported(column, "county")


def _share(id: str, title: str, numerator: Term, denominator: str, what: str) -> Indicator:
    return Indicator(id, title, numerator, _reported(denominator), _SHARE_OF_PEOPLE, Grain.COUNTY,
                     what=what, gap_unit="人", whole_gap=True)  # fmt: skip


_MONEY = (
    *(
        Indicator(f"{stage}_quota", f"{label}生均公用经费标准", _reported(f"{stage}_quota_yuan"), _ONE,
                  RatioUnit("元/生", "yuan", "one"), Grain.COUNTY, what=f"{label}生均公用经费标准", gap_unit="元")
        for stage, label in (("primary", "小学"), ("junior", "初中"))
    ),
    Indicator("special_education_funding", "特殊教育学校生均公用经费", _reported("special_school_funds_yuan"),
              _reported("special_school_pupils"), _YUAN_PER_PUPIL, Grain.COUNTY, what="特殊教育学校公用经费", gap_unit="元"),
    Indicator("inclusive_education_funding", "随班就读残疾学生生均公用经费", _reported("inclusive_funds_yuan"),
              _reported("inclusive_pupils"), _YUAN_PER_PUPIL, Grain.COUNTY, what="随班就读公用经费", gap_unit="元"),
    Indicator("teacher_pay", "教师与公务员年平均工资收入之比", _reported("teacher_pay_yuan"),
              _reported("civil_servant_pay_yuan"), RatioUnit("%", "yuan", "yuan"), Grain.COUNTY,
              what="教师年平均工资收入", gap_unit="元"),
)  # fmt: skip

_SHARES = (
    _share("rotation_share", "交流轮岗教师比例", _reported("rotated_teachers"), "rotation_eligible", "交流轮岗教师"),
    _share("rotation_backbone_share", "交流轮岗教师中骨干教师比例", _reported("rotated_backbone_teachers"), "rotated_teachers",
           "交流轮岗的骨干教师"),
    _share("senior_high_share", "优质高中招生名额分配比例", _reported("senior_high_allocated"), "senior_high_places", "优质高中分配名额"),
    _share("migrant_share", "随迁子女在公办和政府购买服务民办学校就读比例",
           _reported("migrant_in_public") + _reported("migrant_in_purchased"), "migrant_eligible", "随迁子女学位"),
    _share("disabled_share", "适龄残疾儿童少年入学率", _reported("disabled_enrolled"), "disabled_children", "入学的残疾儿童少年"),
    _share("questionnaire_satisfaction", "问卷满意度", _reported("questionnaires_satisfied"), "questionnaires_valid", "满意问卷"),
    _share("interview_satisfaction", "实地走访满意度", _reported("interviews_satisfied"), "interviews", "满意的走访对象"),
)  # fmt: skip

_MONITORING = tuple(
    each
    for name, label in MONITORED_SUBJECTS
    for each in (
        Indicator(f"level_{name}", f"{label}学业水平等级", _reported(f"level_{name}"), _ONE,
                  RatioUnit("级", "level", "one"), Grain.COUNTY),
        Indicator(f"difference_{name}", f"{label}校际差异率", _reported(f"difference_{name}"), _ONE,
                  RatioUnit("%", "fraction", "one"), Grain.COUNTY, Direction.LOWER_IS_BETTER),
    )
)  # fmt: skip

_VETOES = tuple(
    Indicator(column, label, _reported(column), _ONE, RatioUnit("", "text", "one"), Grain.COUNTY,
              Direction.LOWER_IS_BETTER)
    for column, label, _ in VETO_ITEMS
)  # fmt: skip

INDICATORS = (*_MONEY, *_SHARES, *_MONITORING, *_VETOES)
