"""What was announced and still holds: the only results the public gets."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from junheng.web.publicity.models import Announcement
from junheng.web.reporting.models import CountyRelease

IN_FORCE = "in_force"
CONCLUSIONS = {"pass": "通过", "fail": "未通过"}


def in_force() -> QuerySet[Announcement]:
    """公告 of evaluations that were neither withdrawn nor revoked, county by county, the newest of each first."""
    found = Announcement.objects.filter(state=IN_FORCE, conclusion__in=CONCLUSIONS).select_related("unit", "unit__parent", "round")
    return found.order_by("unit__path", "-proclaimed_on", "-pk")


def latest_by_county(announcements: Iterable[Announcement]) -> list[Announcement]:
    """Of `in_force`, each county's newest."""
    newest: dict[int, Announcement] = {}
    for each in announcements:
        newest.setdefault(each.unit_id, each)
    return list(newest.values())


def releases_behind(announcements: Iterable[Announcement]) -> dict[int, CountyRelease]:
    """Announcement's primary key → the frozen release whose hash it announced; one that is not kept any more is left out."""
    announcements = list(announcements)
    hashes = {each.hashes.get("数据版本", "") for each in announcements}
    kept = {(each.unit_id, each.round_id, each.hash): each for each in CountyRelease.objects.filter(hash__in=hashes).defer("detail").order_by("pk")}
    found = {each.pk: kept.get((each.unit_id, each.round_id, each.hashes.get("数据版本", ""))) for each in announcements}
    return {pk: release for pk, release in found.items() if release is not None}
