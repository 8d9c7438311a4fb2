"""A new version of what a unit hands in."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction

from junheng.common.findings import Finding, Level
from junheng.intake.model import Facts, SourceFile
from junheng.web.accounts.models import User
from junheng.web.audit.actions import record
from junheng.web.flow.errors import Moved, NotAllowed, Refused
from junheng.web.reporting import stored
from junheng.web.reporting.actions.moves import begin
from junheng.web.reporting.models import Origin, Submission, Version, content_hash
from junheng.web.reporting.permissions import HAND_OVER


@dataclass(frozen=True)
class Draft:
    """A version that is not written yet. base: the number of the version it was made from, None = of none.
    removed_campus: the campus that it no longer reports, by a person's decision."""

    origin: Origin
    facts: Facts
    findings: list[Finding]
    sources: list[SourceFile]
    left_out: list[str] = field(default_factory=list)
    file_name: str = ""
    file_sha256: str = ""
    base: int | None = None
    removed_campus: str = ""


@transaction.atomic
def add_version(submission: Submission, draft: Draft, *, by: User, job: UUID | None = None) -> Version:
    """Write a version and make it the latest. Raises Refused where nothing may be filled, Moved when somebody else has
    changed the figures since `draft.base`. A job that runs again gets the version it made before."""
    locked = Submission.objects.select_for_update(of=("self",)).select_related("unit", "round", "latest").get(pk=submission.pk)
    if job is not None and (made := locked.versions.filter(job=job).first()) is not None:
        return made
    _check(locked, draft, by)
    rows = stored.rows_of(draft.facts)
    errors = sum(each.level is Level.ERROR for each in draft.findings)
    if locked.state == "waiting":
        locked = begin(locked, by=by)
    version = Version.objects.create(
        submission=locked, number=locked.latest.number + 1 if locked.latest else 1, origin=draft.origin, file_name=draft.file_name[:255],
        file_sha256=draft.file_sha256, sources=stored.sources_json(draft.sources), rows=rows, cells=stored.cells_of(draft.facts),
        findings=stored.findings_json(draft.findings), left_out=draft.left_out, error_count=errors, warning_count=len(draft.findings) - errors,
        content_sha256=content_hash(rows), job=job, by_id=by.pk, by_name=by.name,
    )  # fmt: skip
    Submission.objects.filter(pk=locked.pk).update(latest=version)
    record(
        by=by.actor, action="reporting.version", subject=locked.reference, unit_path=locked.unit_path,
        before={"version": locked.latest.number} if locked.latest else None, after={"version": version.number},
        detail={"origin": str(draft.origin), "file": draft.file_sha256, "content": version.content_sha256, "errors": errors,
                "warnings": version.warning_count, **({"removed_campus": draft.removed_campus} if draft.removed_campus else {})},
    )  # fmt: skip
    return version


def _check(submission: Submission, draft: Draft, by: User) -> None:
    if not HAND_OVER.allows(by, submission):
        raise NotAllowed("您没有填报的权限", remedy="请由本单位填报员，或举办学校的县、市、省办理")
    if not submission.is_fillable:
        now = submission.state_shown.label if submission.round.is_open else f"本轮{submission.round.state_shown.label}"
        raise Refused("现在不能改数据", why=f"现在是“{now}”", remedy="已提交的可先“撤回修改”；已锁定的请县里办理“截止后例外”")
    if draft.base is not None and draft.base != (submission.latest.number if submission.latest else 0):
        assert submission.latest is not None
        raise Moved("这次没有保存", why=f"{submission.latest.by_name}刚刚保存了第 {submission.latest.number} 版",
                    remedy="请刷新页面，核对后再改")  # fmt: skip
