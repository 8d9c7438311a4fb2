"""符合交流条件: who may be asked to go."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from junheng.planning.parameters import Parameters, built_in
from junheng.planning.rotation.model import RotationRequest, Teacher
from junheng.planning.staffing.retirement import retirement_month


def left_out(request: RotationRequest, later: int = 0) -> Mapping[str, str]:
    """Number → why not, in Chinese, `later` years after the first, if the teacher stays until then. Years not told are not nought:
    such a teacher is not counted as eligible, and is named."""
    retirement = built_in("staffing")
    schools = {each.code for each in request.schools}
    found = ((each.number, _why_not(each, request, retirement, schools, later)) for each in request.teachers)
    return {number: why for number, why in found if why}


def _why_not(teacher: Teacher, request: RotationRequest, retirement: Parameters, schools: set[str], later: int) -> str:
    least, near = request.parameters.number("rotation_min_years"), request.parameters.number("near_retirement_years")
    if teacher.exempt:
        return f"豁免：{teacher.exempt}"
    if teacher.school not in schools:
        return "所在学校不在学校表中"
    if teacher.years_here is None:
        return "未报本校连续任教年数"
    if teacher.years_here + later < least:
        return f"本校连续任教 {teacher.years_here + later:g} 年，不满 {least:g} 年"
    if teacher.born is not None:
        leaves = retirement_month(teacher.born, teacher.sex, retirement)
        start = date(request.school_year + later, 9, 1)
        if leaves is not None and (leaves.year - start.year) * 12 + leaves.month - start.month < near * 12:
            return f"豁免：{leaves.year} 年 {leaves.month} 月退休，不足 {near:g} 年"
    return ""
