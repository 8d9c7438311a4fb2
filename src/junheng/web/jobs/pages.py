"""The page of a job: what, how far, how long still, stop."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from junheng.web.jobs.actions import cancel
from junheng.web.jobs.files import FORGOTTEN, LAST, file_of
from junheng.web.jobs.models import Job
from junheng.web.pages.download import download
from junheng.web.pages.table import Page
from junheng.web.rights.right import Holder, Right, Subject
from junheng.web.rights.roles import Role
from junheng.web.store import StoreError

_AGAIN = "请回到原来的页面重新生成。"


@dataclass(frozen=True)
class FollowRight(Right):
    """Over the jobs of one's area. A security administrator sees no business: of jobs only the own, as those that invite."""

    def covers(self, user: Holder, subject: Subject | None = None) -> bool:
        of: Any = subject
        return super().covers(user, subject) and (user.role != Role.SECURITY_ADMIN or of is None or _is_own(user, of))


def _is_own(user: Any, job: Job) -> bool:
    return job.by_id is not None and bool(job.by_id == user.pk)


FOLLOW = FollowRight("jobs.follow", "查看和停止本级的后台任务（安全管理员限自己发起的）", frozenset(set(Role) - {Role.AUDITOR}))


def _job(job_id: UUID) -> Job:
    return Job.objects.select_related("unit").get(pk=job_id)


def show(request: HttpRequest, job: Job) -> HttpResponse:
    """htmx asks for the part alone until the job is over."""
    part = bool(request.htmx)  # type: ignore[attr-defined]
    return render(request, "jobs/progress.html" if part else "jobs/job.html", {
        "job": job, "file": file_of(job, request.user.pk), "forgotten": job.outcome.get(FORGOTTEN) if _is_own(request.user, job) else None, "last": LAST.days,
    })  # fmt: skip


def stop(request: HttpRequest, job: Job) -> HttpResponse:
    cancel(job)
    return redirect("job", job_id=job.pk)


def job_file(request: HttpRequest, job: Job) -> HttpResponse:
    """The file it made, to be saved."""
    file = file_of(job, request.user.pk)
    if file is None:
        raise Http404
    try:
        return download(file.data, file.name)
    except StoreError:
        messages.error(request, f"《{file.name}》不在了。{_AGAIN}")
        return redirect("job", job_id=job.pk)


PAGES = (
    Page("jobs/<uuid:job_id>/", "job", show, FOLLOW, _job),
    Page("jobs/<uuid:job_id>/stop/", "job_stop", stop, FOLLOW, _job, ("POST",)),
    Page("jobs/<uuid:job_id>/file/", "job_file", job_file, FOLLOW, _job),
)
