"""A bulk upload becomes one version per unit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

from junheng.common.errors import UserError
from junheng.web.accounts.models import User
from junheng.web.areas.models import Unit
from junheng.web.flow.errors import NotAllowed
from junheng.web.reporting.actions.versions import add_version
from junheng.web.reporting.handed import Sorted, read_handed_in
from junheng.web.reporting.models import Submission
from junheng.web.reporting.permissions import BULK_UPLOAD
from junheng.web.reporting.queries import UnitInRound, schools_asked
from junheng.web.reporting.uploads import drafted
from junheng.web.rounds.models import Round

Step = Callable[[int, int, str], None]


@dataclass
class Placed:
    """What went where. taken: one per unit whose figures were taken; refused: unit and why not; strange: lines about
    files in which nobody's figures were found."""

    taken: list[dict[str, Any]] = field(default_factory=list)
    refused: list[dict[str, str]] = field(default_factory=list)
    strange: list[str] = field(default_factory=list)


def read_folder_of(round: Round, unit: Unit, folder: Path, *, by: User, job: UUID, on_step: Step) -> Placed:
    """Of a county: its schools' and its own form; of a city or the province: those of the schools it runs itself. Each unit's version in its own transaction: one that is refused does not hold the others, and a run after a
    crash makes none twice."""
    if not BULK_UPLOAD.allows(by, UnitInRound(round, unit)):
        raise NotAllowed("您没有批量上传的权限", remedy="请由举办学校的县、市、省办理")
    found = read_handed_in(folder, unit, schools_asked(round, unit), round.school_year, on_step)
    placed = Placed(strange=found.strange)
    for unit_id in found.by_unit:
        _place(placed, round, found, unit_id, by, job)
    return placed


def _place(placed: Placed, round: Round, found: Sorted, unit_id: int, by: User, job: UUID) -> None:
    handed = found.by_unit[unit_id]
    submission = Submission.objects.select_related("unit", "round", "latest").get(round=round, unit_id=unit_id)
    try:
        version = add_version(submission, drafted(submission, handed), by=by, job=job)
    except UserError as error:
        placed.refused.append({"unit": handed.unit.name, "why": str(error)})
        return
    placed.taken.append({
        "submission": submission.pk, "unit": handed.unit.name, "files": "、".join(dict.fromkeys(handed.files)), "version": version.number,
        "errors": version.error_count, "warnings": version.warning_count,
    })  # fmt: skip


