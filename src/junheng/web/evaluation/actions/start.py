"""Evaluations of a round's counties come into being."""

from __future__ import annotations

from django.db import transaction

from junheng.web.accounts.models import User
from junheng.web.audit.actions import record
from junheng.web.evaluation.models import Evaluation, NationalRecognition
from junheng.web.rounds.models import Round


@transaction.atomic
def start(round: Round, *, by: User) -> int:
    """An evaluation, and a national status, for every county of the round that has none; returns how many were made."""
    units = [each.unit for each in round.participations.select_related("unit")]
    known = set(Evaluation.objects.filter(round=round).values_list("unit_id", flat=True))
    made = [Evaluation(round=round, unit=unit, due_on=round.self_due_on) for unit in units if unit.pk not in known]
    Evaluation.objects.bulk_create(made)
    national = set(NationalRecognition.objects.values_list("unit_id", flat=True))
    NationalRecognition.objects.bulk_create([NationalRecognition(unit=unit) for unit in units if unit.pk not in national])
    record(by=by.actor, action="evaluation.start", subject=f"round:{round.pk}", unit_path=round.unit.path, after={"evaluations": len(made)})
    return len(made)
