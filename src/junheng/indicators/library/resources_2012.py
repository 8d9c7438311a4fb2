"""基本均衡 (教督〔2012〕3号) indicators that the 2017 standard does not have, one value per school and stage."""

from __future__ import annotations

from junheng.indicators.expression import Shared
from junheng.indicators.library.resources import HIGHER_DEGREE_TEACHERS, PUPILS
from junheng.indicators.model import Grain, Indicator, RatioUnit

_TEACHERS_PER_PUPIL = RatioUnit("人/生", "person", "person")

INDICATORS = (
    Indicator(
        "computers_per100", "每百名学生拥有计算机台数", Shared("computers"), PUPILS,
        RatioUnit("台/百名学生", "piece", "person"), Grain.SCHOOL_STAGE, scale=100,
        what="计算机", gap_unit="台", whole_gap=True,
    ),
    Indicator(
        "books_per_pupil", "生均图书册数", Shared("books"), PUPILS,
        RatioUnit("册/生", "book", "person"), Grain.SCHOOL_STAGE, what="图书", gap_unit="册", whole_gap=True,
    ),
    Indicator(
        "teachers_per_pupil", "师生比", Shared("full_time_teachers", converted=True), PUPILS, _TEACHERS_PER_PUPIL,
        Grain.SCHOOL_STAGE, what="专任教师", gap_unit="人", whole_gap=True,
    ),
    Indicator(
        "higher_degree_teachers_per_pupil", "生均高于规定学历教师数", HIGHER_DEGREE_TEACHERS, PUPILS, _TEACHERS_PER_PUPIL,
        Grain.SCHOOL_STAGE, what="高于规定学历教师", gap_unit="人", whole_gap=True,
    ),
    Indicator(
        "middle_title_teachers_per_pupil", "生均中级及以上专业技术职务教师数",
        Shared("middle_title_teachers", converted=True) + Shared("senior_title_teachers", converted=True)
        + Shared("full_senior_title_teachers", converted=True),
        PUPILS, _TEACHERS_PER_PUPIL, Grain.SCHOOL_STAGE,
        what="中级及以上专业技术职务教师", gap_unit="人", whole_gap=True,
    ),
)  # fmt: skip
