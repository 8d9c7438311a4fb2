"""Keep what a planner answered: once, whatever becomes of the job that brought it."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from junheng import __version__
from junheng.planners.model import Planned
from junheng.web.audit.actions import record
from junheng.web.audit.actions.record import SYSTEM
from junheng.web.desk.answer import as_text
from junheng.web.desk.contents import Kept
from junheng.web.desk.models import Plan, PlanFile


@transaction.atomic
def keep_answer(plan: Plan, planned: Planned, files: Sequence[Kept], *, job: UUID) -> bool:
    """False: another run answered before, or the plan was deleted or asked for anew meanwhile; then nothing changes."""
    locked = _waiting(plan, job)
    if locked is None:
        return False
    locked.solved_at, locked.version = timezone.now(), __version__
    locked.possible, locked.gap, locked.headline, locked.result = planned.possible, planned.gap, planned.headline, as_text(planned)
    locked.save(update_fields=["solved_at", "version", "possible", "gap", "headline", "result"])
    PlanFile.objects.bulk_create(PlanFile(plan=locked, name=each.name, size=each.size, sha256=each.sha256, sealed=each.sealed) for each in files)
    record(by=SYSTEM, action="desk.answered", subject=plan.reference, unit_path=plan.unit_path,
           after={"possible": planned.possible, "gap": planned.gap, "files": len(files)}, detail={"plan": plan.planner_label})  # fmt: skip
    return True


@transaction.atomic
def keep_refusal(plan: Plan, words: str, *, job: UUID) -> None:
    """Why the planner could not begin."""
    if _waiting(plan, job) is not None:
        Plan.objects.filter(pk=plan.pk).update(refused=words)
        record(by=SYSTEM, action="desk.refused", subject=plan.reference, unit_path=plan.unit_path, detail={"plan": plan.planner_label})


def _waiting(plan: Plan, job: UUID) -> Plan | None:
    return Plan.objects.select_for_update(of=("self",)).filter(pk=plan.pk, job=job, solved_at=None).first()
