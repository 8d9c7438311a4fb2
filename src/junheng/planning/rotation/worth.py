"""任职条件 in a rotation plan: what a move to a rural or weak school does for who goes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from junheng.planning.parameters import Parameters, built_in
from junheng.planning.rotation.model import CareerAfter, Move, RotationRequest, Teacher
from junheng.planning.staffing.careers import check_career


def gained_years(term: int, years: int, begun: int) -> int:
    """Years at the school until the plan of so many years ends, of a move that begins in the given one (0 = the first)."""
    return min(term, years - begun)


def worth(teacher: Teacher, gained: int, parameters: Parameters) -> float:
    """r of (0): for each rule asked of the teacher that the years gained fulfil. Years not told fulfil nothing for certain."""
    career = teacher.career
    if career is None or career.years is None:
        return 0.0
    rules = built_in("staffing")
    asked = (career.applies_senior, rules["senior_title_years"].value), (career.principal, rules["principal_years"].value)
    fulfilled = sum(applies and career.years < least <= career.years + gained for applies, least in asked)
    return fulfilled * parameters.number("career_worth_km")


def careers_after(request: RotationRequest, moves: Sequence[Move], term: int) -> list[CareerAfter]:
    """Every teacher a rule is asked of, with the years the plan gives."""
    weak = {each.code for each in request.schools if each.is_weak}
    went: Mapping[str, Move] = {each.number: each for each in moves if each.to_school in weak}
    rules, out = built_in("staffing"), []
    for career in (each.career for each in request.teachers):
        if career is not None and (career.applies_senior or career.principal):
            move = went.get(career.number)
            gained = 0 if move is None else gained_years(term, request.years, move.school_year - request.school_year)
            later = replace(career, years=None if career.years is None else career.years + Decimal(gained))
            out.append(CareerAfter(check_career(career, rules), check_career(later, rules), gained))
    return out
