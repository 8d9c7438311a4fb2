"""The page of a submission, and what is uploaded to and downloaded from it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from junheng.common.errors import UserError
from junheng.web.accounts.signed_in import me
from junheng.web.jobs.models import Job, JobState
from junheng.web.pages.download import XLSX, download
from junheng.web.reporting.actions import explain
from junheng.web.reporting.actions.upload import UPLOAD, keep_upload, read_later, refuse_upload
from junheng.web.reporting.annotated import annotated_copy
from junheng.web.reporting.differences import since_last_upload, since_last_year
from junheng.web.reporting.models import Submission, Version
from junheng.web.reporting.next_step import next_step
from junheng.web.reporting.permissions import EXCEPT, FILL, OVERSEE
from junheng.web.reporting.told import told
from junheng.web.reporting.workbook import prefilled_workbook
from junheng.web.store import content


def submission(request: HttpRequest, submission: Submission) -> HttpResponse:
    user, version = me(request), submission.latest
    found = told(submission, version)
    warnings = [each for each in found if each.finding.level == "warning"]
    unexplained = sum(not each.explained for each in warnings)
    return render(request, "reporting/submission.html", {
        "submission": submission, "version": version, "next": next_step(submission, unexplained),
        "errors": [each for each in found if each.finding.level == "error"], "warnings": warnings, "unexplained": unexplained,
        "may_fill": FILL.allows(user, submission) and submission.is_fillable, "upload": _last_upload(submission, version),
        "may_except": EXCEPT.allows(user, submission), "exceptions": list(submission.lock_exceptions.all()),
        "versions": list(submission.versions.defer("rows", "cells", "findings").order_by("-number")[:10]),
        "overseen": OVERSEE.held_by(user),
    })  # fmt: skip


def _last_upload(submission: Submission, version: Version | None) -> Job | None:
    """The newest upload that is under way, or failed after the version that stands."""
    job = Job.objects.filter(kind=UPLOAD, arguments__submission=submission.pk).first()
    if job is None or job.state == JobState.DONE or (job.is_over and version is not None and version.at > job.created_at):
        return None
    return job


def submission_upload(request: HttpRequest, submission: Submission) -> HttpResponse:
    """Keep the file and read it in the background."""
    try:
        refuse_upload(submission, by=me(request))
        job = read_later(submission, keep_upload(request.FILES.get("file")), by=me(request))
    except UserError as error:
        messages.error(request, str(error))
        return redirect("submission", pk=submission.pk)
    return redirect("job", job_id=job.pk)


def submission_template(request: HttpRequest, submission: Submission) -> HttpResponse:
    """The form to fill in, with what is known of the unit; last year's figures beside."""
    return download(prefilled_workbook(submission), f"{submission.unit.name}{submission.round.school_year}学年填报表.xlsx", XLSX)


def submission_annotated(request: HttpRequest, submission: Submission) -> HttpResponse:
    """The workbook as uploaded last, with every finding at its cell."""
    copy = annotated_copy(submission)
    if copy is None:
        raise Http404
    return download(copy.content, copy.name, XLSX)


def submission_file(request: HttpRequest, submission: Submission, number: int) -> HttpResponse:
    """The file of a version, byte for byte as it was uploaded."""
    version = submission.versions.filter(number=number).exclude(file_sha256="").first()
    if version is None:
        raise Http404
    return download(content(version.file_sha256), version.file_name or "原表.xlsx")


def submission_changes(request: HttpRequest, submission: Submission) -> HttpResponse:
    """What is different from last year, and from the last upload."""
    return render(request, "reporting/changes.html", {
        "submission": submission, "last_year": since_last_year(submission), "last_upload": since_last_upload(submission),
    })  # fmt: skip


def submission_explain(request: HttpRequest, submission: Submission) -> HttpResponse:
    try:
        explain(submission, request.POST.get("key", ""), request.POST.get("words", ""), by=me(request))
        messages.success(request, "说明已保存。")
    except UserError as error:
        messages.error(request, str(error))
    return redirect(f"{reverse('submission', args=[submission.pk])}#warnings")


