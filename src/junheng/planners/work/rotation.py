"""交流轮岗方案, asked and answered. Nobody is named in what is answered: figures and tasks count people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from math import isfinite
from pathlib import Path

from junheng.planners.county_facts import CountyFacts
from junheng.planners.model import Asked, Figure, Planned, Task
from junheng.planning.parameters import OVERRIDES, built_in
from junheng.planning.rotation.model import RotationRequest
from junheng.planning.rotation.tables import SCHOOLS, read_schools, teachers_of
from junheng.planning.rotation.together import Together, plan_together
from junheng.planning.staffing.subjects import plan_subjects
from junheng.planning.staffing.tables import (
    CLASSES,
    TEACHERS,
    parameter_rows,
    read_classes,
    read_overrides,
    read_teachers,
)
from junheng.reports.plans.blank_tables import write_blank_tables, write_filled_table
from junheng.reports.plans.rotation import rotation_report, write_rotation


def templates(out: Path, _: Sequence[CountyFacts]) -> list[Path]:
    return [*write_blank_tables(out, (SCHOOLS, CLASSES, TEACHERS)), write_filled_table(out, OVERRIDES, parameter_rows(built_in("rotation")))]


def run(asked: Asked) -> Planned:
    tables, parameters = asked.tables, built_in("rotation")
    where, small = read_schools(tables["schools"])
    by_grade, _ = read_classes(tables["classes"])
    people = read_teachers(tables["teachers"], [each.code for each in where])
    needs = plan_subjects(by_grade, [(each.school, each.subject) for each in people], built_in("staffing")).schools
    request = RotationRequest(
        teachers_of(people), where, needs, asked.whole("school_year"), read_overrides(tables["parameters"], parameters) if "parameters" in tables else parameters,
        asked.number("seconds"), asked.whole("years"),
    )  # fmt: skip
    plan = plan_together(request, small)
    names = {each.number: each.name for each in people}
    files = write_rotation(asked.folder(), plan, names)
    missed = () if plan.rotation.reached else plan.rotation.notes
    return Planned(rotation_report(plan, names).answer, figures=tuple(_figures(plan)), reasons=missed, files=files, tasks=tuple(_tasks(plan)))


def _figures(plan: Together) -> Iterator[Figure]:
    rotation, last = plan.rotation, plan.rotation.years[-1]
    km = [Decimal(str(each.distance_km)) for each in rotation.moves]
    yield Figure("sent", "安排轮岗", Decimal(len(rotation.moves)), "人")
    yield Figure("target", "至少须去", Decimal(sum(each.target for each in rotation.years)), "人")
    yield Figure("missed", "达不到比例的学年", Decimal(sum(not each.reached for each in rotation.years)), "年", better="less")
    yield Figure("backbone", "其中骨干教师", Decimal(sum(each.is_backbone for each in rotation.moves)), "人", better="more")
    yield Figure("closed", "填补的学科缺口", Decimal(last.closed), "个", better="more")
    yield Figure("gaps", "学科缺口", Decimal(rotation.gaps), "个")
    yield Figure("km", "平均路程", sum(km, Decimal(0)) / len(km) if km else None, "公里", 1, "less")
    yield Figure("circuits", "走教线路", Decimal(sum(bool(each.base) for each in plan.circuits)), "条")
    yield Figure("gap", "与最好的方案最多相差（折算）", Decimal(rotation.gap) if isfinite(rotation.gap) else None, "公里", 1, "less")


def _tasks(plan: Together) -> Iterator[Task]:
    """What every school sends and receives in every year, in people."""
    names = {each.code: each.name for each in plan.rotation.request.schools}
    counts: Counter[tuple[int, str, str]] = Counter()
    for each in plan.rotation.moves:
        counts[each.school_year, each.from_school, "派出教师交流轮岗"] += 1
        counts[each.school_year, each.to_school, "接收交流轮岗教师"] += 1
    for (year, school, what), people in sorted(counts.items()):
        yield Task(school, names[school], what, Decimal(people), "人", year, "rotation", None)
