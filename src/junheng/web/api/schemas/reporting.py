"""Submissions, what was found in them, and the background work that reads them."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import PurePosixPath
from typing import Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from junheng.common.findings import Finding
from junheng.web.accounts.models import User
from junheng.web.api.schemas.common import StateOut, UnitRef
from junheng.web.api.schemas.steps import StepOut, steps_of
from junheng.web.jobs.models import Job
from junheng.web.reporting import stored
from junheng.web.reporting.models import Submission, Version

OFFERED = ("submit", "withdraw")
"""What a program may do with a submission. Accepting and returning are judgements: people take them."""


class VersionOut(Schema):
    number: int = Field(description="第几版")
    at: datetime = Field(description="保存时间")
    errors: int = Field(description="几处错误；有错误不能提交")
    warnings: int = Field(description="几处提醒；要有说明才能提交")
    content_sha256: str = Field(description="数据的校验值")
    file_sha256: str | None = Field(description="上传的原表；null 表示在网页上填的")

    @staticmethod
    def of(version: Version) -> dict[str, Any]:
        return {"number": version.number, "at": version.at, "errors": version.error_count, "warnings": version.warning_count,
                "content_sha256": version.content_sha256, "file_sha256": version.file_sha256 or None}  # fmt: skip


class SubmissionOut(Schema):
    """一个单位在一个轮次里的填报。"""

    id: int = Field(description="编号")
    unit: UnitRef = Field(description="单位")
    round: int = Field(description="轮次的编号")
    state: StateOut = Field(description="状态")
    moves: int = Field(description="走过几步；办理时送回，别人先办了就会告知")
    entered_at: datetime = Field(description="进入现在状态的时间")
    due_on: date | None = Field(description="期限；null 表示没有期限")
    fillable: bool = Field(description="现在能不能上传")
    version: VersionOut | None = Field(description="最新一版；null 表示还没有数据")
    steps: list[StepOut] = Field(description="令牌所有人现在可以办的")

    @staticmethod
    def of(submission: Submission, user: User) -> dict[str, Any]:
        return {
            "id": submission.pk, "unit": UnitRef.of(submission.unit), "round": submission.round_id, "state": StateOut.of(submission),
            "moves": submission.moves, "entered_at": submission.entered_at, "due_on": submission.due_on, "fillable": submission.is_fillable,
            "version": VersionOut.of(submission.latest) if submission.latest else None, "steps": steps_of(submission, OFFERED, user),
        }  # fmt: skip


class FindingOut(Schema):
    """一处校核发现。"""

    level: Literal["error", "warning"] = Field(description="错误、提醒")
    rule: str = Field(description="哪一条校核规则")
    file: str = Field(description="文件")
    sheet: str = Field(description="工作表")
    cell: str = Field(description="单元格")
    field: str = Field(description="填报项")
    campus: str = Field(description="校区；空表示全校")
    message: str = Field(description="什么不对")
    remedy: str = Field(description="怎么改")
    explained: str = Field(description="填报单位对这处提醒的说明；空表示没有")

    @staticmethod
    def of(found: Finding, explained: dict[str, str]) -> dict[str, Any]:
        return {
            "level": str(found.level), "rule": found.rule, "file": PurePosixPath(found.place.file).name, "sheet": found.place.sheet,
            "cell": found.place.cell, "field": found.field, "campus": found.campus, "message": found.message, "remedy": found.remedy,
            "explained": explained.get(stored.finding_key(found), ""),
        }  # fmt: skip


class JobOut(Schema):
    """一件后台任务。"""

    id: UUID
    label: str = Field(description="中文名称")
    state: Literal["queued", "running", "done", "failed", "cancelled"] = Field(description="等候、进行中、完成、未完成、已停止")
    message: str = Field(description="正在做什么，结果怎样，或为什么没有办成")
    done: int = Field(description="办了几步")
    total: int = Field(description="共几步；0 表示还不知道")
    created_at: datetime = Field(description="排入时间")
    ended_at: datetime | None = Field(description="结束时间；null 表示还没有")

    @staticmethod
    def of(job: Job) -> dict[str, Any]:
        return {name: getattr(job, name) for name in ("label", "state", "message", "done", "total", "created_at", "ended_at")} | {"id": job.pk}
