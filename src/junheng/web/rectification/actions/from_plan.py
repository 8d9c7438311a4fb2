"""The measures of a plan become problems of the schools they are for, once; when the plan is replaced they say so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from junheng.common.errors import UserError
from junheng.reports.remedies import remedy_for
from junheng.web.accounts.models import User
from junheng.web.areas.models import Unit
from junheng.web.audit.actions import record
from junheng.web.flow.errors import NotAllowed
from junheng.web.rectification.actions.raise_problem import prepared
from junheng.web.rectification.effects import in_words
from junheng.web.rectification.models import FINISHED, Escalation, Problem
from junheng.web.rectification.permissions import RAISE, owner_of
from junheng.web.rectification.words import DEPARTMENTS_NAMED
from junheng.web.rights.levels import UnitKind
from junheng.web.rounds.models import Round

_ROWS = 500


@dataclass(frozen=True)
class PlanSource:
    """A plan as problems name it. number: its key; hash: of what it says, so that a plan made anew is another source."""

    number: int
    hash: str
    name: str

    @property
    def source(self) -> str:
        return f"plan:{self.number}:{self.hash[:16]}"


@dataclass(frozen=True)
class Measure:
    """One thing to do. place: its number among the plan's measures, which never change; school_code: "" or unknown = the
    county's; school_name: as the plan names it, for a school that is not in the tree (one to be built); amount: with its
    unit, "" = none; due_on: last day, None = the plan does not say; cost: with its unit, "" = unknown."""

    place: int
    school_code: str
    school_name: str
    what: str
    amount: str = ""
    due_on: date | None = None
    criterion: str = ""
    cost: str = ""

    def cause(self, county: Unit) -> str:
        return f"{county.code}/plan/{self.place}"


@dataclass(frozen=True)
class Raised:
    """raised: how many problems are new; known: how many measures had become problems before."""

    raised: int
    known: int


@transaction.atomic
def raise_from_plan(plan: PlanSource, measures: Sequence[Measure], *, by: User, unit: Unit, round: Round) -> Raised:
    """Lay each measure upon its school, or upon `unit`, the county. One that became a problem before, whatever became of that, is not
    raised again. Raises NotAllowed; UserError for a unit that nothing can be laid upon."""
    if not RAISE.allows(by, unit):
        raise NotAllowed("您没有“登记问题”的权限", remedy="请由县级管理员、县级审核员或上级办理")
    county = Unit.objects.select_for_update().get(pk=unit.pk)  # two presses wait for each other here
    if county.kind != UnitKind.COUNTY:
        raise UserError(f"“{county.name}”的方案不能转为任务", why="任务落到学校或县（市、区）", remedy="请用各县（市、区）的方案")
    known = places_raised(plan)
    schools = {each.code: each for each in Unit.objects.counted_within(county.path) if owner_of(each.kind, each.path) is not None}
    new = [
        _due(prepared(by=by, unit=schools.get(each.school_code, county), round=round, source=plan.source, cause=each.cause(county),
                      said=_said(plan, each, named=each.school_code not in schools)), each)
        for each in measures
        if each.place not in known
    ]  # fmt: skip
    for start in range(0, len(new), _ROWS):
        made = Problem.objects.bulk_create(new[start : start + _ROWS])
        Escalation.objects.bulk_create(Escalation(problem=each, unit=each.unit) for each in made)
    raised = Raised(len(new), len(measures) - len(new))
    if new:
        record(
            by=by.actor, action="rectification.raise_from_plan", subject=f"unit:{county.pk}", unit_path=county.path,
            detail={"plan": plan.number, "name": plan.name, "hash": plan.hash, "raised": raised.raised, "known": raised.known},
        )  # fmt: skip
    return raised


def places_raised(plan: PlanSource) -> Mapping[int, int]:
    """Place of a measure → number of the problem it became."""
    found = Problem.objects.filter(source=plan.source).values_list("cause", "pk")
    return {int(cause.rpartition("/")[2]): pk for cause, pk in found if "/plan/" in cause}


def _said(plan: PlanSource, measure: Measure, *, named: bool) -> Mapping[str, Any]:
    remedy = remedy_for(measure.criterion) if measure.criterion else None
    by_when = f"{in_words(measure.due_on)}前" if measure.due_on else ""
    return {
        "title": f"{measure.school_name}：{measure.what}" if named and measure.school_name else measure.what,
        "criterion": measure.criterion, "required": f"按方案“{plan.name}”{by_when}完成", "gap": measure.amount,
        "place": f"方案“{plan.name}”第 {measure.place + 1} 项，方案版本 {plan.hash[:8]}",
        "suggestion": "，".join(each for each in (measure.what, measure.amount, measure.cost and f"约 {measure.cost}") if each),
        "department": DEPARTMENTS_NAMED.get(remedy.lead, "") if remedy else "", "partners": remedy.partners if remedy else "",
    }  # fmt: skip


def _due(problem: Problem, measure: Measure) -> Problem:
    problem.mend_by = measure.due_on
    return problem


@transaction.atomic
def plan_replaced(plan: PlanSource, words: str, *, by: User, unit: Unit) -> int:
    """The tasks of a plan that was replaced say so, in these words, until whoever may withdraws them or they are done all
    the same. Those that are finished stay as they are. How many were told; the caller holds the right to replace the plan."""
    open_ones = Problem.objects.filter(source=plan.source, cause_gone_at=None).exclude(state__in=FINISHED)
    told = open_ones.update(cause_gone_at=timezone.now(), cause_gone_words=words)
    if told:
        record(by=by.actor, action="rectification.plan_replaced", subject=f"unit:{unit.pk}", unit_path=unit.path,
               detail={"plan": plan.number, "name": plan.name, "words": words, "told": told})  # fmt: skip
    return told
