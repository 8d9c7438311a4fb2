"""师资方案: posts, subjects, named teachers, retirements and careers of one county together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from junheng.planning.forecast.pupil_table import PupilsAhead
from junheng.planning.parameters import Parameters
from junheng.planning.staffing.careers import CareerCheck, check_career
from junheng.planning.staffing.coming import Coming, Now, look_forward
from junheng.planning.staffing.named import NamedNeed, plan_named
from junheng.planning.staffing.posts import PostPlan, StaffRow, plan_posts
from junheng.planning.staffing.retirement import USED as RETIREMENT_USED
from junheng.planning.staffing.subjects import SchoolClasses, SubjectPlan, plan_subjects
from junheng.planning.staffing.tables import TeacherLine


@dataclass(frozen=True)
class StaffingRequest:
    """posts, classes, teachers: what was handed in; each may be empty. included: pupils in 随班就读 by school, None = not told. ahead:
    the forecast of pupils, empty = they stay."""

    posts: Sequence[StaffRow]
    classes: Sequence[SchoolClasses]
    included: Mapping[str, int | None]
    teachers: Sequence[TeacherLine]
    school_year: int
    years: int
    parameters: Parameters
    ahead: Sequence[PupilsAhead] = ()


@dataclass(frozen=True)
class StaffingPlan:
    """posts, subjects, coming: None where their tables were not handed in. careers: of teachers a rule is asked of."""

    request: StaffingRequest
    posts: PostPlan | None
    subjects: SubjectPlan | None
    named: Sequence[NamedNeed]
    coming: Coming | None
    careers: Sequence[CareerCheck]
    notes: tuple[str, ...]


def plan_staffing(request: StaffingRequest) -> StaffingPlan:
    posts = plan_posts(request.posts, request.parameters) if request.posts else None
    subjects = coming = None
    named: list[NamedNeed] = []
    notes: list[str] = [*(posts.notes if posts else ())]
    if request.classes:
        taught = [(each.school, each.subject) for each in request.teachers]
        subjects = plan_subjects(request.classes, taught, request.parameters)
        schools = [(each.school, each.name, request.included.get(each.school)) for each in request.classes]
        named = plan_named(schools, taught, request.parameters)
        notes += subjects.notes
    if request.classes or request.ahead:
        now = Now(request.posts, request.classes, request.teachers, request.school_year)
        coming = look_forward(now, request.ahead, request.years, request.parameters)
        notes += coming.notes
        if coming.unknown:
            notes.append(f"{coming.unknown} 名教师未报出生日期或性别，退休没有计入；以后的缺口可能因此偏小。")
        if request.teachers:
            notes += request.parameters.notes(RETIREMENT_USED[:1])
    careers = [check_career(each.career, request.parameters) for each in request.teachers if each.career.applies_senior or each.career.principal]
    return StaffingPlan(request, posts, subjects, named, coming, careers, tuple(notes))
