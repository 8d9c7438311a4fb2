"""Attach a file."""

from __future__ import annotations

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


def attach(
    *, unit: Unit, round: Round, criterion: str, upload: UploadedFile[Any], by: User, subject: str | None = None, title: str = ""
) -> Evidence:
    """A new evidence with its first version. subject: what it is attached to ("problem:12"), None = the criterion itself.

    The same file attached to the same thing again is the evidence that is there: a photograph sent twice is one.
    Raises UserError.
    """
    if not ATTACH.allows(by, unit):
        raise NotAllowed("您没有为这个单位上传佐证的权限")
    name, file, sha256, preview = _kept(upload)
    return _attach(Evidence(unit=unit, round=round, criterion=criterion, subject=subject or "", title=title.strip()[:200] or PurePosixPath(name).stem),
                   name, file, sha256, preview, by)  # fmt: skip


def add_evidence_version(evidence: Evidence, *, upload: UploadedFile[Any], by: User) -> EvidenceVersion:
    """A newer file in place of the last; the earlier ones stay. Raises UserError."""
    if not ATTACH.allows(by, evidence):
        raise NotAllowed("您没有为这个单位上传佐证的权限")
    name, file, sha256, preview = _kept(upload)
    return _add(evidence, name, file, sha256, preview, by)


def _kept(upload: UploadedFile[Any]) -> tuple[str, Checked, str, str]:
    """Checked and stored before any transaction begins."""
    name = _name(upload.name or "")
    if (upload.size or 0) > MOST_BYTES:
        raise UserError(f"文件超过 {MOST_BYTES // 1024 // 1024} MB", where=f"《{name}》", remedy="请压缩或拆分后再传")
    file = checked(name, upload.read())
    return name, file, keep_content(file.data), keep_content(file.preview) if file.preview else ""


def _name(given: str) -> str:
    bare = PurePosixPath(clean(given.replace("\\", "/"))).name.lstrip(".").strip() or "佐证"
    return f"{PurePosixPath(bare).stem[:_LONGEST]}{PurePosixPath(bare).suffix[:10]}"


@transaction.atomic
def _attach(evidence: Evidence, name: str, file: Checked, sha256: str, preview: str, by: User) -> Evidence:
    Unit.objects.select_for_update().get(pk=evidence.unit_id)  # the same photograph sent twice at once is one
    same = EvidenceVersion.objects.select_related("evidence").filter(
        sha256=sha256, evidence__unit=evidence.unit, evidence__round=evidence.round, evidence__criterion=evidence.criterion,
        evidence__subject=evidence.subject,
    ).first()  # fmt: skip
    if same is not None:
        return same.evidence
    evidence.save(force_insert=True)
    _add(evidence, name, file, sha256, preview, by)
    return evidence


@transaction.atomic
def _add(evidence: Evidence, name: str, file: Checked, sha256: str, preview: str, by: User) -> EvidenceVersion:
    locked = Evidence.objects.select_for_update(of=("self",)).select_related("unit").get(pk=evidence.pk)
    last = locked.versions.order_by("-number").first()
    if last is not None and last.sha256 == sha256:
        return last
    version = EvidenceVersion.objects.create(
        evidence=locked, number=locked.latest + 1, sha256=sha256, preview=preview, name=name, size=len(file.data),
        media_type=file.media_type, by_id=by.pk, by_name=by.name,
    )  # fmt: skip
    Evidence.objects.filter(pk=locked.pk).update(latest=version.number)
    evidence.latest = version.number
    record(by=by.actor, action="evidence.attach", subject=f"evidence:{locked.pk}", unit_path=locked.unit_path,
           before={"version": locked.latest} if locked.latest else None, after={"version": version.number, "sha256": sha256},
           detail={"criterion": locked.criterion, "attached_to": locked.subject, "size": version.size})  # fmt: skip
    return version
