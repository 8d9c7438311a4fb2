"""A version of the open data out of what is in force now."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from junheng.opendata.changes import changes_between
from junheng.opendata.datasets import DATASETS, PUPILS
from junheng.opendata.formats import FORMATS
from junheng.opendata.knowledge import Published
from junheng.web.accounts.models import User
from junheng.web.flow.errors import Refused
from junheng.web.portal.actions import publish_data
from junheng.web.portal.extracts import Rows, rows_of
from junheng.web.portal.in_force import in_force, releases_behind
from junheng.web.portal.models import DataRelease
from junheng.web.portal.people import protected, rows_of_people, table_of, to_keep
from junheng.web.portal.reading import rows_in
from junheng.web.publicity.models import Announcement
from junheng.web.store import keep_content

Notify = Callable[[int, int, str], None]


def what_would_change(latest: DataRelease | None) -> list[str]:
    """Chinese lines: a version made now against the latest; [] = nothing."""
    announcements = list(in_force())
    if not announcements and latest is None:
        return []
    now = rows_of(announcements, releases_behind(announcements))
    before = rows_in(latest) if latest else {}
    return changes_between({id: rows for id, rows in before.items() if id in now}, now)


def make_release(*, by: User, job: UUID | None = None, on_step: Notify = lambda done, total, message: None) -> DataRelease:
    """Raises Refused when there is nothing in force, or nothing that the latest version does not say already."""
    announcements = list(in_force())
    latest = DataRelease.objects.first()
    if latest is not None and job is not None and latest.job == job:
        return latest
    if not announcements and latest is None:
        raise Refused("没有可以发布的结论", why="还没有一个县的结论已经公告", remedy="请在公告以后发布")
    rows = rows_of(announcements, releases_behind(announcements))
    before = rows_in(latest) if latest else {}
    if latest is not None and not changes_between({id: before[id] for id in rows}, rows):
        raise Refused("没有新的内容", why=f"现行有效的结论与第 {latest.number} 版完全相同", remedy="有新的公告、撤回或撤销以后再发布")
    people = _people(announcements, on_step)
    rows[PUPILS.id] = rows_of_people(people, _names(announcements))
    return publish_data(by=by, announcements=[each.pk for each in announcements], files=_kept(rows, on_step), changes=changes_between(before, rows),
                        counted=to_keep(people), after=latest.number if latest else 0, job=job)  # fmt: skip


def _people(announcements: Sequence[Announcement], on_step: Notify) -> Published:
    seen: list[str] = []

    def on_county(name: str) -> None:
        seen.append(name)
        on_step(len(seen), len(announcements), f"统计{name}")

    table = table_of(announcements, on_county)
    on_step(len(announcements), len(announcements), "保护人数少的数，并逐格试攻")
    return protected(table, DataRelease.objects.order_by("number"))


def _names(announcements: Sequence[Announcement]) -> dict[str, str]:
    units = [each.unit for each in announcements]
    return {unit.code: unit.name for unit in (*units, *(unit.parent for unit in units if unit.parent))}


def _kept(rows: Mapping[str, Rows], on_step: Notify) -> Sequence[Mapping[str, Any]]:
    out = []
    for done, dataset in enumerate(DATASETS):
        on_step(done, len(DATASETS), f"写出{dataset.title}")
        for format, write in FORMATS.items():
            data = write(dataset, rows[dataset.id])
            out.append({"dataset": dataset.id, "format": format, "rows": len(rows[dataset.id]), "size": len(data), "sha256": keep_content(data)})
    return out
