"""Evaluations of a round's counties come into being."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from junheng.web.accounts.models import User
from junheng.web.audit.actions import record
from junheng.web.evaluation.models import Evaluation, NationalRecognition
from junheng.web.evaluation.passed import passed_in_other_rounds, why_not_again
from junheng.web.rounds.models import Round

_NAMED = 10


@dataclass(frozen=True)
class Started:
    """made: how many evaluations are new; passed: the evaluations for which counties were left out, having passed by them."""

    made: int
    passed: Sequence[Evaluation]

    @property
    def words(self) -> str:
        said = f"已建立 {self.made} 个县的评估。"
        if not self.passed:
            return said
        named = "；".join(why_not_again(each) for each in self.passed[:_NAMED])
        more = f"等 {len(self.passed)} 个县" if len(self.passed) > _NAMED else ""
        return f"{said}有 {len(self.passed)} 个县不再评估：{named}{more}。公告有效期间只作年度监测；监测不合格或结论撤销以后再建立评估。"


@transaction.atomic
def start(round: Round, *, by: User) -> Started:
    """An evaluation, and a national status, for every county of the round that has none and has not passed already."""
    units = [each.unit for each in round.participations.select_related("unit")]
    known = set(Evaluation.objects.filter(round=round).values_list("unit_id", flat=True))
    passed = passed_in_other_rounds(round)
    left_out = [passed[unit.pk] for unit in units if unit.pk in passed and unit.pk not in known]
    made = [Evaluation(round=round, unit=unit, due_on=round.self_due_on) for unit in units if unit.pk not in known and unit.pk not in passed]
    Evaluation.objects.bulk_create(made)
    national = set(NationalRecognition.objects.values_list("unit_id", flat=True))
    NationalRecognition.objects.bulk_create([NationalRecognition(unit=unit) for unit in units if unit.pk not in national])
    record(by=by.actor, action="evaluation.start", subject=f"round:{round.pk}", unit_path=round.unit.path,
           after={"evaluations": len(made)}, detail={"passed_already": [each.unit.code for each in left_out]})  # fmt: skip
    return Started(len(made), left_out)
