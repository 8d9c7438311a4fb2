"""Background work of rectification."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from junheng.web.accounts.models import User
from junheng.web.jobs.files import made_file
from junheng.web.jobs.handlers import Progress, handles
from junheng.web.jobs.models import Job
from junheng.web.rectification.actions.assign_many import assign_many
from junheng.web.rectification.actions.from_release import raise_from_release
from junheng.web.rectification.lists import list_file
from junheng.web.reporting.models import CountyRelease


@handles("rectification.raise_from_release")
def raise_all(job: Job, progress: Progress) -> Mapping[str, Any]:
    """Running again raises nothing twice."""
    progress(0, 1, "重新测算冻结版本")
    release = CountyRelease.objects.select_related("unit", "round").get(pk=job.arguments["release"])
    raised = raise_from_release(release, by=_by(job))
    said = f"新列出 {raised.raised:,} 个问题" + (f"，其中 {raised.came_back:,} 个曾经销号、再次出现" if raised.came_back else "")
    progress(1, 1, said + (f"；{raised.known:,} 个已在整改，没有重复列出" if raised.known else ""))
    return {"raised": raised.raised, "came_back": raised.came_back, "known": raised.known}


@handles("rectification.assign_many")
def assign_all(job: Job, progress: Progress) -> Mapping[str, Any]:
    """Running again takes up what was not assigned yet."""
    pks: list[int] = job.arguments["problems"]
    assigned = assign_many(pks, job.arguments["demand"], by=_by(job), on_step=lambda at: progress(at, len(pks), f"已看 {at} 个"))
    progress(len(pks), len(pks), f"已分派 {assigned:,} 个问题")
    return {"assigned": assigned}


@handles("rectification.list")
def write_list(job: Job, progress: Progress) -> Mapping[str, Any]:
    """One of the three lists of the job's unit."""
    name, data = list_file(job.unit, job.arguments["kind"], timezone.localdate(), progress)
    progress(1, 1, f"已写好：{name}")
    return made_file(name, data)


def _by(job: Job) -> User:
    assert job.by_id is not None, "started by a person"
    return User.objects.select_related("unit").get(pk=job.by_id)
