"""The numbers warnings use. They only decide what a person is asked to look at again, never a verdict."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Threshold:
    """A number and where it comes from (source: Chinese, shown in the manual)."""

    value: float
    source: str


_WARNINGS = "领域规则手册 §2.5 提醒项"
_OWN = "本系统设定"

YEAR_ON_YEAR = Threshold(0.30, _WARNINGS)
CLASS_SIZE = Threshold(55, _WARNINGS)
PUPILS_PER_TEACHER = Threshold(40, _WARNINGS)
RETENTION = Threshold(1.00, _WARNINGS)
EQUIPMENT_YUAN_PER_PUPIL = Threshold(50_000, _WARNINGS)
TEACHING_POINT_PUPILS = Threshold(200, _WARNINGS)

JUMP_FACTOR = Threshold(8, f"{_OWN}：相差近十倍多为小数点或单位写错")
REPEATED_NUMBERS = Threshold(6, f"{_OWN}：两校同一位置相同且互不相等的数")
REPEATED_SMALLEST = Threshold(20, f"{_OWN}：小于此数的巧合不算")
LAST_DIGIT_SCHOOLS = Threshold(50, f"{_OWN}：少于此数的末位分布不作推断")
LAST_DIGIT_SMALLEST = Threshold(100, f"{_OWN}：三位以上的数，末位才近似均匀")
LAST_DIGIT_CHI_SQUARE = Threshold(39.34, f"{_OWN}：自由度 9、显著性水平十万分之一的 χ² 临界值")
