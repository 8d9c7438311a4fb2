"""The measures of a plan as tasks of schools: which they are, which became tasks already, which plan they would replace."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Count

from junheng.common.school_years import as_of_date
from junheng.planners.model import Task
from junheng.web.desk.answer import read
from junheng.web.desk.fingerprint import hash_of
from junheng.web.desk.models import Plan
from junheng.web.rectification.actions.from_plan import Measure, PlanSource, places_raised
from junheng.web.rectification.models import FINISHED, Problem
from junheng.web.rounds.models import Round


@dataclass(frozen=True)
class Line:
    """One measure. place: its number in the plan; problem: of the task it became, None = not yet."""

    place: int
    task: Task
    problem: int | None

    @property
    def amount(self) -> str:
        return amount_of(self.task)

    @property
    def due_on(self) -> date | None:
        return due_on(self.task)


@dataclass(frozen=True)
class Filter:
    """words: part of a school's name, or its code; what: a kind of measure; year: school year by whose beginning it is done, "" = all;
    state: "new", "raised" or "" = all."""

    words: str = ""
    what: str = ""
    year: str = ""
    state: str = ""

    @staticmethod
    def of(given: Mapping[str, str]) -> Filter:
        return Filter(given.get("school", "").strip(), given.get("what", ""), given.get("year", ""), given.get("state", ""))

    def keeps(self, line: Line) -> bool:
        task = line.task
        return (
            (not self.words or self.words in task.school_name or self.words == task.school_code)
            and self.what in ("", kind_of(task)) and self.year in ("", str(task.school_year or ""))
            and (not self.state or (self.state == "raised") == (line.problem is not None))
        )  # fmt: skip


def source_of(plan: Plan) -> PlanSource:
    return PlanSource(plan.pk, hash_of(plan), plan.name)


def lines_of(plan: Plan) -> list[Line]:
    known = places_raised(source_of(plan))
    return [Line(place, task, known.get(place)) for place, task in enumerate(read(plan.result).tasks)]


def kind_of(task: Task) -> str:
    """The measure without what belongs to one school alone: "调配教师（小学），从甲校调入" → "调配教师（小学）"."""
    return task.what.partition("，")[0]


def amount_of(task: Task) -> str:
    return "" if task.amount is None else f"{task.amount.normalize():,f} {task.unit}".rstrip()


def due_on(task: Task) -> date | None:
    """The last day before the school year by whose beginning it is done."""
    return None if task.school_year is None else as_of_date(task.school_year) - timedelta(days=1)


def measure_of(line: Line) -> Measure:
    task = line.task
    cost = "" if task.cost_yuan is None else f"{task.cost_yuan / Decimal(10_000):,.2f} 万元"
    return Measure(line.place, task.school_code, task.school_name, task.what, line.amount, line.due_on, task.criterion or "", cost)


def round_of(plan: Plan) -> Round | None:
    """The round of the release it stands on; for a plan without one the newest. None: there is no round."""
    rounds = Round.objects.filter(county_releases__pk__in=plan.releases) if plan.releases else Round.objects.exclude(state="planned")
    return rounds.first()


def replaceable(plan: Plan) -> Sequence[tuple[Plan, int]]:
    """Other plans of the same kind for the same unit whose tasks are not all done, and how many are not."""
    open_tasks = Problem.objects.filter(source__startswith="plan:", cause_gone_at=None).exclude(state__in=FINISHED).filter(unit__path__startswith=plan.unit.path)
    counts: dict[int, int] = {}
    for source, count in open_tasks.order_by().values_list("source").annotate(n=Count("pk")):
        counts[int(source.split(":")[1])] = counts.get(int(source.split(":")[1]), 0) + count
    found = Plan.objects.filter(pk__in=counts, unit=plan.unit_id, planner=plan.planner).exclude(pk=plan.pk).select_related("unit")
    return [(each, counts[each.pk]) for each in found]


def open_tasks_of(plan: Plan) -> int:
    return Problem.objects.filter(source__startswith=f"plan:{plan.pk}:").exclude(state__in=FINISHED).count()
