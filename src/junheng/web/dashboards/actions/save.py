"""Save a what-if, so that others within the reach can open it."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from junheng.web.accounts.models import User
from junheng.web.audit.actions import record
from junheng.web.dashboards.changes import Change
from junheng.web.dashboards.models import Scenario
from junheng.web.dashboards.permissions import SUPPOSE
from junheng.web.flow.errors import NotAllowed, Refused
from junheng.web.reporting.models import CountyRelease
from junheng.web.reporting.queries import UnitInRound


@transaction.atomic
def save_scenario(place: UnitInRound, title: str, changes: Sequence[Change], releases: Sequence[CountyRelease], *, by: User) -> Scenario:
    if not SUPPOSE.allows(by, place):
        raise NotAllowed("您没有“保存假设方案”的权限")
    if not title.strip():
        raise Refused("没有写名称", remedy="请给方案起个名字，例如“小学差异系数上限 0.45”")
    if not changes:
        raise Refused("还没有改动", remedy="请先添加一处改动")
    kept = Scenario.objects.create(
        round=place.round, unit=place.unit, title=title.strip()[:80], changes=[each.to_json() for each in changes],
        releases=[each.pk for each in releases], by_id=by.pk, by_name=by.name,
    )  # fmt: skip
    record(by=by.actor, action="dashboards.scenario", subject=f"scenario:{kept.pk}", unit_path=place.unit_path,
           after={"title": kept.title, "changes": kept.changes}, detail={"releases": len(kept.releases)})  # fmt: skip
    return kept
