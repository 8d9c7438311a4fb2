"""How far a plan is: what its job and its answer say together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Q

from junheng.web.jobs.models import JobState


class PlanState(StrEnum):
    DRAFT = "draft"
    QUEUED = "queued"
    SOLVING = "solving"
    SOLVED = "solved"
    IMPOSSIBLE = "impossible"
    STOPPED = "stopped"
    FAILED = "failed"


@dataclass(frozen=True)
class Shown:
    """label, tone: as pages show it; rows: the plans in this state."""

    label: str
    tone: str
    rows: Q


_UNSOLVED = Q(possible=None)

STATES: Mapping[PlanState, Shown] = {
    PlanState.DRAFT: Shown("草稿", "todo", Q(job=None, possible=None)),
    PlanState.QUEUED: Shown("排队", "waiting", _UNSOLVED & Q(job__state=JobState.QUEUED)),
    PlanState.SOLVING: Shown("正在求解", "waiting", _UNSOLVED & Q(job__state=JobState.RUNNING)),
    PlanState.SOLVED: Shown("已有方案", "good", Q(possible=True)),
    PlanState.IMPOSSIBLE: Shown("无解", "bad", Q(possible=False)),
    PlanState.STOPPED: Shown("已停止", "waiting", _UNSOLVED & Q(job__state=JobState.CANCELLED)),
    PlanState.FAILED: Shown("出错", "bad", _UNSOLVED & Q(job__state__in=(JobState.FAILED, JobState.DONE))),
}

_OF_JOBS = {JobState.QUEUED: PlanState.QUEUED, JobState.RUNNING: PlanState.SOLVING, JobState.CANCELLED: PlanState.STOPPED}


def state_of(job: str | None, possible: bool | None) -> PlanState:
    """job: the state of its latest run, None = never asked for. An answer stands, whatever became of the run that brought it."""
    if possible is not None:
        return PlanState.SOLVED if possible else PlanState.IMPOSSIBLE
    return PlanState.DRAFT if job is None else _OF_JOBS.get(JobState(job), PlanState.FAILED)
