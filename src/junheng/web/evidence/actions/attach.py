"""Attach a file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from junheng.common.errors import UserError
from junheng.reports.text import clean
from junheng.web.accounts.models import User
from junheng.web.areas.models import Unit
from junheng.web.audit.actions import record
from junheng.web.evidence.checking import MOST_BYTES, Checked, checked
from junheng.web.evidence.models import Evidence, EvidenceVersion
from junheng.web.evidence.permissions import ATTACH
from junheng.web.flow.errors import NotAllowed
from junheng.web.rounds.models import Round
from junheng.web.store import keep_content

_LONGEST = 120


@dataclass(frozen=True)
class Kept:
    """An uploaded file, checked and in the store, that nothing names yet."""

    name: str
    file: Checked
    sha256: str
    preview: str


def keep(upload: UploadedFile[Any]) -> Kept:
    """Check a file and put it into the store: before any transaction begins. Raises UserError."""
    name = _name(upload.name or "")
    if (upload.size or 0) > MOST_BYTES:
        raise UserError(f"文件超过 {MOST_BYTES // 1024 // 1024} MB", where=f"《{name}》", remedy="请压缩或拆分后再传")
    file = checked(name, upload.read())
    return Kept(name, file, keep_content(file.data), keep_content(file.preview) if file.preview else "")


def keep_pictures(uploads: Iterable[UploadedFile[Any]]) -> list[Kept]:
    """The same for photographs: all of them or none. Raises UserError for what is no picture."""
    kept = [keep(each) for each in uploads]
    other = next((each for each in kept if not each.preview), None)
    if other is not None:
        raise UserError("这里只收照片", where=f"《{other.name}》", why="它不是图片", remedy="请上传 JPG 或 PNG 照片")
    return kept


def attach(
    *, unit: Unit, round: Round, criterion: str, upload: UploadedFile[Any], by: User, subject: str | None = None, title: str = ""
) -> Evidence:
    """A new evidence with its first version. subject: what it is attached to ("problem:12"), None = the criterion itself.

    The same file attached to the same thing again is the evidence that is there: a photograph sent twice is one.
    Raises UserError.
    """
    if not ATTACH.allows(by, unit):
        raise NotAllowed("您没有为这个单位上传佐证的权限")
    return attach_kept(keep(upload), unit=unit, round=round, criterion=criterion, by=by, subject=subject or "", title=title)


def attach_kept(
    kept: Kept, *, unit: Unit, round: Round, criterion: str, by: User, subject: str, title: str = "", fixed: bool = False
) -> Evidence:
    """The same for a file that is kept already; the caller may hold a transaction. fixed: no newer file ever takes its place."""
    if not ATTACH.allows(by, unit):
        raise NotAllowed("您没有为这个单位上传佐证的权限")
    title = title.strip()[:200] or PurePosixPath(kept.name).stem
    return _attach(Evidence(unit=unit, round=round, criterion=criterion, subject=subject, title=title, is_fixed=fixed), kept, by)


def add_evidence_version(evidence: Evidence, *, upload: UploadedFile[Any], by: User) -> EvidenceVersion:
    """A newer file in place of the last; the earlier ones stay. Raises UserError."""
    if not ATTACH.allows(by, evidence):
        raise NotAllowed("您没有为这个单位上传佐证的权限")
    if evidence.is_fixed:
        raise UserError("这份佐证不能换新版本", why="它是核查现场留下的", remedy="请另外上传")
    return _add(evidence, keep(upload), by)


def _name(given: str) -> str:
    bare = PurePosixPath(clean(given.replace("\\", "/"))).name.lstrip(".").strip() or "佐证"
    return f"{PurePosixPath(bare).stem[:_LONGEST]}{PurePosixPath(bare).suffix[:10]}"


@transaction.atomic
def _attach(evidence: Evidence, kept: Kept, by: User) -> Evidence:
    Unit.objects.select_for_update().get(pk=evidence.unit_id)  # the same photograph sent twice at once is one
    same = EvidenceVersion.objects.select_related("evidence").filter(
        sha256=kept.sha256, evidence__unit=evidence.unit, evidence__round=evidence.round, evidence__criterion=evidence.criterion,
        evidence__subject=evidence.subject,
    ).first()  # fmt: skip
    if same is not None:
        return same.evidence
    evidence.save(force_insert=True)
    _add(evidence, kept, by)
    return evidence


@transaction.atomic
def _add(evidence: Evidence, kept: Kept, by: User) -> EvidenceVersion:
    locked = Evidence.objects.select_for_update(of=("self",)).select_related("unit").get(pk=evidence.pk)
    last = locked.versions.order_by("-number").first()
    if last is not None and last.sha256 == kept.sha256:
        return last
    version = EvidenceVersion.objects.create(
        evidence=locked, number=locked.latest + 1, sha256=kept.sha256, preview=kept.preview, name=kept.name, size=len(kept.file.data),
        media_type=kept.file.media_type, by_id=by.pk, by_name=by.name,
    )  # fmt: skip
    Evidence.objects.filter(pk=locked.pk).update(latest=version.number)
    evidence.latest = version.number
    record(by=by.actor, action="evidence.attach", subject=f"evidence:{locked.pk}", unit_path=locked.unit_path,
           before={"version": locked.latest} if locked.latest else None, after={"version": version.number, "sha256": kept.sha256},
           detail={"criterion": locked.criterion, "attached_to": locked.subject, "size": version.size})  # fmt: skip
    return version
