"""师资方案, asked and answered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path

from junheng.planners.county_facts import CountyFacts
from junheng.planners.model import Asked, Figure, Planned, Task
from junheng.planning.forecast.pupil_table import read_pupil_forecast
from junheng.planning.parameters import OVERRIDES, built_in
from junheng.planning.staffing.plan import StaffingPlan, StaffingRequest, plan_staffing
from junheng.planning.staffing.subjects import Need, curriculum
from junheng.planning.staffing.tables import (
    CLASSES,
    POSTS,
    TEACHERS,
    parameter_rows,
    read_classes,
    read_overrides,
    read_posts,
    read_teachers,
)
from junheng.reports.plans.blank_tables import write_blank_tables, write_filled_table
from junheng.reports.plans.staffing import staffing_report, write_staffing


def templates(out: Path, _: Sequence[CountyFacts]) -> list[Path]:
    return [*write_blank_tables(out, (POSTS, CLASSES, TEACHERS)), write_filled_table(out, OVERRIDES, parameter_rows(built_in("staffing")))]


def run(asked: Asked) -> Planned:
    tables, parameters = asked.tables, built_in("staffing")
    by_grade, included = read_classes(tables["classes"]) if "classes" in tables else ([], {})
    people = read_teachers(tables["teachers"], [each.school for each in by_grade]) if "teachers" in tables else []
    plan = plan_staffing(StaffingRequest(
        read_posts(tables["posts"]) if "posts" in tables else [], by_grade, included, people, asked.whole("school_year"), asked.whole("years"),
        read_overrides(tables["parameters"], parameters) if "parameters" in tables else parameters,
        read_pupil_forecast(tables["forecast"]) if "forecast" in tables else (),
    ))  # fmt: skip
    files = write_staffing(asked.folder(), plan)
    return Planned(staffing_report(plan).answer, figures=tuple(_figures(plan)), files=files, tasks=tuple(_tasks(plan)))


def _figures(plan: StaffingPlan) -> Iterator[Figure]:
    """A figure whose tables were not handed in, or whose schools did not all report, is not known."""
    posts, subjects, coming = plan.posts, plan.subjects, plan.coming
    due, quota = (None, None) if posts is None else (posts.total, posts.quota)
    yield _people("due", "应核编制", due)
    yield _people("quota", "核定编制", quota)
    yield _people("short", "核定比应核少", None if due is None or quota is None else max(0, due - quota), "less")
    yield _people("unfilled", "有编不补风险的学校学段", None if posts is None else sum(each.unfilled for each in posts.rows), "less", "个")
    yield _people("to_find", "现在须补的学科教师", None if subjects is None else _to_find(subjects.county), "less")
    last = None if coming is None or not coming.years else coming.by[coming.years[-1], "central"]
    yield _people("due_last", "应核编制（最后一年，按学生预测）", None if last is None or last.posts is None else last.posts.total)
    yield _people("to_find_last", "须补的学科教师（最后一年，不再招聘）", None if last is None or not plan.request.teachers else _to_find(last.county), "less")
    yield _people("retired", "到最后一年退休", None if coming is None or not coming.years or not plan.request.teachers else coming.retired(coming.years[-1]))


def _to_find(needs: Sequence[Need]) -> int | None:
    found = [each.to_find for each in needs]
    return None if not found or None in found else sum(each or 0 for each in found)


def _people(id: str, label: str, count: int | None, better: str | None = None, unit: str = "人") -> Figure:
    return Figure(id, label, None if count is None else Decimal(count), unit, better=better)


def _tasks(plan: StaffingPlan) -> Iterator[Task]:
    """What every school lacks of every subject now, in full posts: schools may share a teacher, so parts stay parts."""
    titles, names = {each.id: each.title for each in curriculum()}, {each.school: each.name for each in plan.request.classes}
    for each in plan.subjects.schools if plan.subjects is not None else ():
        if each.short:
            yield Task(each.school, names[each.school], f"补充教师：{titles[each.subject]}", Decimal(str(round(each.short, 2))), "名（满工作量）",
                       plan.request.school_year + 1, "staffing_allocation", None)  # fmt: skip
