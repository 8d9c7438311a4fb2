"""Take a workbook: keep its bytes, and read them in the background. The page and the API do the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse

from junheng.common.errors import UserError
from junheng.intake.guards import check_size
from junheng.web.accounts.models import User
from junheng.web.jobs.actions import enqueue
from junheng.web.jobs.models import Job
from junheng.web.reporting.models import Submission
from junheng.web.reporting.permissions import FILL
from junheng.web.reporting.uploads import file_name
from junheng.web.store import keep_content

UPLOAD = "reporting.read_upload"


@dataclass(frozen=True)
class Kept:
    """A file in the store. name: its own, without a path."""

    sha256: str
    name: str


def refuse_upload(submission: Submission, *, by: User) -> None:
    """Raises UserError where nothing may be uploaded now."""
    if not FILL.allows(by, submission) or not submission.is_fillable:
        raise UserError("现在不能上传", why=f"现在是“{submission.state_shown.label}”", remedy="已提交的请先“撤回修改”；已锁定的请县里办理“截止后例外”")


def keep_upload(file: UploadedFile[Any] | None) -> Kept:
    """Raises UserError when there is none, or it is too large."""
    if file is None:
        raise UserError("没有选择文件", remedy="请先选择填好的表格再上传")
    check_size(file.size or 0)
    return Kept(keep_content(file.read()), file_name(file.name or ""))


def read_later(submission: Submission, kept: Kept, *, by: User) -> Job:
    """The job that reads it. Raises UserError where nothing may be uploaded now."""
    refuse_upload(submission, by=by)
    return enqueue(
        UPLOAD, f"读取{submission.unit.name}的《{kept.name}》"[:120], by=by, unit=submission.unit,
        arguments={"submission": submission.pk, "sha256": kept.sha256, "name": kept.name}, leads_to=reverse("submission", args=[submission.pk]),
    )  # fmt: skip
