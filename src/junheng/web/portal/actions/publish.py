"""Freeze a version of the open data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction

from junheng.web.accounts.models import User
from junheng.web.areas.models import Unit
from junheng.web.audit.actions import record
from junheng.web.flow.errors import Refused
from junheng.web.portal.models import DataRelease


@transaction.atomic
def publish_data(
    *, by: User, announcements: Sequence[int], files: Sequence[Mapping[str, Any]], changes: Sequence[str], counted: Mapping[str, Any],
    after: int, job: UUID | None = None,
) -> DataRelease:  # fmt: skip
    """Keep a version whose files lie in the store. after: the number of the version it was compared with, 0 = none.

    Raises Refused when another version came in between: the changes would be told against the wrong one.
    """
    known = DataRelease.objects.filter(job=job).first() if job else None
    if known is not None:
        return known
    latest = DataRelease.objects.select_for_update().first()
    if (latest.number if latest else 0) != after:
        raise Refused("别人刚发布了一版开放数据", remedy="请重新发布；变动会与最新一版比较")
    made = DataRelease.objects.create(
        number=after + 1, announcements=list(announcements), files=[dict(each) for each in files], changes=list(changes),
        counted=dict(counted), job=job, by_id=by.pk, by_name=by.name,
    )  # fmt: skip
    province = Unit.objects.get(parent=None)
    record(by=by.actor, action="portal.publish", subject=f"open_data:{made.number}", unit_path=province.path,
           after={"number": made.number, "announcements": len(announcements)}, detail={"files": [each["sha256"] for each in files]})  # fmt: skip
    return made
