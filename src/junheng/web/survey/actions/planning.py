"""A survey comes into being, and its plan: whom to ask, how many."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from junheng.common.errors import UserError
from junheng.web.accounts.models import User
from junheng.web.areas.models import Unit
from junheng.web.audit.actions import record
from junheng.web.evaluation.models import Evaluation
from junheng.web.rights.levels import UnitKind
from junheng.web.survey.models import Stratum, Survey
from junheng.web.survey.questionnaire import newest
from junheng.web.survey.sizes import sample_size, shared_out

_TOO_LATE = ("prov_visit", "prov_conclusion", "publicised", "accepted", "not_accepted", "monitoring", "warned", "revoked")


@dataclass(frozen=True)
class Wanted:
    """A plan as it was entered. confidence, margin, response: fractions; populations: group → people; by_school: group → school
    code → people, for groups that are asked school by school."""

    confidence: Decimal
    margin: Decimal
    response: Decimal
    populations: Mapping[str, int]
    by_school: Mapping[str, Mapping[str, int]]


@transaction.atomic
def prepare(evaluation: Evaluation, *, by: User) -> Survey:
    """A survey for the present application, with the newest questionnaire. Raises UserError where there is one already."""
    locked = Evaluation.objects.select_for_update(of=("self",)).select_related("unit").get(pk=evaluation.pk)
    if locked.state in _TOO_LATE:
        raise UserError("现在不能再建调查", why=f"这个县现在是“{locked.state_shown.label}”，社会认可度已经登记", remedy="退回重报后可以重新调查")
    if Survey.objects.filter(evaluation=locked, application=locked.application).exclude(state="withdrawn").exists():
        raise UserError("这次申报已有一次调查", remedy="请在原来的调查里办理，或先作废")
    asked = newest()
    start = asked.plan
    made = Survey.objects.create(
        evaluation=locked, unit=locked.unit, application=locked.application, questionnaire_key=asked.key,
        confidence=Decimal(str(start.confidence)), margin=Decimal(str(start.margin)), response=Decimal(str(start.response)),
    )  # fmt: skip
    record(by=by.actor, action="survey.prepare", subject=made.reference, unit_path=locked.unit.path, after={"questionnaire": asked.key})
    return made


@transaction.atomic
def plan(survey: Survey, wanted: Wanted, *, by: User) -> int:
    """Lay out the plan anew: the least number of answers by group, shared out over schools; returns how many are wanted in all.

    Raises UserError once the survey has begun.
    """
    locked = Survey.objects.select_for_update(of=("self",)).select_related("unit").get(pk=survey.pk)
    if locked.state != "draft":
        raise UserError("调查已经开始，配额不能再改", remedy="需要更多回答时，加印答题码即可")
    _refuse(locked, wanted)
    Survey.objects.filter(pk=locked.pk).update(confidence=wanted.confidence, margin=wanted.margin, response=wanted.response)
    locked.strata.all().delete()
    strata = [each for group in locked.questionnaire.groups for each in _strata(locked, group.id, wanted)]
    Stratum.objects.bulk_create(strata)
    total = sum(each.quota for each in strata)
    record(by=by.actor, action="survey.plan", subject=locked.reference, unit_path=locked.unit.path, after={"wanted": total})
    return total


def _refuse(survey: Survey, wanted: Wanted) -> None:
    if not (Decimal("0.5") <= wanted.confidence < 1 and 0 < wanted.margin <= Decimal("0.5") and 0 < wanted.response <= 1):
        raise UserError("抽样参数不对", why="置信水平应在 50% 到 99.9% 之间，误差在 0.1% 到 50% 之间，回收率在 1% 到 100% 之间", remedy="请改正后再保存")
    known = set(Unit.objects.counted_within(survey.unit.path).filter(kind=UnitKind.SCHOOL).values_list("code", flat=True))
    strangers = sorted({code for of in wanted.by_school.values() for code in of} - known)
    if strangers:
        raise UserError("有学校不属于这个县", where="、".join(strangers[:5]), remedy="请刷新页面后再填")


def _strata(survey: Survey, group: str, wanted: Wanted) -> list[Stratum]:
    schools = {code: people for code, people in wanted.by_school.get(group, {}).items() if people}
    population = sum(schools.values()) if schools else wanted.populations.get(group)
    if not population:
        return []
    size = sample_size(population, float(wanted.confidence), float(wanted.margin))
    if not schools:
        return [Stratum(survey=survey, group=group, population=population, quota=size)]
    units = {each.code: each for each in Unit.objects.filter(code__in=schools)}
    quotas = shared_out(size, schools)
    return [Stratum(survey=survey, group=group, school=units[code], population=people, quota=quotas[code]) for code, people in schools.items()]
