"""What the public gets of one school: what is published, what is not and why, and a figure beside the standard in a parent's words.

教督〔2017〕6号 and rules.md §13 speak of announcing a county's result. Neither says that the figures of one school are published, so they are not,
until the province decides so by a document of its own (`SCHOOL_FIGURES`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from junheng.opendata.rule import Rule


@dataclass(frozen=True)
class Withheld:
    """what: in words; why: the reason it is not published; unverified: "" or what is 待核."""

    what: str
    why: str
    unverified: str = ""


PUBLISHED = ("school_type", "sponsor", "urban_rural", "is_boarding")
"""Columns of the school table that say what kind of school it is. Basis: 学校基本情况 is the first thing a school publishes (教办〔2010〕15号)."""
PUBLISHED_BASIS = "学校的名称、类型、举办者属于应当公开的学校基本情况（教办〔2010〕15号，条次待核）；城乡分类是国家统计局公布的代码。"

SCHOOL_FIGURES = Withheld(
    "这所学校资源配置各项的数值，和它们与标准的比较", "教督〔2017〕6号按县作结论、按县公告，没有规定公布单独一所学校的数；省里发文决定公布以后，列在这里",
    "是否公布单独一所学校的数值，文件没有规定，须由省级教育部门决定",
)  # fmt: skip
WITHHELD = (
    SCHOOL_FIGURES,
    Withheld("学生、教师的人数", "人数少的学校会让人认出是谁；公开的人数表只到县，小数目隐去"),
    Withheld("学校是否达标的结论", "公告按县作结论，不点学校的名"),
    Withheld("学校的问题和整改", "问题清单发给学校和主管部门；公告只公布县的结果和整改情况"),
    Withheld("地址、电话、学费", "填报表没有收集这些；请向学校或当地教育部门询问"),
)

_PEOPLE = frozenset({"higher_degree_teachers_per100", "backbone_teachers_per100", "pe_art_teachers_per100"})
"""Indicators whose numerator is a count of people."""
_PER = 100

_WORDS: Mapping[str, tuple[str, str]] = {
    "higher_degree_teachers_per100": ("每 100 名学生有学历高于国家规定的教师", "名"),
    "backbone_teachers_per100": ("每 100 名学生有县级以上骨干教师", "名"),
    "pe_art_teachers_per100": ("每 100 名学生有体育、音乐、美术教师", "名"),
    "teach_area_per_pupil": ("平均每名学生有教室和教学辅助用房", "平方米"),
    "sport_area_per_pupil": ("平均每名学生有运动场地和体育馆", "平方米"),
    "equipment_value_per_pupil": ("平均每名学生有教学仪器设备", "元"),
    "multimedia_rooms_per100": ("每 100 名学生有能上网的多媒体教室", "间"),
}


def said_plainly(indicator: str, title: str, unit: str) -> tuple[str, str]:
    """The phrase before a figure and the unit behind it, for somebody who never read the standard."""
    return _WORDS.get(indicator, (title, unit))


def too_few_people(indicator: str, schools: Iterable[tuple[float | None, float | None]], rule: Rule) -> bool:
    """Whether an indicator of people is told of no school of a county and stage. schools: (value, pupils) of each; None = not reported.

    One small count keeps all of them back: the coefficient of variation of the county is published to the last digit, and together with the other
    schools' values it would give away the one that is missing.
    """
    if indicator not in _PEOPLE:
        return False
    return any(rule.is_small(round(value * pupils / _PER)) for value, pupils in schools if value is not None and pupils is not None)
